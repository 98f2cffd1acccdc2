"""How stages are entered: every form of rule by hand, and all of them against a plain reading case by case."""

from collections.abc import Sequence
from contextlib import closing

import duckdb
import pytest
from hypothesis import given, settings

from engine.journeys.designed import WAYS, Rules, cases_of, journey, journeys, moments_of
from engine.journeys.naive import DAY, entries
from vincle.engine.journeys import of_stages
from vincle.engine.journeys.journey import Journey
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

_MOMENTS = Pipeline(
    (Step("told", "SELECT case_id, activity, moment FROM ordered ORDER BY case_id, n", "Every entry, in order."),)
)

pytestmark = pytest.mark.once


def entered(ours: Journey, way: Sequence[tuple[str, float]], *, end: float = 0) -> list[tuple[str, float]]:
    """The stages that one case enters, and the day; the log ends when something happens with another one."""
    moments = [(kind, round(day * DAY)) for kind, day in way]
    with closing(duckdb.connect()) as connection:
        log = cases_of(connection, {"it": moments, "end": [("end", round(end * DAY))]})
        staged = of_stages(log, ours)
        told = staged.runner.run(_MOMENTS).to_pylist()
    return [(row["activity"], row["moment"] / DAY) for row in told if row["case_id"] == "it"]


BUY = {"kinds": ["buy"]}


@pytest.mark.parametrize(
    ("rules", "way", "expected"),
    [
        # once, whatever comes after; any of several kinds
        ([BUY], [("see", 1), ("buy", 2), ("buy", 3)], [2]),
        ([{"kinds": ["buy", "see"]}], [("see", 1), ("buy", 2)], [1]),
        # the third; at one instant they are counted in their order
        ([BUY | {"times": 3}], [("buy", 1), ("buy", 1), ("see", 1), ("buy", 4), ("buy", 5)], [4]),
        ([BUY | {"times": 3}], [("buy", 1), ("buy", 2)], []),
        # three within five days: to the instant, and the moment is that of the third
        ([BUY | {"times": 3, "within_days": 5}], [("buy", 1), ("buy", 4), ("buy", 7), ("buy", 9)], [9]),
        ([BUY | {"times": 3, "within_days": 5}], [("buy", 1), ("buy", 4), ("buy", 7), ("buy", 9.5)], []),
        # whichever rule comes first
        ([BUY | {"times": 2}, {"kinds": ["join"]}], [("buy", 1), ("join", 2), ("buy", 3)], [2]),
        # absence: as often as there is one; one exactly as long counts; the last only when the log goes on so long
        ([BUY | {"absent_days": 10}], [("buy", 1), ("buy", 11), ("buy", 20), ("see", 30), ("buy", 40)], [11, 30, 50]),
        ([BUY | {"absent_days": 10}], [("buy", 45)], []),
        ([BUY | {"absent_days": 10}], [("see", 1)], []),
        # absence or something else, each on its own
        ([BUY | {"absent_days": 10}, {"kinds": ["leave"]}], [("buy", 1), ("leave", 2), ("leave", 3)], [2, 11]),
    ],
)  # fmt: skip
def test_a_rule_that_waits_for_nothing(
    rules: Rules, way: Sequence[tuple[str, float]], expected: Sequence[float]
) -> None:
    told = entered(journey(("it", rules), ("end", [{"kinds": ["end"]}])), way, end=50)
    assert [("it", day) for day in expected] == told


@pytest.mark.parametrize(
    ("rules", "way", "expected"),
    [
        # the event with which a stage is entered is not after it; one at the same instant with a later number is
        ([BUY | {"after": ["start"]}], [("buy", 1), ("buy", 2)], [2]),
        ([BUY | {"after": ["start"]}], [("buy", 1), ("buy", 1)], [1]),
        ([{"kinds": ["see"], "after": ["start"]}], [("see", 1), ("buy", 1), ("see", 2)], [2]),
        # times are counted from there
        ([BUY | {"after": ["start"], "times": 2}], [("buy", 1), ("buy", 2), ("buy", 3)], [3]),
        ([BUY | {"after": ["start"], "times": 2, "within_days": 1}], [("buy", d) for d in (1, 2, 4, 5)], [5]),
        # once for each entry; here one for each absence, also at the instant at which it is over
        ([BUY | {"after": ["gone"]}], [("buy", 1), ("buy", 15), ("buy", 25)], [15, 25]),
        ([BUY | {"after": ["gone", "start"]}], [("buy", 1), ("buy", 2), ("buy", 15)], [2, 15]),
        # an absence after a stage: the first that is over after it was entered
        ([{"kinds": ["see"], "absent_days": 5, "after": ["start"]}], [("see", 1), ("buy", 4), ("see", 20)], [6]),
        # two entries that come to the same make one
        ([{"kinds": ["join"], "after": ["gone"]}], [("buy", 1), ("buy", 20), ("join", 35)], [35]),
    ],
)  # fmt: skip
def test_a_rule_that_waits_for_a_stage(
    rules: Rules, way: Sequence[tuple[str, float]], expected: Sequence[float]
) -> None:
    ours = journey(
        ("start", [BUY]), ("gone", [BUY | {"absent_days": 10}]), ("then", rules), ("end", [{"kinds": ["end"]}])
    )
    told = entered(ours, way, end=36)
    assert list(expected) == [day for key, day in told if key == "then"]


def test_the_example_of_the_documentation() -> None:
    ours = journey(
        ("habit", [BUY | {"times": 2, "within_days": 10}]),
        ("gone", [BUY | {"absent_days": 30}]),
        ("back", [BUY | {"after": ["gone"]}]),
    )
    way = [("buy", 1), ("visit", 9), ("buy", 20), ("buy", 28), ("buy", 60), ("buy", 61)]
    assert [("habit", 28), ("gone", 58), ("back", 60)] == entered(ours, way, end=85)


def test_stages_entered_at_one_instant_stand_as_in_the_document() -> None:
    ours = journey(("b", [{"kinds": ["y"]}]), ("a", [{"kinds": ["x"]}]), ("end", [{"kinds": ["end"]}]))
    assert [("b", 1), ("a", 1)] == entered(ours, [("x", 1), ("y", 1)])


@settings(max_examples=40, deadline=None)
@given(ours=journeys(), ways=WAYS)
def test_sets_give_what_reading_case_by_case_gives(ours: Journey, ways: Sequence[Sequence[tuple[str, int]]]) -> None:
    moments = moments_of(ways)
    end = max(moment for way in moments.values() for _kind, moment in way)
    told = {case: entries(ours, way, end=end) for case, way in moments.items()}
    expected = [(case, key, moment) for case, many in told.items() for moment, key in many]
    with closing(duckdb.connect()) as connection:
        log = cases_of(connection, moments)
        if not expected:
            with pytest.raises(BadInput):
                of_stages(log, ours)
            return
        staged = of_stages(log, ours)
        found = staged.runner.run(_MOMENTS).to_pylist()
    assert expected == [(row["case_id"], row["activity"], row["moment"]) for row in found]
    assert (len(expected), len({case for case, _key, _moment in expected})) == (staged.events, staged.cases)
