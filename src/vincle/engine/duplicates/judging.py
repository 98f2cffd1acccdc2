"""What people decided about pairs, as a correction of what was learned without them.

The weights come from the table itself and take its columns to be independent, so the probabilities they add up to are
often too sure. Pairs that somebody judged correct this by logistic regression on the log-odds: how far the whole is to
be trusted (a slope, and a shift of where it starts: J. C. Platt, Probabilistic Outputs for Support Vector Machines,
1999), and for each likeness how much more or less it is worth than was thought. All are drawn towards “as it was” by
Gaussian priors (ridge: A. E. Hoerl and R. W. Kennard, Technometrics 12 (1970) 55-67), so that a few decisions move
little, and what nobody judged moves nothing.

Which pairs are judged depends on the probabilities themselves. That spoils shares, not this regression: it asks what
follows from the evidence, not how common the evidence is.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.duplicates.comparisons import Comparison
from vincle.engine.duplicates.evidence import BEFORE, HOUSEHOLD, NOTHING, Adjustment, Decision, Reason, enough
from vincle.engine.duplicates.learning import Model
from vincle.engine.duplicates.levels import levels_of
from vincle.engine.duplicates.scoring import priors

Floats = NDArray[np.float64]

_SLOPE = 0.5  # how far each may easily go: standard deviations of the priors; in bits but for the slope
_SHIFT = 2.0
_LEVEL = 0.75
_LEAST_SLOPE = 0.1  # evidence never counts for its contrary
_SUREST = 40.0  # bits beyond which nothing is surer
_ROUNDS = 60
_LN2 = float(np.log(2))

LOWEST = 0.02  # pairs below this are not found again, whatever was decided


def adjust(decisions: Sequence[Decision]) -> Adjustment | None:
    """What the decisions on pairs that were looked at change; None while there are not enough of them."""
    judged = [each for each in decisions if each.looked_at]
    same = sum(each.same for each in judged)
    if not enough(same, len(judged) - same):
        return None
    names = sorted({_key(reason) for each in judged for reason in each.reasons if _is_level(reason)})
    found = _fit(_design(judged, names), np.array([each.same for each in judged], dtype=np.float64))
    return Adjustment(
        slope=max(float(1 + found[0]), _LEAST_SLOPE),
        shift=float(found[1]),
        levels=dict(zip(names, (float(value) for value in found[2:]), strict=True)),
        same=same,
        different=len(judged) - same,
    )


def apply(adjustment: Adjustment, scored: pa.Table, model: Model, *, threshold: float) -> pa.Table:
    """What `score` gave, with the probabilities of the adjusted bits; those below `threshold` left out."""
    levels = levels_of(np.asarray(scored["code"], dtype=np.int64), len(model.comparisons))
    bits = priors(model).one + np.asarray(scored["household"], dtype=np.float64)
    if scored.num_rows:
        bits = bits + np.asarray(scored["bits"].combine_chunks().flatten()).reshape(levels.shape).sum(axis=1)
    bits = adjustment.slope * bits + adjustment.shift
    for place, each in enumerate(model.comparisons):
        more = [adjustment.levels.get((each.name, level.name), 0.0) for level in reversed(each.levels)]
        bits = bits + np.array([0.0, *more])[levels[:, place]]
    probability = _probability(bits * _LN2)
    order = np.lexsort((np.arange(len(bits)), -bits))
    order = order[probability[order] >= threshold]
    place = scored.schema.get_field_index("probability")
    return scored.set_column(place, "probability", pa.array(probability)).take(pa.array(order))


def joined_levels(decisions: Sequence[Decision], comparisons: Sequence[Comparison]) -> NDArray[np.int64] | None:
    """The levels of the pairs that are one person now, and so one row: a row a pair, a column a comparison."""
    known = [{level.name: len(each.levels) - place for place, level in enumerate(each.levels)} for each in comparisons]
    rows = [
        [levels.get(told.get(each.name, ""), 0) for each, levels in zip(comparisons, known, strict=True)]
        for told in ({reason.what: reason.level for reason in each.reasons} for each in decisions if each.same)
    ]
    return np.array(rows, dtype=np.int64) if rows else None


def _design(judged: Sequence[Decision], names: Sequence[tuple[str, str]]) -> Floats:
    """A row a decision: the bits in all, one, and for each likeness whether it is there."""
    places = {name: place for place, name in enumerate(names, 2)}
    rows = np.zeros((len(judged), 2 + len(names)))
    rows[:, 1] = 1.0
    for row, each in zip(rows, judged, strict=True):
        row[0] = np.clip(sum(reason.unadjusted for reason in each.reasons), -_SUREST, _SUREST)
        for reason in each.reasons:
            if _is_level(reason):
                row[places[_key(reason)]] = 1.0
    return rows


def _fit(rows: Floats, same: Floats) -> Floats:
    """The most probable change (Newton's method on a convex function, each step shortened until it helps)."""
    precision = np.full(rows.shape[1], 1 / _LEVEL**2)
    precision[:2] = 1 / _SLOPE**2, 1 / _SHIFT**2
    start = rows[:, 0] * _LN2
    rows = rows * _LN2
    change = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        odds = _probability(start + rows @ change)
        slant = rows.T @ (odds - same) + precision * change
        bend = (rows * (odds * (1 - odds))[:, None]).T @ rows + np.diag(precision)
        step, length = np.linalg.solve(bend, slant), 1.0
        before = _loss(rows, start, same, precision, change)
        while length > 1e-6 and _loss(rows, start, same, precision, change - length * step) > before:
            length /= 2
        change = change - length * step
        if np.abs(length * step).max() < 1e-9:
            break
    return change


def _loss(rows: Floats, start: Floats, same: Floats, precision: Floats, change: Floats) -> float:
    logits = start + rows @ change
    return float((np.logaddexp(0, logits) - same * logits).sum() + 0.5 * (precision * change**2).sum())


def _probability(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -500, 500))), dtype=np.float64)


def _is_level(reason: Reason) -> bool:
    return reason.what not in {BEFORE, HOUSEHOLD} and reason.level != NOTHING


def _key(reason: Reason) -> tuple[str, str]:
    return reason.what, reason.level
