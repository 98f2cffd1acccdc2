"""The return of an investment: worked out by hand, against other computations, and of bad input one clear sentence."""

import math
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from engine.value.groups import FREE, START, Floats, asked, by_period, paid
from vincle.engine.value.investing import Figures, Return, invest
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

OURS, THEIRS = range(1, 41), range(41, 101)


def figures(found: Return) -> Figures:
    assert found.figures is not None
    return found.figures


def uneven(seed: int, *, people: int = 100, weeks: int = 20) -> Floats:
    """What people paid in weeks, in cents: some much, some nothing at all."""
    chance = np.random.default_rng(seed)
    money = chance.gamma(0.4, 40.0, (people, weeks)) * (chance.random((people, weeks)) < 0.5)
    money[chance.random(people) < 0.1] = 0.0
    return np.round(money, 2)


def test_worked_by_hand() -> None:
    # Before, 70 days: the treated paid 70 each, the compared 140. After, 35 days: half of the treated 60, half 80, half
    # of the compared 60, half 70. As long a time before would have been 35 and 70.
    rows = [(who, -1, 70.0) for who in OURS] + [(who, -70, 140.0) for who in THEIRS]
    rows += [(who, 0, 60.0 if who % 2 else 80.0) for who in OURS] + [(who, 34, 60.0 + who % 2 * 10) for who in THEIRS]
    log = paid(rows, last=34)
    found = asked(log, OURS, THEIRS, cost_fixed=Decimal(300), cost_each=Decimal("2.50"), margin=0.5, before_days=70)
    told = figures(found)
    # The change is 35 with a variance of 100 * 40/39 of the treated, -5 with 25 * 60/59 of the compared.
    error = (100 / 39 + 25 / 59) ** 0.5
    freedom = error**4 / ((100 / 39) ** 2 / 39 + (25 / 59) ** 2 / 59)
    half = stats.t.ppf(0.975, freedom) * error
    assert pytest.approx((40.0, 40 - half, 40 + half)) == (told.effect.at, told.effect.low, told.effect.high)
    assert (Decimal(400), "observational", 35, 70) == (found.cost, found.label, found.days_after, found.days_before)
    # 40 people, 40 each, half of it left: 800, less 400; it took 17.5 of 35 days to earn that.
    net = told.net
    assert pytest.approx((400, 1, 17.5)) == (net.at, told.roi.at if told.roi else None, told.payback.days)
    assert pytest.approx((800 - 20 * half - 400, 35 * 400 / (800 - 20 * half))) == (net.low, told.payback.latest)
    assert ((35.0, 70.0), (70.0, 65.0)) == tuple((of.before.at, of.after.at) for of in told.paid)


@pytest.mark.parametrize("seed", range(4))
def test_a_comparison_of_changes_is_welchs(seed: int) -> None:
    money = uneven(seed)
    log = by_period(money, before=10)
    told = figures(asked(log, OURS, THEIRS))
    change = money[:, 10:].sum(axis=1) - money[:, :10].sum(axis=1)
    tested = stats.ttest_ind(change[:40], change[40:], equal_var=False)
    ends = tested.confidence_interval(0.95)
    assert pytest.approx((change[:40].mean() - change[40:].mean(), ends.low, ends.high), rel=1e-9) == (
        told.effect.at, told.effect.low, told.effect.high,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_an_experiment_is_the_regression_of_lin(seed: int) -> None:
    money = uneven(seed)
    told = figures(asked(by_period(money, before=10), OURS, THEIRS, randomised=True))
    before, after = money[:, :10].sum(axis=1), money[:, 10:].sum(axis=1)
    had, centred = (np.arange(100) < 40).astype(float), before - before.mean()
    design = np.column_stack([np.ones(100), had, centred, had * centred])
    weights, *_ = np.linalg.lstsq(design, after)
    inverse = np.linalg.inv(design.T @ design)
    hat = ((design @ inverse) * design).sum(axis=1)
    meat = design.T @ (design * ((after - design @ weights) ** 2 / (1 - hat))[:, None])
    error = (inverse @ meat @ inverse)[1, 1] ** 0.5
    half = told.effect.at - (told.effect.low or 0)
    assert pytest.approx(weights[1], rel=1e-9) == told.effect.at
    # Student's quantile with degrees of freedom between those of the smaller group and of both.
    assert stats.t.ppf(0.975, 96) <= half / error <= stats.t.ppf(0.975, 38)
    tested = stats.ttest_ind(before[:40], before[40:], equal_var=False).confidence_interval(0.95)
    assert told.balance
    assert (told.adjusted, pytest.approx((tested.low, tested.high))) == (True, (told.balance.low, told.balance.high))


def test_what_one_person_decides_is_not_adjusted_for() -> None:
    money = uneven(7)
    money[:, :10] = 0
    money[3, 4] = 5_000.0
    told = figures(asked(by_period(money, before=10), OURS, THEIRS, randomised=True))
    after = money[:, 10:].sum(axis=1)
    assert (False, pytest.approx(after[:40].mean() - after[40:].mean())) == (told.adjusted, told.effect.at)


def test_a_lot_can_do_without_a_time_before() -> None:
    log = paid([(who, who % 60, 10.0 + who % 7) for who in (*OURS, *THEIRS)], first=0)
    found = asked(log, OURS, THEIRS, randomised=True)
    assert (0, False, None) == (found.days_before, figures(found).adjusted, figures(found).trend.slopes)
    with pytest.raises(BadInput, match="Nothing is known of the time before"):
        asked(log, OURS, THEIRS)


def test_who_never_paid_counts() -> None:
    log = paid([(who, 5, 20.0) for who in range(1, 21)])
    told = figures(asked(log, OURS, THEIRS))
    assert (10.0, 400.0) == (told.effect.at, told.effect_in_all.at)


def test_what_was_given_back_is_taken_off() -> None:
    log = paid([(who, 5, 20.0) for who in OURS] + [(who, 9, -20.0 + who % 2) for who in OURS])
    assert pytest.approx(0.5) == figures(asked(log, OURS, THEIRS)).effect.at


def test_verdicts() -> None:
    money = np.full((100, 20), 10.0) + np.random.default_rng(3).normal(0, 1, (100, 20)).round(2)
    money[:40, 10:] += 1.0
    log = by_period(money, before=10)
    costs = {"pays": "7", "cannot_tell": "10.2", "does_not_pay": "14"}
    found = {said: asked(log, OURS, THEIRS, cost_each=Decimal(cost)) for said, cost in costs.items()}
    assert list(costs) == [each.verdict for each in found.values()]
    assert [True, False, True] == [figures(each).needed is None for each in found.values()]


def test_people_still_needed() -> None:
    money = np.random.default_rng(5).gamma(2.0, 5.0, (100, 20)).round(2)
    money[:40, 10:] += 0.7
    log = by_period(money, before=10)
    effect = figures(asked(log, OURS, THEIRS)).effect
    found = asked(log, OURS, THEIRS, cost_each=Decimal(10))
    change = money[:, 10:].sum(axis=1) - money[:, :10].sum(axis=1)
    error = (change[:40].var(ddof=1) / 40 + change[40:].var(ddof=1) / 60) ** 0.5
    times = ((stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * error / (effect.at - 10)) ** 2
    needed = (math.ceil(40 * times) - 40, math.ceil(60 * times) - 60)
    assert ("cannot_tell", needed) == (found.verdict, figures(found).needed)


def test_so_near_none_that_no_number_is_sensible() -> None:
    money = np.random.default_rng(5).gamma(2.0, 5.0, (100, 20)).round(2)
    money[:40, 10:] += 0.7
    log = by_period(money, before=10)
    nearly = Decimal(round(figures(asked(log, OURS, THEIRS)).effect.at, 1))
    found = asked(log, OURS, THEIRS, cost_each=nearly)
    assert ("cannot_tell", None) == (found.verdict, figures(found).needed)


def test_below_thirty_nothing_is_told() -> None:
    log = by_period(uneven(1), before=10)
    found = asked(log, range(1, 29), THEIRS)
    assert ("too_few", (2, 0), None, 28) == (found.verdict, found.missing, found.figures, found.treated)


def test_all_alike_cannot_be_told() -> None:
    log = paid([(who, day, 10.1) for who in (*OURS, *THEIRS) for day in (-9, 9)])
    for randomised in (True, False):
        found = asked(log, OURS, THEIRS, randomised=randomised, cost_fixed=Decimal(5))
        told = figures(found)
        assert ("cannot_tell", 0.0, None, None, None) == (
            found.verdict, round(told.effect.at, 9), told.effect.low, told.needed, told.payback.days,
        )  # fmt: skip


def test_a_few_who_pay_very_much_are_said() -> None:
    money = uneven(2)
    assert not figures(asked(by_period(money, before=10), OURS, THEIRS)).skewed
    money[2, 15] = 1e9
    assert figures(asked(by_period(money, before=10), OURS, THEIRS)).skewed


def test_as_json() -> None:
    told = asked(by_period(uneven(1), before=10), OURS, THEIRS, cost_fixed=Decimal("7.50")).as_json()
    names = (told["start"], told["cost"], told["figures"]["skewed"], told["figures"]["trend"]["differs"])
    assert ("2024-07-01", "7.50", False, False) == names
    assert "2024-04-22" == told["figures"]["trend"]["moments"][0]["day"]


BAD: dict[str, dict[str, Any]] = {
    "A cost is an amount": {"cost_each": Decimal("-0.01")},
    "A cost is": {"cost_fixed": Decimal("NaN")},
    "The margin is": {"margin": 0.0},
    "The margin": {"margin": float("nan")},
    "begins after the last day": {"start": START + timedelta(days=70), "until": START + timedelta(days=80)},
    "ends on the day it begins": {"until": START - timedelta(days=1)},
    "one day or more": {"before_days": 0},
    "Nothing is known of the time before": {"start": START - timedelta(days=70)},
    "Nothing is known": {"start": date.min},
}


@pytest.mark.parametrize("said", BAD)
def test_one_clear_sentence(said: str) -> None:
    with pytest.raises(BadInput, match=said):
        asked(by_period(uneven(1), before=10), OURS, THEIRS, **BAD[said])


def test_groups_that_cannot_be_compared() -> None:
    log = by_period(uneven(1), before=10)
    with pytest.raises(BadInput, match=r"^Nobody is in one of the groups"):
        asked(log, [], THEIRS)
    with pytest.raises(BadInput, match=r"^2 of the people who had it are also among those"):
        asked(log, range(1, 43), THEIRS)
    with pytest.raises(BadInput, match="named otherwise"):
        invest(log, pa.array(["Anna"]), pa.array(["Bernat"]), start=START, until=START, randomised=False, **FREE)
    without = Transactions(log.runner, log.first, log.last, money=False, returns=False)
    with pytest.raises(BadInput, match="no amounts"):
        asked(without, OURS, THEIRS)


ROWS = st.lists(
    st.tuples(st.integers(1, 100), st.integers(-70, 69), st.floats(-1e12, 1e12, allow_nan=False)), max_size=60
)
OPTIONS = st.fixed_dictionaries(
    {
        "before_days": st.integers(0, 100),
        "cost_fixed": st.decimals(-1, 10_000, places=2),
        "randomised": st.booleans(),
    }
)
MANY = st.sampled_from([0, 1, 29, 30, 50])


@settings(max_examples=60, deadline=None)
@given(
    rows=ROWS,
    people=st.tuples(MANY, MANY, st.sampled_from([0, 0, 0, 3])),
    time=st.tuples(st.integers(-75, 75), st.integers(-1, 90)),
    options=OPTIONS,
)
def test_whatever_is_asked_there_is_an_answer_or_one_sentence(
    rows: list[tuple[int, int, float]], people: tuple[int, int, int], time: tuple[int, int], options: dict[str, Any]
) -> None:
    treated, compared, both = people
    ours, theirs = range(51 - treated, 51), range(51 - both, 51 - both + compared)
    start = START + timedelta(days=time[0])
    try:
        found = asked(paid(rows), ours, theirs, start=start, until=start + timedelta(days=time[1]), **options)
    except BadInput as refused:
        said = refused.message
        assert said[-1] == "." and "." not in said[:-1]  # noqa: PT018 - an answer is as good
        return
    assert (treated, compared) == (found.treated, found.compared)
    if found.figures is None:
        assert any(found.missing)
        return
    told = found.figures
    for figure in (told.effect, told.net, told.paid[0].after):
        assert figure.low is None or figure.high is None or figure.low <= figure.at <= figure.high
    assert pytest.approx(told.net.at, rel=1e-9, abs=1e-3) == told.effect_in_all.at - float(options["cost_fixed"])
