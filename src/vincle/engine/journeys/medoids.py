"""Medoids under distances that are sums of differences (rows of numbers; see `representing` for the sources)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.float32]

_TOGETHER = 50_000  # rows that are compared at a time
_ROUNDS = 50


def mean_distances(rows: Rows) -> Floats:
    """Of each row the mean of its distances to all of them, exactly, in the time that sorting the columns takes.

    In a sorted column the differences to all below and all above follow from running sums.
    """
    count = len(rows)
    total = np.zeros(count)
    below = np.arange(count)
    for column in rows.T:
        order = np.argsort(column)
        values = column[order].astype(np.float64)
        sums = np.cumsum(values)
        total[order] += values * (2 * below + 1 - count) + sums[-1] - sums - (sums - values)
    return total / count


def distances(rows: Rows) -> Floats:
    """Of every two rows."""
    apart = np.zeros((len(rows), len(rows)))
    for column in rows.T:
        apart += np.abs(column[:, None] - column[None, :])
    return apart


def nearest(rows: Rows, chosen: Rows) -> NDArray[np.int64]:
    """Of each row which of the `chosen` is nearest."""
    found = np.empty(len(rows), np.int64)
    for first in range(0, len(rows), _TOGETHER):
        part = rows[first : first + _TOGETHER]
        found[first : first + _TOGETHER] = np.stack([np.abs(part - one).sum(axis=1) for one in chosen]).argmin(axis=0)
    return found


def choose(apart: Floats, groups: int) -> NDArray[np.int64]:
    """FasterPAM: the rows that `groups` medoids are, begun greedily, swapped as long as any swap brings all nearer."""
    chosen = _begin(apart, groups)
    if groups == 1 or len(apart) == groups:
        return chosen
    for _ in range(_ROUNDS):
        swapped = False
        for row in range(len(apart)):
            if row in chosen:
                continue
            place, change = _best_swap(apart, chosen, row)
            if change < -1e-9:
                chosen[place] = row
                swapped = True
        if not swapped:
            break
    return chosen


def silhouette(apart: Floats, group: NDArray[np.int64]) -> float:
    """The mean over all of how much nearer they are to their own group than to the next one, from -1 to 1; 0 for those
    who are alone in theirs."""
    numbers, sizes = np.unique(group, return_counts=True)
    if len(numbers) < 2:
        return 0.0
    place = np.searchsorted(numbers, group)
    sums = np.stack([apart[:, group == number].sum(axis=1) for number in numbers], axis=1)
    own = np.arange(len(group)), place
    within = sums[own] / np.maximum(1, sizes[place] - 1)
    means = sums / sizes
    means[own] = np.inf
    other = means.min(axis=1)
    largest = np.maximum(within, other)
    width = np.where((sizes[place] > 1) & (largest > 0), (other - within) / np.where(largest > 0, largest, 1.0), 0.0)
    return float(width.mean())


def _begin(apart: Floats, groups: int) -> NDArray[np.int64]:
    chosen = [int(apart.sum(axis=1).argmin())]
    near = apart[:, chosen[0]]
    while len(chosen) < groups:
        gains = np.maximum(near[:, None] - apart, 0).sum(axis=0)
        gains[chosen] = -1
        chosen.append(int(gains.argmax()))
        near = np.minimum(near, apart[:, chosen[-1]])
    return np.array(chosen)


def _best_swap(apart: Floats, chosen: NDArray[np.int64], row: int) -> tuple[int, float]:
    """Which of the chosen had best make place for `row`, and what that changes in the sum of distances."""
    theirs = apart[:, chosen]
    order = np.argpartition(theirs, 1, axis=1)[:, :2]
    every = np.arange(len(apart))
    first, second = theirs[every, order[:, 0]], theirs[every, order[:, 1]]
    to = apart[:, row]
    # Whoever loses their medoid goes to the second or to the new one; all others may go to the new one.
    leaves = np.minimum(to, second) - first
    stays = np.minimum(to - first, 0.0)
    change = stays.sum() + np.bincount(order[:, 0], leaves - stays, len(chosen))
    place = int(change.argmin())
    return place, float(change[place])
