"""Effects that are known because they were put in: found within their interval as often as it says."""

import numpy as np
import pytest

from vincle.engine.effects import FEWEST, Effect, difference, effect, false_discovery

STORIES = 400


def simulated(seed: int, *, size: int = 500, change: float = 0.0, confounding: float = 1.0) -> Effect:
    """Who has it depends on two confounders, on which the outcome depends too."""
    chance = np.random.default_rng(seed)
    confounders = np.column_stack([chance.normal(size=size), chance.integers(0, 3, size)])
    push = confounding * (confounders[:, 0] + 0.5 * (confounders[:, 1] - 1))
    having = chance.random(size) < 1 / (1 + np.exp(-push))
    outcome = change * having + push + chance.normal(size=size)
    return effect(outcome, having, confounders)


@pytest.mark.parametrize("change", [0.0, 0.5])
def test_intervals_hold_what_was_put_in_as_often_as_they_say(change: float) -> None:
    found = [simulated(seed, change=change) for seed in range(STORIES)]
    held = sum(each.low <= change <= each.high for each in found if each.low is not None and each.high is not None)
    assert 0.95 * STORIES - 3 * np.sqrt(0.05 * 0.95 * STORIES) <= held  # three standard errors of such a count
    mean = np.mean([each.estimate for each in found])
    assert abs(mean - change) < 0.02


def of_money(seed: int, *, change: float, size: int = 300, k: int = 12) -> Effect:
    """Half spend nothing, some very much; who has it spends `change` more, and is of another kind."""
    chance = np.random.default_rng(seed)
    confounders = chance.normal(size=(size, k))
    confounders[:, 1::2] = confounders[:, 1::2] > 0.8
    push = confounders[:, 0]
    having = chance.random(size) < 1 / (1 + np.exp(-0.6 * push + 0.5))
    spends = chance.random(size) < 1 / (1 + np.exp(-push))
    outcome = spends * np.exp(chance.normal(size=size) + 0.3 * push + 3) + change * having
    return effect(outcome, having, confounders)


def test_intervals_of_money_hold_in_small_groups_with_many_confounders() -> None:
    found = [of_money(seed, change=10) for seed in range(STORIES)]
    held = sum(each.low <= 10 <= each.high for each in found if each.low is not None and each.high is not None)
    assert abs(held - 0.95 * STORIES) <= 3 * np.sqrt(0.05 * 0.95 * STORIES)
    estimates = np.array([each.estimate for each in found], dtype=np.float64)
    assert abs(estimates.mean() - 10) < 3 * estimates.std() / np.sqrt(STORIES)


def test_money_that_nothing_changes_is_discovered_no_more_often_than_is_said() -> None:
    worlds, false = 40, 0
    for world in range(worlds):
        p = np.array([of_money(1_000 * world + each, change=0, k=4).p for each in range(12)], dtype=np.float64)
        false += bool((false_discovery(p) <= 0.1).any())
    assert false <= worlds * 0.1 + 3 * np.sqrt(worlds * 0.1 * 0.9)


def test_how_alike_both_sides_are_is_told_as_they_are_and_weighted() -> None:
    chance = np.random.default_rng(11)
    age, town = chance.normal(size=4_000), chance.random(4_000) < 0.3
    having = chance.random(4_000) < 1 / (1 + np.exp(-age - 2 * town))
    found = effect(age, having, np.column_stack([age, town, age**2]), ["age", "town", "age"])
    before, after = found.balance["age"]
    spread = np.sqrt((age[having].var() + age[~having].var()) / 2)
    assert (age[having].mean() - age[~having].mean()) / spread == pytest.approx(before)
    assert after < 0.1
    assert before > 0.5
    assert {"age", "town"} == set(found.balance)


def test_more_confounders_need_more_people() -> None:
    chance = np.random.default_rng(13)
    having = np.arange(200) % 5 == 0
    found = effect(chance.normal(size=200), having, chance.normal(size=(200, 24)))
    assert (None, 40, 50) == (found.estimate, found.having, found.needed)


def test_by_lot_the_difference_is_that_of_the_means_with_welchs_error() -> None:
    # Student's sleep data (1908) three times over: extra hours of sleep after two drugs.
    one = np.tile([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], 3)
    two = np.tile([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4], 3)
    found = difference(np.concatenate([two, one]), np.arange(60) < 30)
    assert 1.58 == pytest.approx(found.estimate)
    error = np.sqrt((one.var(ddof=1) + two.var(ddof=1)) / 30)
    assert 1.58 - 1.959964 * error == pytest.approx(found.low, abs=1e-5)
    assert (30, 30, 0) == (found.having, found.without, found.apart)


def test_without_adjusting_the_same_would_be_wrong() -> None:
    chance = np.random.default_rng(7)
    push = chance.normal(size=4_000)
    having = chance.random(4_000) < 1 / (1 + np.exp(-push))
    outcome = push + chance.normal(size=4_000)
    naive = effect(outcome, having, np.empty((4_000, 0)))
    adjusted = effect(outcome, having, push[:, None])
    assert naive.low is not None
    assert naive.low > 0.5
    assert adjusted.low is not None
    assert adjusted.high is not None
    assert adjusted.low < 0 < adjusted.high


def test_yes_or_no_gives_a_difference_of_shares() -> None:
    chance = np.random.default_rng(3)
    having = chance.random(2_000) < 0.4
    outcome = (chance.random(2_000) < np.where(having, 0.6, 0.4)).astype(np.float64)
    found = effect(outcome, having, np.empty((2_000, 0)))
    assert found.estimate == pytest.approx(outcome[having].mean() - outcome[~having].mean())
    p, q = outcome[having].mean(), outcome[~having].mean()
    error = np.sqrt(p * (1 - p) / having.sum() + q * (1 - q) / (~having).sum())
    assert found.high is not None
    assert found.estimate is not None
    assert (found.high - found.estimate) / 1.96 == pytest.approx(error, rel=0.01)


def test_what_nobody_did_is_discovered_no_more_often_than_is_said() -> None:
    worlds = 60
    false = 0
    for world in range(worlds):
        p = np.array([simulated(1_000 * world + each, size=200).p for each in range(15)], dtype=np.float64)
        false += bool((false_discovery(p) <= 0.1).any())
    assert false <= worlds * 0.1 + 3 * np.sqrt(worlds * 0.1 * 0.9)


def test_the_published_example_of_false_discoveries() -> None:
    # Y. Benjamini and Y. Hochberg (1995), section 4.1: at 5 % the four smallest of fifteen.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    adjusted = false_discovery(np.array(p[::-1]))[::-1]
    assert [True] * 4 + [False] * 11 == (adjusted <= 0.05).tolist()
    assert 0.0095 * 15 / 4 == pytest.approx(adjusted[3])


def test_too_few_are_said_and_no_effect_is_told() -> None:
    having = np.arange(1_000) < FEWEST - 1
    found = effect(np.ones(1_000), having, np.empty((1_000, 0)))
    assert (None, FEWEST - 1, 1_001 - FEWEST) == (found.estimate, found.having, found.without)


def test_who_is_like_nobody_on_the_other_side_is_left_out_and_counted() -> None:
    chance = np.random.default_rng(5)
    certain = np.arange(1_000) < 400
    having = certain | (chance.random(1_000) < 0.5)
    found = effect(chance.normal(size=1_000), having, certain.astype(np.float64)[:, None])
    assert 400 == found.apart
    assert 600 == found.having + found.without


def test_nobody_can_be_compared_where_one_thing_says_the_other() -> None:
    having = np.arange(1_000) < 500
    found = effect(np.ones(1_000), having, having.astype(np.float64)[:, None])
    assert (None, 1_000) == (found.estimate, found.apart)


def test_an_outcome_that_is_always_the_same_has_no_effect() -> None:
    found = effect(np.ones(200), np.arange(200) < 100, np.empty((200, 0)))
    assert [0.0, 0.0, 0.0] == pytest.approx([found.estimate, found.low, found.high], abs=1e-12)
