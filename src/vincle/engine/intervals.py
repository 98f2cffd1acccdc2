"""Intervals of shares and quantiles that promise nothing about how the data are distributed.

Wilson's interval of a share: E. B. Wilson, JASA 22 (1927) 209-212. Of a quantile: between two order statistics, see
`vincle.engine.silence.ranks`.
"""

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from vincle.engine.silence import ranks

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def share(part: int, whole: int) -> tuple[float, float, float]:
    """`part` of `whole` as a share, and the ends of its 95 % interval. Raises `ValueError` when nobody is the whole."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no share")
    at = part / whole
    middle = at + _Z**2 / (2 * whole)
    half = _Z * sqrt(at * (1 - at) / whole + _Z**2 / (4 * whole**2))
    size = 1 + _Z**2 / whole
    return at, max(0.0, (middle - half) / size), min(1.0, (middle + half) / size)


def quantile(values: NDArray[np.float64], at: float) -> tuple[float, float | None, float | None]:
    """The `at`-quantile of `values` (in any order, at least one): a value of theirs, and the ends of an interval that
    holds that of what they were drawn from with at least 95 %; None where they are too few to set that end.
    """
    ordered = np.sort(values)
    low, high = ranks(len(ordered), at)

    def ranked(rank: int) -> float | None:
        return float(ordered[rank - 1]) if 1 <= rank <= len(ordered) else None

    return float(ordered[max(1, ceil(at * len(ordered))) - 1]), ranked(low), ranked(high)
