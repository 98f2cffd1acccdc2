"""What each likeness is worth, learned from the pairs themselves.

Three kinds of pairs: the same person, two people of one household, two people. In a household, what is shared (family
name, address, phone) agrees as it does for one person, and the rest as it does for strangers. Without the second kind,
a family would look like one person who forgot their birthday.

How often strangers agree comes from random pairs; how often one person agrees with themselves by expectation and
maximisation over the candidates, where every pair that is no candidate counts as strangers. Expectations from before
looking at the data count as a few pairs, so that ten rows can be judged too.

A. P. Dempster, N. M. Laird and D. B. Rubin, JRSS B 39 (1977) 1-38; W. E. Winkler, Using the EM Algorithm for Weight
Computation in the Fellegi-Sunter Model of Record Linkage, Census Bureau RR/2000/05.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vincle.engine.duplicates.comparisons import Comparison

Floats = NDArray[np.float64]
Levels = NDArray[np.int64]

_ROUNDS = 60
_STILL = 1e-5  # no probability moved by more: done
_EXPECTED_SAME = 20.0  # pairs that the expectation counts as
_EXPECTED_OTHER = 200.0
_TIED = 30.0  # pairs that the figures for all count as, where those beside an agreement are estimated
_FEWEST_DUPLICATES = 0.05  # pairs of one person expected in any table
_FEWEST_HOUSEHOLDS = 0.05  # pairs of a household, for each pair of one person
_PATIENCE = 0.7  # the share of true pairs that a deterministic rule finds; only where the search begins


@dataclass(frozen=True, slots=True)
class Model:
    """`same` and `other`: for each comparison an array [agrees beside it, level] of probabilities; level 0 (nothing to
    compare) has 1. `one` and `household`: the share of such pairs among all.
    """

    comparisons: tuple[Comparison, ...]
    same: tuple[Floats, ...]
    other: tuple[Floats, ...]
    one: float
    household: float

    def weights(self, levels: Levels) -> Floats:
        """log2 of how much more often each level is seen with one person than with two; a row a pattern."""
        beside = beside_of(self.comparisons, levels)
        return np.stack(
            [
                np.log2(same[beside[:, place], levels[:, place]]) - np.log2(other[beside[:, place], levels[:, place]])
                for place, (same, other) in enumerate(zip(self.same, self.other, strict=True))
            ],
            axis=1,
        )


def beside_of(comparisons: Sequence[Comparison], levels: Levels) -> Levels:
    """For each pattern and comparison 1 when the comparison that makes it likely agrees, else 0."""
    names = [each.name for each in comparisons]
    beside = np.zeros_like(levels)
    for place, each in enumerate(comparisons):
        if each.given in names:
            parent = names.index(each.given)
            beside[:, place] = levels[:, parent] == len(comparisons[parent].levels)
    return beside


def learn(
    comparisons: tuple[Comparison, ...],
    candidates: tuple[Levels, Floats],
    random: tuple[Levels, Floats],
    *,
    rows: int,
    joined: Levels | None = None,
) -> Model:
    """The model of a table of `rows` people from the patterns (levels, number of pairs) of its candidates and of
    random pairs.

    `joined`: the levels of pairs that were one person and are one row now. They still say how one person agrees with
    themselves: else what is learned would change as duplicates are dealt with, the plainest first (K. Nigam and others,
    Machine Learning 39 (2000) 103-134, on learning from labelled and unlabelled examples together).
    """
    total = max(rows * (rows - 1) / 2, 1.0)
    levels, pairs = candidates
    random_levels, random_pairs = random
    model = _expected(comparisons, _deterministic(comparisons, levels, pairs) / total, rows)
    near, anywhere = _Counter(comparisons, levels), _Counter(comparisons, random_levels)
    known = _Counter(comparisons, joined).counts(np.ones(len(joined))) if joined is not None else None
    model = replace(model, other=_others(near, pairs * 0, anywhere, random_pairs, total))
    for _ in range(_ROUNDS):
        one, household = _posteriors(model, levels)
        strangers = random_pairs * (1 - sum(_posteriors(model, random_levels)))
        before = model
        model = Model(
            comparisons,
            near.same(pairs * one, known),
            _others(near, pairs * (1 - one - household), anywhere, strangers, total),
            _share(float(pairs @ one), total, rows),
            max(float(pairs @ household), _FEWEST_HOUSEHOLDS * float(pairs @ one), 1e-3 * _FEWEST_DUPLICATES) / total,
        )
        if _moved(before, model) < _STILL:
            break
    return model


def _expected(comparisons: tuple[Comparison, ...], share: float, rows: int) -> Model:
    """Where the search begins."""
    total = max(rows * (rows - 1) / 2, 1.0)
    one = _share(share * total, total, rows)
    both = [np.stack([_same(each)] * 2) for each in comparisons], [np.stack([_other(each)] * 2) for each in comparisons]
    return Model(comparisons, tuple(both[0]), tuple(both[1]), one, one / 5)


def _share(pairs: float, total: float, rows: int) -> float:
    """Pairs of one person among all, never none and never all."""
    return (pairs + _FEWEST_DUPLICATES) / (total + 2 * _FEWEST_DUPLICATES) if rows > 1 else 0.5


def _same(each: Comparison) -> Floats:
    return _distribution([level.same for level in each.levels])


def _other(each: Comparison) -> Floats:
    rare = [level.other for level in each.levels[:-1]]
    return _distribution([*rare, 1 - sum(rare)])


def _distribution(best_first: list[float]) -> Floats:
    return _whole(np.array(best_first[::-1]))


def _deterministic(comparisons: tuple[Comparison, ...], levels: Levels, pairs: Floats) -> float:
    """About how many pairs are one person: those that agree wholly in their name and in one thing that only they have,
    or in three things that only one person has.
    """
    agrees = {each.name: levels[:, place] == len(each.levels) for place, each in enumerate(comparisons)}
    none = np.zeros(len(levels), dtype=bool)
    name = agrees.get("given name", none) & agrees.get("family name", none)
    own = [agrees.get(one, none) for one in ("birth date", "e-mail", "phone", "document")]
    street = agrees.get("street", none) & agrees.get("postcode", none)
    sure = (name & (np.any(own, axis=0) | street)) | (np.sum(own, axis=0) >= 2)
    return float(pairs[sure].sum()) / _PATIENCE


class _Counter:
    """Counts the levels of pairs, beside an agreement and not."""

    def __init__(self, comparisons: tuple[Comparison, ...], levels: Levels) -> None:
        beside = beside_of(comparisons, levels)
        self.comparisons = comparisons
        self._sizes = [len(each.levels) + 1 for each in comparisons]
        self._flat = [beside[:, place] * size + levels[:, place] for place, size in enumerate(self._sizes)]

    def counts(self, pairs: Floats) -> list[Floats]:
        """For each comparison an array [beside, level] of numbers of pairs."""
        return [
            np.asarray(np.bincount(flat, weights=pairs, minlength=2 * size), dtype=np.float64).reshape(2, size)
            for size, flat in zip(self._sizes, self._flat, strict=True)
        ]

    def same(self, pairs: Floats, known: list[Floats] | None) -> tuple[Floats, ...]:
        """How one person agrees with themselves, with what was expected, and the counts that are `known` besides."""
        counted = self.counts(pairs)
        if known is not None:
            counted = [counts + more for counts, more in zip(counted, known, strict=True)]
        return tuple(
            _beside(counts, _smoothed(counts.sum(axis=0), _same(each), _EXPECTED_SAME), 0.0)
            for each, counts in zip(self.comparisons, counted, strict=True)
        )


def _others(near: _Counter, candidates: Floats, anywhere: _Counter, random: Floats, total: float) -> tuple[Floats, ...]:
    """How strangers agree: as random pairs do, and at least as often as it was met among the candidates, where the
    likenesses too rare for a sample are.
    """
    scale = total / max(float(random.sum()), 1.0)
    floor = 0.3 / max(float(random.sum()), 1.0)
    found = []
    for each, seen, met in zip(near.comparisons, anywhere.counts(random), near.counts(candidates), strict=True):
        bound = floor if seen[:, 1:].sum() > _EXPECTED_OTHER else 0.0
        whole = _smoothed(seen.sum(axis=0), _other(each), _EXPECTED_OTHER, bound)
        whole = _at_least(whole, met.sum(axis=0), float(seen[:, 1:].sum()) * scale)
        both = _beside(seen, whole, bound)
        compared = seen[:, 1:].sum(axis=1) * scale
        found.append(np.stack([_at_least(both[state], met[state], float(compared[state])) for state in (0, 1)]))
    return tuple(found)


def _beside(counts: Floats, whole: Floats, floor: float) -> Floats:
    """Apart for pairs that agree beside it and pairs that do not; where there are few, as for all."""
    return np.stack([_smoothed(row, whole, _TIED, floor) if counts[1, 1:].any() else whole for row in counts])


def _smoothed(counts: Floats, before: Floats, strength: float, floor: float = 0.0) -> Floats:
    seen = np.maximum(counts[1:] + strength * before[1:], 0.0)
    return _whole(np.maximum(seen / seen.sum(), max(floor, 1e-12)))


def _at_least(shares: Floats, met: Floats, of: float) -> Floats:
    if of < 1 or not met[1:].any():
        return shares
    bound = np.minimum(met[1:] / max(of, float(met[1:].sum())), 1.0)
    bound[0] = 0.0  # that strangers differ is the rest
    return _whole(np.maximum(shares[1:], bound))


def _whole(shares: Floats) -> Floats:
    return np.concatenate([[1.0], shares / shares.sum()])


def _posteriors(model: Model, levels: Levels) -> tuple[Floats, Floats]:
    """For each pattern the probability of one person, and of two of a household."""
    weights = model.weights(levels)
    shared = np.array([each.shared for each in model.comparisons])
    one = np.exp2(np.clip(weights.sum(axis=1) + np.log2(model.one), -1000, 1000))
    household = np.exp2(np.clip(weights[:, shared].sum(axis=1) + np.log2(model.household), -1000, 1000))
    rest = max(1 - model.one - model.household, 1e-9)
    whole = one + household + rest
    return one / whole, household / whole


def _moved(before: Model, after: Model) -> float:
    changes = [
        float(np.abs(old - new).max())
        for old, new in zip((*before.same, *before.other), (*after.same, *after.other), strict=True)
    ]
    return max(*changes, abs(float(np.log(before.one / after.one))) * 1e-2)
