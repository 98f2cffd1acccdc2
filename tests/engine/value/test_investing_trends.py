"""The picture of an investment: what both groups paid week by week, and whether they moved alike before."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from engine.value.groups import Floats, asked, by_period
from vincle.engine.value.trends import Span, Trend

OURS, THEIRS = range(1, 41), range(41, 101)


def told(money: Floats, *, before: int = 10) -> tuple[Trend, str]:
    found = asked(by_period(money, before=before), OURS, THEIRS, before_days=7 * before)
    assert found.figures is not None
    return found.figures.trend, found.verdict


def test_each_week_has_the_mean_of_both_groups() -> None:
    money = np.random.default_rng(1).gamma(0.5, 20.0, (100, 20)).round(2)
    money[::3, 4] = 0
    seen, _verdict = told(money)
    assert (20, 10, 7, date(2024, 4, 22)) == (
        len(seen.moments), sum(each.before for each in seen.moments), seen.period_days, seen.moments[0].day,
    )  # fmt: skip
    for week, moment in enumerate(seen.moments):
        for of, values in ((moment.treated, money[:40, week]), (moment.compared, money[40:, week])):
            ends = stats.ttest_1samp(values, 0).confidence_interval(0.95)
            assert pytest.approx((values.mean(), ends.low, ends.high)) == (of.at, of.low, of.high)


def test_slopes_are_of_least_squares() -> None:
    money = np.random.default_rng(2).gamma(0.5, 20.0, (100, 20)).round(2)
    seen, _verdict = told(money)
    slopes = np.polyfit(np.arange(10), money[:, :10].T, 1)[0]
    tested = stats.ttest_ind(slopes[:40], slopes[40:], equal_var=False).confidence_interval(0.95)
    assert seen.slopes
    assert pytest.approx((slopes[:40].mean() - slopes[40:].mean(), tested.low, tested.high)) == (
        seen.slopes.at, seen.slopes.low, seen.slopes.high,
    )  # fmt: skip


def test_groups_that_moved_apart_before_are_not_compared() -> None:
    money = 50 + np.random.default_rng(3).normal(0, 1, (100, 20))
    money[:40] += np.arange(20)
    seen, verdict = told(money.round(2))
    assert seen.slopes
    assert seen.carried
    # One more each week, which from the middle of the ten before to the middle of the ten after makes ten, ten times.
    assert ("trends_differ", True) == (verdict, seen.differs)
    assert pytest.approx((1, 100), rel=0.05) == (seen.slopes.at, seen.carried.at)


def test_two_weeks_show_no_trend() -> None:
    seen, _verdict = told(np.random.default_rng(4).gamma(0.5, 20.0, (100, 12)).round(2), before=2)
    assert (None, None, False) == (seen.slopes, seen.carried, seen.differs)


def test_a_week_without_anybody() -> None:
    money = np.zeros((100, 6))
    money[:, 5] = np.arange(100)
    seen, _verdict = told(money, before=3)
    assert (0.0, None) == (seen.moments[0].treated.at, seen.moments[0].treated.low)


def test_long_times_have_longer_periods() -> None:
    days = {100: 7, 500: 28, 3_000: 91, 20_000: 364}
    assert days == {before: Span(date(2024, 7, 1), date(2024, 7, 10), before).period for before in days}
