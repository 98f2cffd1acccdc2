"""How much two groups differ: published values, and intervals that cover what they say."""

import numpy as np
import pytest

from vincle.engine.differences import of_medians, of_shares


def test_the_shares_of_newcombe() -> None:
    # Table II of Newcombe (1998): 56 of 70 less 48 of 80, 9 of 10 less 3 of 10, 10 of 10 less 0 of 10, by method 10.
    published = [((48, 80, 56, 70), (0.2, 0.0524, 0.3339)), ((3, 10, 9, 10), (0.6, 0.1705, 0.8090)),
                 ((0, 10, 10, 10), (1.0, 0.6075, 1.0))]  # fmt: skip
    for counted, said in published:
        found = of_shares(*counted)
        assert pytest.approx(said, abs=5e-5) == (found.at, found.low, found.high)


def test_a_rare_thing_has_an_interval_and_no_probability() -> None:
    found = of_shares(0, 40, 2, 40)
    assert (True, None) == (found.low < 0.05 < found.high, found.p)


def test_intervals_of_shares_cover_what_they_say() -> None:
    chance = np.random.default_rng(11)
    draws = zip(chance.binomial(60, 0.3, 3_000).tolist(), chance.binomial(90, 0.45, 3_000).tolist(), strict=True)
    found = [of_shares(first, 60, second, 90) for first, second in draws]
    assert 0.94 <= np.mean([each.low <= 0.15 <= each.high for each in found]) <= 0.965


@pytest.mark.parametrize(("first", "second"), [(25, 60), (150, 400)])
def test_intervals_of_medians_cover_what_they_say(first: int, second: int) -> None:
    chance = np.random.default_rng(12)
    really = 2 * np.log(2) - np.log(2)  # of exponential times with means 1 and 2
    found = [of_medians(chance.exponential(1, first), chance.exponential(2, second))[1] for _ in range(600)]
    assert 0.93 <= np.mean([each.low <= really <= each.high for each in found]) <= 0.985


def test_without_a_difference_one_in_twenty_seems_to_be_one() -> None:
    chance = np.random.default_rng(13)
    shares = [of_shares(*pair).p for pair in zip(*_null(chance), strict=True)]
    assert 0.035 <= np.mean([p is not None and p < 0.05 for p in shares]) <= 0.065


def _null(chance: np.random.Generator) -> tuple[list[int], list[int], list[int], list[int]]:
    many = 3_000
    return chance.binomial(80, 0.4, many).tolist(), [80] * many, chance.binomial(120, 0.4, many).tolist(), [120] * many
