"""Intervals of shares and quantiles that promise nothing about how the data are distributed.

Wilson's interval of a share: E. B. Wilson, JASA 22 (1927) 209-212. Of a quantile: between two order statistics, see
`vincle.engine.silence.ranks`. Of a mean, where values lie on a short scale: Student's.
"""

from functools import lru_cache
from math import ceil, exp, lgamma, log, sqrt

import numpy as np
from numpy.typing import NDArray

from vincle.engine.silence import ranks

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
_SIDE = 0.975  # the share below the upper end of a 95 % interval


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


def mean(values: NDArray[np.float64]) -> tuple[float, float | None, float | None]:
    """The mean of `values` (at least one), and the ends of its 95 % interval (Student, Biometrika 6 (1908) 1-25); of a
    single value it has none.
    """
    at = float(values.mean())
    if len(values) == 1:
        return at, None, None
    half = student(len(values) - 1) * float(values.std(ddof=1)) / sqrt(len(values))
    return at, at - half, at + half


@lru_cache(maxsize=4096)
def student(freedom: float) -> float:
    """The 97.5 % quantile of Student's distribution with so many degrees of freedom (at least one)."""
    low, high = _Z, 13.0
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, freedom) < _SIDE else (low, middle)
    return (low + high) / 2


def _below(t: float, freedom: float) -> float:
    """The probability of a value below `t` (above 0), by the incomplete beta function: M. Abramowitz and I. Stegun,
    Handbook of Mathematical Functions (1964), 26.7.1 and 26.5.8.
    """
    a, b, x = freedom / 2, 0.5, freedom / (freedom + t * t)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return 1 - front * _fraction(a, b, x) / a / 2
    return 1 - (1 - front * _fraction(b, a, 1 - x) / b) / 2


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    above, below = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    found = below
    for m in range(1, 500):
        for part in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            below = 1 / ((1 + part * below) or tiny)
            above = (1 + part / above) or tiny
            found *= above * below
        if abs(above * below - 1) < 1e-15:
            break
    return found
