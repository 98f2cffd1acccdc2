"""What one thing changes in another, other things being equal: an average effect with its interval.

Augmented inverse-probability weighting (J. Robins, A. Rotnitzky and L. P. Zhao, JASA 89 (1994) 846-866): how likely
the one is, by a logistic regression on the confounders, and what is to be expected of the other, by a linear one in
each group; the estimate is right when either of the two is. Its interval comes from the spread of its influence
function, the residuals of each group made larger for what was learned from them (n / (n - k), as in a regression), so
that it holds in small groups too. It is one of the mean: where a few outcomes are very large, it is wide. Whoever is
nearly certain to have the one, or not to, is compared with nobody and left out (R. Crump and others, Biometrika 96
(2009) 187-199); who is left is told.

How alike both sides are is told for each confounder: the difference of their means in standard deviations, as they are
and weighted (P. Austin, Statistics in Medicine 28 (2009) 3083-3107); below 0.1 counts as alike.

What was not drawn by lot stays observational: a confounder that nobody wrote down is not adjusted for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import erfc, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST = 30  # in each group; below that no effect is told
_PER_COLUMN = 2  # in each group for each thing that is adjusted for, where that is more
OVERLAP = 0.05  # of the probability to be in either group
_Z = 1.959963984540054
_ROUNDS = 25
_CLOSE = 1e-6  # of weights of standardised confounders
_ENOUGH = 2_000  # rows to find where a regression leads

Floats = NDArray[np.float64]
Balance = dict[str, tuple[float, float]]  # of a confounder: as it is, and weighted


@dataclass(frozen=True, slots=True)
class Effect:
    """`estimate` in units of the outcome (a share, where that is yes or no), the ends of its 95 % interval, and the
    probability of one as large by chance. `having` and `without` were compared; `apart` were not, for want of anybody
    like them on the other side. All four figures are None where a group is smaller than `needed`. `balance`: of each
    confounder by name the difference of both sides, in standard deviations, as they are and weighted.
    """

    estimate: float | None
    low: float | None
    high: float | None
    p: float | None
    having: int
    without: int
    apart: int
    needed: int = FEWEST
    balance: Balance = field(default_factory=dict)


def effect(outcome: Floats, having: NDArray[np.bool_], confounders: Floats, names: Sequence[str] = ()) -> Effect:
    """The average effect of `having` (n) on `outcome` (n), adjusted for `confounders` (n by k, perhaps none).

    `names` (k) says of which confounder each column is, for the balance; of several columns the worst is told.
    """
    if min(having.sum(), (~having).sum()) < FEWEST:
        return _unknown(having, 0, FEWEST)
    kept = confounders.std(axis=0) > 1e-12  # columns that say nothing are dropped
    given = _standardised(confounders[:, kept])
    needed = max(FEWEST, _PER_COLUMN * given.shape[1])
    if min(having.sum(), (~having).sum()) < needed:
        return _unknown(having, 0, needed)
    likely = _likelihood(given, having)
    among = (likely > OVERLAP) & (likely < 1 - OVERLAP)
    apart = int((~among).sum())
    y, x, z, e = outcome[among], having[among], given[among], likely[among]
    if min(x.sum(), (~x).sum()) < needed:
        return _unknown(x, apart, needed)
    with_it, without_it = _expected(z, y, x), _expected(z, y, ~x)
    missed = np.where(x, (y - with_it) / e, -(y - without_it) / (1 - e))
    estimate = float((with_it - without_it + missed).mean())
    spread = with_it - without_it + missed * np.where(x, _larger(x, z), _larger(~x, z))
    told = (
        _balance(
            given[:, 1:], having, among, likely, [name for name, is_kept in zip(names, kept, strict=True) if is_kept]
        )
        if names
        else {}
    )
    return _told(estimate, float(spread.std(ddof=1)) / sqrt(len(spread)), x, apart=apart, needed=needed, balance=told)


def difference(outcome: Floats, having: NDArray[np.bool_]) -> Effect:
    """The difference of both sides as they are, where a lot decided who is on which (B. Welch, Biometrika 29 (1938)
    350-362, with the normal quantile).
    """
    if min(having.sum(), (~having).sum()) < FEWEST:
        return _unknown(having, 0, FEWEST)
    ours, theirs = outcome[having], outcome[~having]
    error = sqrt(float(ours.var(ddof=1)) / len(ours) + float(theirs.var(ddof=1)) / len(theirs))
    return _told(float(ours.mean() - theirs.mean()), error, having, apart=0, needed=FEWEST, balance={})


def false_discovery(p: Floats) -> Floats:
    """For each probability the smallest share of false discoveries at which it would be one (Y. Benjamini and
    Y. Hochberg, JRSS B 57 (1995) 289-300), whatever the order.
    """
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted


def _unknown(having: NDArray[np.bool_], apart: int, needed: int) -> Effect:
    return Effect(None, None, None, None, int(having.sum()), int((~having).sum()), apart, needed)


def _told(
    estimate: float, error: float, having: NDArray[np.bool_], *, apart: int, needed: int, balance: Balance
) -> Effect:
    p = erfc(abs(estimate) / error / sqrt(2)) if error > 0 else float(estimate == 0)
    sides = int(having.sum()), int((~having).sum())
    return Effect(estimate, estimate - _Z * error, estimate + _Z * error, p, *sides, apart, needed, balance)


def _larger(among: NDArray[np.bool_], z: Floats) -> float:
    """By how much the residuals of a group are too small, for having been made as small as they can be."""
    return sqrt(among.sum() / (among.sum() - z.shape[1]))


def _balance(
    z: Floats, having: NDArray[np.bool_], among: NDArray[np.bool_], likely: Floats, names: Sequence[str]
) -> Balance:
    spread = np.sqrt((z[having].var(axis=0) + z[~having].var(axis=0)) / 2)
    spread[spread < 1e-12] = 1.0
    before = np.abs(z[having].mean(axis=0) - z[~having].mean(axis=0)) / spread
    ours, theirs = having & among, ~having & among
    after = np.average(z[ours], axis=0, weights=1 / likely[ours])
    after = np.abs(after - np.average(z[theirs], axis=0, weights=1 / (1 - likely[theirs]))) / spread
    told: Balance = {}
    for name, *sides in zip(names, before.tolist(), after.tolist(), strict=True):
        worst = told.get(name, (0.0, 0.0))
        told[name] = (max(worst[0], sides[0]), max(worst[1], sides[1]))
    return told


def _standardised(confounders: Floats) -> Floats:
    """With a first column of ones."""
    centred = (confounders - confounders.mean(axis=0)) / confounders.std(axis=0)
    return np.column_stack([np.ones(len(confounders)), centred])


def _likelihood(z: Floats, having: NDArray[np.bool_]) -> Floats:
    """Logistic regression, with a ridge too small to be seen but where groups do not overlap. Of many it begins with
    where some of them lead, which changes nothing but how long it takes.
    """
    weights = np.zeros(z.shape[1])
    if len(z) > 2 * _ENOUGH:
        apart = len(z) // _ENOUGH
        weights = _newton(z[::apart], having[::apart], weights, ridge=1.0)
    return _logistic(z @ _newton(z, having, weights, ridge=1e-3))


def _newton(z: Floats, having: NDArray[np.bool_], weights: Floats, *, ridge: float) -> Floats:
    held = ridge * np.eye(z.shape[1])
    for _ in range(_ROUNDS):
        e = _logistic(z @ weights)
        slope = z.T @ (having - e) - held @ weights
        curve = z.T @ (z * (e * (1 - e))[:, None]) + held
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < _CLOSE:
            break
    return weights


def _logistic(x: Floats) -> Floats:
    result: Any = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return np.asarray(result, dtype=np.float64)


def _expected(z: Floats, y: Floats, among: NDArray[np.bool_]) -> Floats:
    """The linear expectation of everybody's outcome, learned from some."""
    theirs = z[among]
    weights, *_ = np.linalg.lstsq(theirs.T @ theirs, theirs.T @ y[among], rcond=1e-12)
    return np.asarray(z @ weights, dtype=np.float64)
