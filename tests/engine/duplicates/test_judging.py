"""Decisions correct the probabilities: closer to the truth on pairs nobody judged, and no worse at telling pairs."""

import random
from math import log, log2

import pytest

import vincle.engine as ve
from engine.duplicates.cast import confusing, table, town, triples
from vincle.engine.duplicates import Decision, judging
from vincle.engine.duplicates.evidence import enough

JUDGED = 80


def is_one(a: str, b: str) -> bool:
    return a.rstrip("b") == b.rstrip("b")


def log_loss(found, pairs) -> float:
    """The mean of -log of the probability that was given to what is true; a pair left out had the lowest."""
    given = {(a, b): probability for a, b, probability in triples(found)}
    losses = []
    for pair in pairs:
        probability = min(max(given.get(pair, judging.LOWEST), 1e-6), 1 - 1e-6)
        losses.append(-log(probability if is_one(*pair) else 1 - probability))
    return sum(losses) / len(losses)


def f1(found, true: int) -> float:
    told = [(a, b) for a, b, probability in triples(found) if probability >= 0.5]
    return 2 * sum(is_one(*pair) for pair in told) / (len(told) + true)


def judged(found, seed: int, count: int = JUDGED) -> tuple[list[Decision], set[tuple[str, str]]]:
    """So many pairs drawn at random, with what is true of them, and all the others."""
    pairs = [(a, b) for a, b, _ in triples(found)]
    drawn = random.Random(seed).sample(range(len(pairs)), count)
    told = [Decision(tuple(found.reasons(place)), is_one(*pairs[place])) for place in drawn]
    return told, set(pairs) - {pairs[place] for place in drawn}


@pytest.fixture(scope="module")
def found():
    return ve.duplicates.find(table(confusing(seed=10)), id="id", threshold=judging.LOWEST)


def test_decisions_bring_probabilities_closer_to_the_truth_and_harm_nothing(found):
    rows = confusing(seed=10)
    decisions, others = judged(found, 10)
    after = ve.duplicates.find(table(rows), id="id", threshold=judging.LOWEST, decisions=decisions)
    true = sum(row["id"].endswith("b") for row in rows)
    assert log_loss(after, others) < 0.5 * log_loss(found, others)
    assert f1(after, true) >= f1(found, true)


def test_where_little_is_wrong_decisions_harm_nothing():
    rows = town(people=240, twice=80)
    before = ve.duplicates.find(table(rows), id="id", threshold=1e-6)
    decisions, _others = judged(before, 7, 90)
    after = ve.duplicates.find(table(rows), id="id", decisions=decisions)
    assert enough(sum(each.same for each in decisions), sum(not each.same for each in decisions))
    assert f1(after, 80) >= f1(before, 80) - 0.01


def test_reasons_still_add_up_and_say_what_they_were(found):
    rows = confusing(seed=10)
    after = ve.duplicates.find(table(rows), id="id", threshold=judging.LOWEST, decisions=judged(found, 10)[0])
    for (_a, _b, probability), reasons in zip(triples(after), after.all_reasons(), strict=True):
        if probability < 1 - 1e-9:
            bits = sum(reason.bits for reason in reasons)
            assert bits == pytest.approx(log2(probability / (1 - probability)), abs=1e-4)
    assert any(reason.bits != reason.unadjusted for reason in after.reasons(0))
    assert [probability for *_, probability in triples(after)] == sorted(
        (probability for *_, probability in triples(after)), reverse=True
    )


def test_a_few_decisions_or_only_one_kind_change_nothing(found):
    same = Decision(tuple(found.reasons(0)), same=True)
    different = Decision(tuple(found.reasons(1)), same=False)
    assert judging.adjust([same] * 14 + [different] * 15) is None
    assert judging.adjust([same] * 100) is None
    assert judging.adjust([same] * 26 + [different] * 4) is None
    assert judging.adjust([same] * 25 + [different] * 5) is not None


def test_pairs_that_nobody_looked_at_teach_no_probabilities(found):
    unseen = [Decision(tuple(found.reasons(0)), same=True, looked_at=False)] * 100
    assert judging.adjust([*unseen, Decision(tuple(found.reasons(1)), same=False)]) is None


def test_pairs_that_were_joined_still_say_what_one_person_is_like():
    rows = town(people=150, twice=40)
    found = ve.duplicates.find(table(rows), id="id")
    joined = [Decision(tuple(reasons), same=True, looked_at=False) for reasons in found.all_reasons()]
    singles = [row for row in rows if not row["id"].endswith("b")]
    forgotten = ve.duplicates.find(table(singles), id="id").model
    remembered = ve.duplicates.find(table(singles), id="id", decisions=joined).model
    for before, without, kept in zip(found.model.same, forgotten.same, remembered.same, strict=True):
        assert abs(kept[0] - before[0]).max() <= abs(without[0] - before[0]).max() + 1e-9


def test_the_fit_is_the_least_of_its_loss(found):
    decisions, _others = judged(found, 10)
    names = sorted({(reason.what, reason.level) for each in decisions for reason in each.reasons})[2:5]
    adjustment = judging.adjust(decisions)

    def loss(changed: dict) -> float:
        levels = dict(adjustment.levels) | changed.get("levels", {})
        slope, shift = changed.get("slope", adjustment.slope), changed.get("shift", adjustment.shift)
        total = 0.5 * ((slope - 1) ** 2 / 0.25 + shift**2 / 4 + sum(bits**2 for bits in levels.values()) / 0.75**2)
        for each in decisions:
            bits = slope * min(max(sum(reason.unadjusted for reason in each.reasons), -40), 40) + shift
            bits += sum(levels.get((reason.what, reason.level), 0.0) for reason in each.reasons)
            total += log(1 + 2.0 ** (-bits if each.same else bits))
        return total

    least = loss({})
    moved = [{"slope": adjustment.slope + by} for by in (-0.01, 0.01)]
    moved += [{"shift": adjustment.shift + by} for by in (-0.05, 0.05)]
    moved += [{"levels": {name: adjustment.levels.get(name, 0.0) + 0.05}} for name in names]
    assert all(least < loss(changed) for changed in moved)
