"""Investments made up: the effect is found again, intervals hold it as often as they say, and need as many people."""

from collections.abc import Callable

import numpy as np
import pytest

from vincle.engine.value.estimates import Contrast, Floats, adjusted, contrast, side
from vincle.engine.value.power import still_needed

Way = Callable[[np.random.Generator, tuple[int, int], float], Contrast]
TIMES = 2_000
MOST = 3 * (0.05 * 0.95 / TIMES) ** 0.5  # sampling error of a share of 5 %, three times


def spenders(chance: np.random.Generator, people: int, *, extra: float) -> tuple[Floats, Floats]:
    """Before and after, of people some of whom spend much at all times; log-normal, as money is."""
    usual = chance.normal(0, 0.5, people)
    return np.exp(usual + chance.normal(0, 0.5, people)), extra + np.exp(usual + chance.normal(0, 0.5, people))


def changes(chance: np.random.Generator, people: tuple[int, int], effect: float) -> Contrast:
    ours, theirs = spenders(chance, people[0], extra=0.3 + effect), spenders(chance, people[1], extra=0.3)
    return contrast(side(ours[1] - ours[0]), side(theirs[1] - theirs[0]))


def lots(chance: np.random.Generator, people: tuple[int, int], effect: float) -> Contrast:
    ours, theirs = spenders(chance, people[0], extra=0.3 + effect), spenders(chance, people[1], extra=0.3)
    return adjusted((ours[1], theirs[1]), (ours[0], theirs[0])) or contrast(side(ours[1]), side(theirs[1]))


@pytest.mark.parametrize("way", [changes, lots])
@pytest.mark.parametrize("people", [(60, 200), (300, 300)])
def test_intervals_hold_what_they_say(way: Way, people: tuple[int, int]) -> None:
    chance = np.random.default_rng(19)
    found = [way(chance, people, 0.4) for _ in range(TIMES)]
    ends = np.array([(each.estimate.low, each.estimate.high) for each in found])
    held = np.mean((ends[:, 0] <= 0.4) & (0.4 <= ends[:, 1]))
    estimates = np.array([each.estimate.at for each in found])
    assert abs(estimates.mean() - 0.4) < 3 * estimates.std() / TIMES**0.5
    assert 0.95 - MOST - 0.01 <= held <= 0.95 + MOST + 0.01


def test_a_lot_needs_fewer_people_for_knowing_what_was_before() -> None:
    chance = np.random.default_rng(23)
    with_it = np.mean([lots(chance, (200, 200), 0.0).error for _ in range(50)])
    groups = [(spenders(chance, 200, extra=0.0)[1], spenders(chance, 200, extra=0.0)[1]) for _ in range(50)]
    without = np.mean([contrast(side(ours), side(theirs)).error for ours, theirs in groups])
    assert with_it < 0.93 * without


def test_with_the_people_still_needed_eight_of_ten_are_told() -> None:
    chance = np.random.default_rng(29)
    people = (100, 150)
    error = float(np.mean([changes(chance, people, 0.0).error for _ in range(200)]))
    more = still_needed(0.2, error, people)
    assert more
    enough = (people[0] + more[0], people[1] + more[1])
    told = np.mean([changes(chance, enough, 0.2).estimate.above_none for _ in range(1_000)])
    assert 0.76 <= told <= 0.84
