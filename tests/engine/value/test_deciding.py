"""What to do with whom: worked out by hand, and what holds whatever people and assumptions there are."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.engine.value.deciding import COLUMNS, KINDS, NOTHING, Effect, Option, decide
from vincle.kernel.errors import BadInput

WIN_BACK = Option("win_back", 10, Effect(0.01, 0.05, 0.1))
WARN = Option("warn", 4, Effect(0.1, 0.2, 0.3))
THANK = Option("thank", 1, Effect(0.0, 0.02, 0.5))
UPSELL = Option("upsell", 3, Effect(0.02, 0.05, 0.1))
ALL = (WIN_BACK, WARN, THANK, UPSELL)


def somebody(**said) -> dict:
    """Of whom nothing is known but what is said."""
    return dict.fromkeys(COLUMNS) | said


def gone(**more) -> dict:
    return somebody(
        alive=0.2, alive_low=0.1, alive_high=0.3, worth=100, worth_low=80, worth_high=120, frequency=5, recency=50,
        tenure=200, **more,
    )  # fmt: skip


def there(**more) -> dict:
    usual = {"alive": 0.8, "alive_low": 0.75, "alive_high": 0.9, "worth": 100, "worth_low": 90, "worth_high": 110,
             "frequency": 4, "recency": 80, "tenure": 100}  # fmt: skip
    return somebody(**usual | more)


def people(*rows: dict) -> pa.Table:
    return pa.table({name: pa.array([row[name] for row in rows], pa.float64()) for name in COLUMNS})


def figures(decided, kind: str) -> tuple:
    """People, gain, cost, net and its ends of an option."""
    one = next(each for each in decided.ranked if each.kind == kind)
    ends = [None if end is None else round(end, 6) for end in (one.net_low, one.net_high)]
    return (one.people, round(one.gain, 6), round(one.cost, 6), round(one.net, 6), *ends)


def test_who_is_probably_gone_is_won_back_to_what_they_would_be_worth_if_they_were_there():
    # 0.8 * 0.05 * 100 / 0.2 = 20; ends 0.7 * 0.01 * 80 / 0.2 = 2.8 and 0.9 * 0.1 * 120 / 0.2 = 54.
    decided = decide(people(gone()), ALL)
    assert (1, 20.0, 10.0, 10.0, -7.2, 44.0) == figures(decided, "win_back")
    assert not decided.ranked[0].is_clear


def test_who_has_been_away_for_longer_than_usual_is_called():
    # They came every 20 days and have been away for 50: 0.2 * 0.2 * 100 / 0.8 = 5, less 4; of upsell 2 would be left.
    decided = decide(people(there(tenure=130), there(tenure=120)), (WARN,))
    assert (1, 5.0, 4.0, 1.0, 0.1 * 0.1 * 90 / 0.8 - 4, 0.25 * 0.3 * 110 / 0.8 - 4) == figures(decided, "warn")
    assert [0, -1] == decided.best.tolist()
    assert [-1] == decide(people(there(frequency=1, recency=1, tenure=900)), (WARN,)).best.tolist()


def test_thanks_make_nobody_more_than_certain_to_stay():
    # By 2 of 100: 2 less 1. At its high end by no more than from 0.75 to 1, that is a third.
    decided = decide(people(there()), (THANK,))
    assert (1, 2.0, 1.0, 1.0, -1.0, round(110 / 3 - 1, 6)) == figures(decided, "thank")
    sure = there(alive=1.0, alive_low=1.0, alive_high=1.0)
    assert [NOTHING] == [each.kind for each in decide(people(sure), (THANK,)).ranked]


def test_the_best_of_each_person_is_done_and_the_options_are_ranked_by_what_is_left():
    rows = people(gone(), there(worth=1000, worth_low=900, worth_high=1100), there(worth=1, worth_low=1, worth_high=1))
    decided = decide(rows, ALL)
    assert [("upsell", 1), ("win_back", 1), (NOTHING, 1)] == [(each.kind, each.people) for each in decided.ranked]
    assert (1, 50.0, 3.0, 47.0, 15.0, 107.0) == figures(decided, "upsell")
    assert [True, False, True] == [each.is_clear for each in decided.ranked]
    assert [0, 3, -1] == decided.best.tolist()


def test_of_whom_nothing_can_be_told_nothing_is_said():
    decided = decide(people(somebody(frequency=3), gone()), ALL)
    assert ([-2, 0], 1, 0) == (decided.best.tolist(), decided.untold, decided.ranked[-1].people)
    assert (NOTHING, 0) == (decide(people(), ALL).ranked[-1].kind, decide(people(), ALL).ranked[-1].people)
    assert [-1] == decide(people(gone()), ()).best.tolist()


def test_what_a_rule_foretold_is_not_raised_and_has_no_ends():
    decided = decide(people(gone() | {"worth": 1000, "worth_low": None, "worth_high": None}), ALL)
    assert (1, 40.0, 10.0, 30.0, None, None) == figures(decided, "win_back")
    assert not decided.ranked[0].is_clear


@pytest.mark.parametrize(
    "option",
    [
        Option("win_back", -1, Effect(0, 0, 0)),
        Option("win_back", float("nan"), Effect(0, 0, 0)),
        Option("thank", 1, Effect(0.2, 0.1, 0.3)),
        Option("thank", 1, Effect(0.1, 0.2, 1.1)),
        Option("sing", 1, Effect(0, 0, 0)),
    ],
)
def test_what_makes_no_sense_is_refused(option):
    with pytest.raises(BadInput):
        decide(people(gone()), [option])


shares = st.floats(0, 1)
sums = st.floats(0, 1e9)


@st.composite
def anybody(draw) -> dict:
    low, at, high = sorted(draw(st.tuples(shares, shares, shares)))
    worths = sorted(draw(st.tuples(sums, sums, sums)))
    frequency = draw(st.integers(0, 50))
    recency = draw(st.integers(0, 900)) if frequency else 0
    said = dict(zip(COLUMNS, (at, low, high, worths[1], worths[0], worths[2], frequency, recency,
                              recency + draw(st.integers(0, 900))), strict=True))  # fmt: skip
    unknown = draw(st.sampled_from([(), (), ("worth_low", "worth_high"), ("worth", "worth_low", "worth_high"),
                                    ("alive", "alive_low", "alive_high")]))  # fmt: skip
    return said | dict.fromkeys(unknown)


@st.composite
def anything(draw, kind) -> Option:
    return Option(kind, draw(st.floats(0, 1e6)), Effect(*sorted(draw(st.tuples(shares, shares, shares)))))


@given(st.lists(anybody(), max_size=12), st.tuples(*(anything(kind) for kind in KINDS)), st.sets(st.integers(0, 3)))
def test_whatever_there_is(rows, options, kept):
    options = tuple(options[place] for place in sorted(kept))
    decided = decide(people(*rows), options)
    # Doing nothing is always there, costs nothing and is last; nobody is in two options, and nobody is lost.
    assert (NOTHING, 0.0, 0.0, True) == (
        decided.ranked[-1].kind, decided.ranked[-1].net, decided.ranked[-1].cost, decided.ranked[-1].is_clear,
    )  # fmt: skip
    assert len(rows) == sum(each.people for each in decided.ranked) + decided.untold
    acting = decided.ranked[:-1]
    assert list(acting) == sorted(acting, key=lambda each: -each.net)
    # What is left is more than nothing, and no more than without the cost; nothing of one option alone is better.
    assert (decided.net >= 0).all()
    for one in acting:
        assert one.net > 0
        assert np.isclose(one.gain - one.cost, one.net, rtol=1e-6, atol=1e-3)
        assert one.net_low is None or one.net_low <= one.net * (1 + 1e-9) + 1e-6
        assert one.net_high is None or one.net_high >= one.net * (1 - 1e-9) - 1e-6
        assert not one.is_clear or one.net_low > 0
    for option in options:
        alone = decide(people(*rows), [option])
        assert (alone.net <= decided.net + 1e-9 * np.abs(decided.net)).all()
