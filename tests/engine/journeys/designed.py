"""Journeys and cases to try them on, also by chance."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from hypothesis import strategies as st

from engine.journeys.naive import DAY
from vincle.engine.journeys import Cases
from vincle.engine.journeys.follows import ORDERED
from vincle.engine.journeys.journey import Journey, from_data
from vincle.engine.runners.duckdb import DuckDBRunner

Rules = Sequence[Mapping[str, Any]]


def journey(*stages: tuple[str, Rules], **more: Any) -> Journey:
    return from_data(
        {"name": "Ours", "stages": [{"key": key, "name": key, "enters": list(rules)} for key, rules in stages]} | more
    )


def cases_of(connection: duckdb.DuckDBPyConnection, ways: Mapping[Any, Sequence[tuple[str, int]]]) -> Cases:
    """Cases with their events in order, kind and moment."""
    rows = [(case, kind, moment, place) for case, way in ways.items() for place, (kind, moment) in enumerate(way)]
    names = ("case_id", "activity", "moment", "place")
    columns = [list(column) for column in zip(*rows, strict=True)]
    runner = DuckDBRunner(connection)
    runner.given("steps", pa.table(columns, names))
    runner.keep("ordered", ORDERED)
    return Cases(runner, len(ways), len(rows))


KINDS = st.sampled_from("abc")
SPANS = st.sampled_from([0.5, 1, 2, 3])
WAYS = st.lists(st.lists(st.tuples(KINDS, st.integers(0, 12)), min_size=1, max_size=14), min_size=1, max_size=4)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    keys = ["one", "two", "three", "four"][: draw(st.integers(1, 4))]
    order = draw(st.permutations(keys))
    stages = []
    for key in keys:
        before = order[: order.index(key)]
        rules = []
        for _ in range(draw(st.integers(0, 2))):
            rule: dict[str, Any] = {"kinds": draw(st.lists(KINDS, min_size=1, max_size=2))}
            if draw(st.booleans()):
                rule["absent_days"] = draw(SPANS)
            else:
                rule["times"] = draw(st.integers(1, 3))
                rule |= {"within_days": draw(SPANS)} if draw(st.booleans()) else {}
            if before and draw(st.booleans()):
                rule["after"] = draw(st.lists(st.sampled_from(before), min_size=1, max_size=2, unique=True))
            rules.append(rule)
        stages.append((key, rules))
    return journey(*stages)


def moments_of(ways: Sequence[Sequence[tuple[str, int]]]) -> dict[int, list[tuple[str, int]]]:
    """The events of cases in order of time, from kinds and half days."""
    return {
        case: sorted(((kind, half * DAY // 2) for kind, half in way), key=lambda each: each[1])
        for case, way in enumerate(ways)
    }
