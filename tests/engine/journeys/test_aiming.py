"""Moments that matter for the aim of a designed journey."""

import math
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from engine.journeys.designed import Rules, cases_of, journey
from engine.journeys.naive import DAY
from vincle.engine.journeys import Cases, Moments, moments, moments_of
from vincle.kernel.errors import BadInput

Ways = dict[str, list[tuple[str, int]]]
VISIT: tuple[str, Rules] = ("visits", [{"kinds": ["visit"]}])
GONE: tuple[str, Rules] = ("gone", [{"kinds": ["visit", "help"], "absent_days": 8}])


@pytest.fixture
def log() -> Iterator[Cases]:
    with duckdb.connect() as connection:
        yield cases_of(connection, town())


def town() -> Ways:
    """Of 100 who are helped 20 are gone in the time after and 80 come again, of 100 others 70 and 30. Ten more were
    away in their first time already, and the time after of one is not over.
    """
    ways: Ways = {}
    for number in range(200):
        is_helped, place = number < 100, number % 100
        way = [("visit", 0), ("help", 2 * DAY)] if is_helped else [("visit", 0)]
        ways[f"p{number:03}"] = [*way, ("visit", 5 * DAY), ("visit", 9 * DAY)]
        if place >= (20 if is_helped else 70):
            ways[f"p{number:03}"] += [("visit", 16 * DAY), ("buy", 19 * DAY), ("visit", 23 * DAY), ("visit", 29 * DAY)]
    ways |= {f"away{number}": [("visit", 0), ("visit", 9 * DAY), ("visit", 11 * DAY)] for number in range(10)}
    return ways | {"last": [("visit", 31 * DAY)]}


def aimed(log: Cases, *stages: tuple[str, Rules], aim: dict[str, Any], **asked: Any) -> Moments:
    of = journey(*stages, aim={"first_days": 10, "within_days": 20} | aim)
    return moments_of(log, of, **{"exposures": ("steps",), "adjust": ()} | asked)


def test_a_stage_entered_by_absence_is_an_aim_and_who_was_there_before_is_left_out(log: Cases) -> None:
    said = aimed(log, VISIT, GONE, aim={"stage": "gone"})
    assert (200, 90, 10, 1) == (said.cases, said.outcomes, said.had_it, said.not_over)
    (help_,) = said.moments
    assert ("help", 100, 100) == (help_.step, help_.effect.having, help_.effect.without)
    assert math.isclose(-0.5, help_.effect.estimate or 0)
    assert "stage" == said.as_json()["outcome_kind"]


def test_who_was_there_before_counts_when_it_may_be_again(log: Cases) -> None:
    again = aimed(log, VISIT, GONE, aim={"stage": "gone", "again": True})
    assert (210, 0) == (again.cases, again.had_it)


def test_coming_into_a_stage_by_one_step_is_that_step(log: Cases) -> None:
    by_stage = aimed(log, VISIT, ("buys", [{"kinds": ["buy"]}]), aim={"stage": "buys"}, adjust=("start", "else"))
    by_kind = aimed(log, VISIT, aim={"kind": "buy"}, adjust=("start", "else"))
    plain = moments(
        log, outcome="buy", first_days=10, within_days=20, exposures=("steps",), adjust=("start", "else")
    )  # fmt: skip
    assert by_stage.moments == by_kind.moments == plain.moments
    assert (by_stage.cases, by_stage.outcomes, by_stage.average) == (plain.cases, plain.outcomes, plain.average)


def test_each_step_stands_in_the_stage_in_which_it_most_often_happens(log: Cases) -> None:
    asked = {"exposures": ("steps", "pairs", "waits"), "aim": {"kind": "buy"}}
    again = ("returns", [{"kinds": ["visit"], "times": 2}])
    assert {"help": "visits", "visit": "returns"} == aimed(log, VISIT, again, **asked).happens_in
    assert {"help": "", "visit": "returns"} == aimed(log, again, **asked).happens_in


def test_a_journey_without_an_aim_has_no_moments(log: Cases) -> None:
    with pytest.raises(BadInput, match="does not say what should come of it"):
        moments_of(log, journey(VISIT))


def test_a_stage_that_nobody_enters_cannot_be_told_of(log: Cases) -> None:
    with pytest.raises(BadInput, match="No case has any stage never"):
        aimed(log, VISIT, ("never", [{"kinds": ["fly"]}]), aim={"stage": "never"})
