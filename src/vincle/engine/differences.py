"""How much two groups differ, with intervals that promise nothing about how the data are distributed.

Of shares: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10, from Wilson's intervals. Of medians:
R. M. Price and D. G. Bonett, J. Stat. Comput. Simul. 72 (2002) 119-124, from the spread that two order statistics show.
"""

from dataclasses import dataclass
from math import comb, erf, erfc, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from vincle.engine.intervals import quantile, share

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
_EXPECTED = 5  # of each kind in each group; below that no probability is told (Cochran)
_FEW = 100  # values up to which order statistics are counted exactly

Floats = NDArray[np.float64]
Interval = tuple[float, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """The second less the first, the ends of its 95 % interval, and the probability of one as large by chance (None
    where there are too few to tell)."""

    at: float
    low: float
    high: float
    p: float | None


def of_shares(first: int, of_first: int, second: int, of_second: int) -> Difference:
    """`second` of `of_second` less `first` of `of_first`. Raises `ValueError` when a group is empty."""
    a, a_low, a_high = share(first, of_first)
    b, b_low, b_high = share(second, of_second)
    low = b - a - sqrt((b - b_low) ** 2 + (a_high - a) ** 2)
    high = b - a + sqrt((b_high - b) ** 2 + (a - a_low) ** 2)
    both = (first + second) / (of_first + of_second)
    if min(both, 1 - both) * min(of_first, of_second) < _EXPECTED:
        return Difference(b - a, low, high, None)
    error = sqrt(both * (1 - both) * (1 / of_first + 1 / of_second))
    return Difference(b - a, low, high, erfc(abs(b - a) / error / sqrt(2)))


def of_medians(first: Floats, second: Floats) -> tuple[tuple[Interval, Interval], Difference]:
    """The median of each, with its interval, and the second less the first. At least five values each."""
    at = float(np.median(second) - np.median(first))
    error = sqrt(_variance(first) + _variance(second))
    p = erfc(abs(at) / error / sqrt(2)) if error > 0 else None  # so many alike that their spread says nothing
    figures = (_median(first), _median(second))
    return figures, Difference(at, at - _Z * error, at + _Z * error, p)


def _median(values: Floats) -> Interval:
    _at, low, high = quantile(values, 0.5)
    return float(np.median(values)), low, high


def _variance(values: Floats) -> float:
    """Of the median: how far the order statistics `rank` from either end are apart, against how far they would be if
    it were normal."""
    ordered = np.sort(values)
    count = len(ordered)
    rank = max(1, round((count + 1) / 2 - sqrt(count)))
    # The probability that so few of them lie below the median, exactly or, of many, by the normal distribution.
    if count <= _FEW:
        tail = sum(comb(count, below) for below in range(rank)) / 2**count
    else:
        tail = 0.5 * (1 + erf((rank - 0.5 - count / 2) / sqrt(count / 2)))
    z = -NormalDist().inv_cdf(tail)
    return float(((ordered[count - rank] - ordered[rank - 1]) / (2 * z)) ** 2)
