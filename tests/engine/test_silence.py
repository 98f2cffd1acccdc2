"""How long a silence is usual: an order statistic with a distribution-free interval."""

import numpy as np
import pytest

from vincle.engine.silence import Silence, ranks, usual_silence


def histogram(*intervals: int) -> tuple[np.ndarray, np.ndarray]:
    days, counts = np.unique(np.array(intervals, np.int64), return_counts=True)
    return days, counts.astype(np.int64)


# Conover, Practical Nonparametric Statistics, 3rd ed., table A3: binomial with p = 0.5; the interval for a
# median.
@pytest.mark.parametrize(("total", "expected"), [(6, (1, 6)), (10, (2, 9)), (20, (6, 15)), (25, (8, 18))])
def test_ranks_for_a_median_are_the_published_ones(total: int, expected: tuple[int, int]) -> None:
    assert expected == ranks(total, 0.5)


def test_ranks_cover_the_quantile_as_often_as_they_say() -> None:
    random = np.random.default_rng(7)
    low, high = ranks(400, 0.95)
    drawn = np.sort(random.random((4000, 400)), axis=1)
    covered = (drawn[:, low - 1] <= 0.95) & (drawn[:, high - 1] >= 0.95)
    assert 0.95 <= covered.mean() + 0.01
    assert covered.mean() < 0.985


def test_few_values_set_no_upper_bound() -> None:
    low, high = ranks(20, 0.95)
    assert (21, True) == (high, low > 15)


def test_many_values_give_a_narrow_interval() -> None:
    low, high = ranks(10_000_000, 0.95)
    assert 9_500_000 - 1400 < low < 9_500_000 < high < 9_500_000 + 1400


def test_the_limit_is_what_all_but_one_interval_in_twenty_stay_within() -> None:
    days, counts = histogram(*([1] * 90), *([7] * 5), *([30] * 5))
    assert Silence(days=7, low=1, high=30, people=40, intervals=100) == usual_silence(days, counts, people=40)


def test_when_all_intervals_are_alike_so_are_limit_and_bounds() -> None:
    days, counts = histogram(*([3] * 500))
    assert Silence(days=3, low=3, high=3, people=30, intervals=500) == usual_silence(days, counts, people=30)


def test_below_thirty_who_returned_nothing_is_told() -> None:
    days, counts = histogram(*([1] * 500))
    assert Silence(None, None, None, people=29, intervals=500) == usual_silence(days, counts, people=29)
