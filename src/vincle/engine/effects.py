"""What one thing changes in another, other things being equal: an average effect with its interval.

Augmented inverse-probability weighting (J. Robins, A. Rotnitzky and L. P. Zhao, JASA 89 (1994) 846-866): how likely
the one is, by a logistic regression on the confounders, and what is to be expected of the other, by a linear one in
each group; the estimate is right when either of the two is. Its interval comes from the spread of its influence
function. Whoever is nearly certain to have the one, or not to, is compared with nobody and left out (R. Crump and
others, Biometrika 96 (2009) 187-199); who is left is told.

What was not drawn by lot stays observational: a confounder that nobody wrote down is not adjusted for.
"""

from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST = 30  # in each group; below that no effect is told
OVERLAP = 0.05  # of the probability to be in either group
_Z = 1.959963984540054
_ROUNDS = 25

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """`estimate` in units of the outcome (a share, where that is yes or no), the ends of its 95 % interval, and the
    probability of one as large by chance. `having` and `without` were compared; `apart` were not, for want of anybody
    like them on the other side. All four figures are None where a group is smaller than `FEWEST`.
    """

    estimate: float | None
    low: float | None
    high: float | None
    p: float | None
    having: int
    without: int
    apart: int


def effect(outcome: Floats, having: NDArray[np.bool_], confounders: Floats) -> Effect:
    """The average effect of `having` (n) on `outcome` (n), adjusted for `confounders` (n by k, perhaps none)."""
    if min(having.sum(), (~having).sum()) < FEWEST:
        return _unknown(having, 0)
    given = _standardised(confounders)
    likely = _likelihood(given, having)
    among = (likely > OVERLAP) & (likely < 1 - OVERLAP)
    apart = int((~among).sum())
    y, x, z, e = outcome[among], having[among], given[among], likely[among]
    if min(x.sum(), (~x).sum()) < FEWEST:
        return _unknown(x, apart)
    with_it, without_it = _expected(z, y, x), _expected(z, y, ~x)
    influence = with_it - without_it + np.where(x, (y - with_it) / e, -(y - without_it) / (1 - e))
    estimate = float(influence.mean())
    error = float(influence.std(ddof=1)) / sqrt(len(influence))
    p = erfc(abs(estimate) / error / sqrt(2)) if error > 0 else float(estimate == 0)
    return Effect(
        estimate, estimate - _Z * error, estimate + _Z * error, p, int(x.sum()), int((~x).sum()), apart
    )  # fmt: skip


def false_discovery(p: Floats) -> Floats:
    """For each probability the smallest share of false discoveries at which it would be one (Y. Benjamini and
    Y. Hochberg, JRSS B 57 (1995) 289-300), whatever the order.
    """
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted


def _unknown(having: NDArray[np.bool_], apart: int) -> Effect:
    return Effect(None, None, None, None, int(having.sum()), int((~having).sum()), apart)


def _standardised(confounders: Floats) -> Floats:
    """With a first column of ones; columns that say nothing are dropped."""
    spread = confounders.std(axis=0)
    kept = confounders[:, spread > 1e-12]
    return np.column_stack([np.ones(len(confounders)), (kept - kept.mean(axis=0)) / kept.std(axis=0)])


def _likelihood(z: Floats, having: NDArray[np.bool_]) -> Floats:
    """Logistic regression by Newton's method, with a ridge too small to be seen but where groups do not overlap."""
    weights = np.zeros(z.shape[1])
    ridge = 1e-3 * np.eye(z.shape[1])
    for _ in range(_ROUNDS):
        e = _logistic(z @ weights)
        slope = z.T @ (having - e) - ridge @ weights
        curve = (z * (e * (1 - e))[:, None]).T @ z + ridge
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return _logistic(z @ weights)


def _logistic(x: Floats) -> Floats:
    result: Any = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return np.asarray(result, dtype=np.float64)


def _expected(z: Floats, y: Floats, among: NDArray[np.bool_]) -> Floats:
    """The linear expectation of everybody's outcome, learned from some."""
    weights, *_ = np.linalg.lstsq(z[among], y[among], rcond=None)
    return np.asarray(z @ weights, dtype=np.float64)
