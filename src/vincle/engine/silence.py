"""How long a silence is usual, read from the intervals between a log's own visits.

The limit is the 95th percentile of those intervals: only one interval in twenty that ended in a return was
longer. Its interval is the distribution-free one from order statistics (David & Nagaraja, Order Statistics,
3rd ed., 7.1): the number of intervals below the true quantile is binomial. Intervals count as independent,
whoever they belong to.
"""

from dataclasses import dataclass
from math import ceil, lgamma, log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

SHARE = 0.95
CONFIDENCE = 0.95
FEWEST_PEOPLE = 30  # who returned; below that the limit is not told


@dataclass(frozen=True, slots=True)
class Silence:
    """From how many days on a silence is longer than is usual. `high` is None where the data set no upper
    bound; `days`, `low` and `high` are None where too few people returned to tell.
    """

    days: int | None
    low: int | None
    high: int | None
    people: int  # who returned at least once
    intervals: int
    needed: int = FEWEST_PEOPLE


def usual_silence(days: NDArray[np.int64], counts: NDArray[np.int64], *, people: int) -> Silence:
    """The limit from a histogram: `counts[k]` intervals lasted `days[k]` days (ascending), of `people`
    people.
    """
    total = int(counts.sum())
    if people < FEWEST_PEOPLE or total == 0:
        return Silence(None, None, None, people, total)
    cumulated = counts.cumsum()

    def ranked(rank: int) -> int | None:
        """The rank-th shortest interval, counted from one."""
        return int(days[np.searchsorted(cumulated, rank)]) if 1 <= rank <= total else None

    low, high = ranks(total, SHARE)
    return Silence(ranked(ceil(SHARE * total)), ranked(low), ranked(high), people, total)


def ranks(total: int, share: float) -> tuple[int, int]:
    """Ranks (from one) of the two order statistics between which the `share`-quantile of what `total` values
    were drawn from lies with at least 95 % confidence; 0 and `total` + 1 mean that side has no bound.
    """
    tail = (1 - CONFIDENCE) / 2
    first, cumulated = _binomial(total, share)
    low = first + int(np.searchsorted(cumulated, tail, side="right"))
    high = first + int(np.searchsorted(cumulated, 1 - tail, side="left")) + 1
    return low, high


def _binomial(total: int, share: float) -> tuple[int, NDArray[np.float64]]:
    """The distribution function of a binomial count over all values that matter, and the first of those
    values.
    """
    middle, spread = total * share, sqrt(total * share * (1 - share))
    first, last = max(0, int(middle - 40 * spread) - 1), min(total, int(middle + 40 * spread) + 1)
    counts = np.arange(first, last + 1)
    logs = np.array([lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1) for k in counts.tolist()])
    mass = np.exp(logs + counts * log(share) + (total - counts) * log1p(-share))
    return first, np.minimum(mass.cumsum(), 1.0)
