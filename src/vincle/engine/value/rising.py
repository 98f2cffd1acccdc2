"""The logarithm of a rising factorial, which is what most of the models' gamma functions come down to.

Gamma(a + k) / Gamma(a) = a (a + 1) ... (a + k - 1) for a whole k. Summing logarithms is exact where the difference of
two logarithms of gamma functions loses all of its digits (a large, k small), and cheap: one pass for all k.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def rising(a: float, largest: int) -> tuple[Floats, Floats]:
    """log(Gamma(a + k) / Gamma(a)) for k = 0 ... `largest`, and its derivative by `a`."""
    terms = a + np.arange(largest)
    values, slopes = np.zeros(largest + 1), np.zeros(largest + 1)
    np.cumsum(np.log(terms), out=values[1:])
    np.cumsum(1 / terms, out=slopes[1:])
    return values, slopes
