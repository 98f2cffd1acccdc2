"""What a page shows of the journeys in a log, computed in one go and ready to be kept as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC
from itertools import groupby
from typing import Any

from vincle.engine import activity
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.cohorts import retention
from vincle.engine.journeys.discovery import discover
from vincle.engine.journeys.logs import ATTRIBUTES_OF_PEOPLE, PEOPLE, of_log
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

STEPS = 200  # of each, the most frequent are kept
EDGES = 400
RUNS = 30  # of one way
COHORTS = 24  # months, the latest
TYPES = 12
ATTRIBUTES = 30
VALUES = 20  # of an attribute
FEW = 10  # people; what fewer have alike is nobody else's to read
_COUNTED = ("n", "cases", "begins", "ends")


def reading(log: Log, case: str = PEOPLE, *, zone: str = "UTC") -> dict[str, Any]:
    """What really happens with everybody, or with the things of a type; months by a clock in `zone`.

    JSON-ready. Keys: `version`, `case`, `zone`, `as_of`, `types` (of things, how many there are), `attributes`
    (of people, how many have each: those that several may have alike), `values` (of each of those the most usual, with
    how many have it: at least `FEW`), `cases`, `events`,
    `steps` (kind, n, cases, begins, ends, place: where in a case it first comes, from 0 to 1), `edges` (source, target,
    n, median_seconds), `ways` (`runs`: kind and how often in a row; `steps`; `more`: runs not written out; `cases`),
    `cohorts` as `retention` gives them, and `totals`: how many steps, edges, connections (events that followed one),
    ways and cohorts there are, also those that are not kept. When nothing has happened with any, `as_of` is None.
    """
    told: dict[str, Any] = {"version": log.version, "case": case, "zone": zone, "as_of": None, "types": _types(log)}
    told["attributes"] = _attributes(log) if case == PEOPLE else []
    told["values"] = _values(log, [name for name, _people in told["attributes"]])
    try:
        cases = of_log(log, case=case)
    except BadInput:
        return told
    found = discover(cases)
    cohorts = retention(cases, timezone=zone)
    edges = found.edges.select(["source", "target", "n", "median_seconds"])
    [extent] = log.run(activity.EXTENT).to_pylist()
    return {
        **told,
        "as_of": extent["as_of"].astimezone(UTC).isoformat(),
        "cases": found.cases,
        "events": found.events,
        "steps": _steps(cases, found.activities.slice(0, STEPS).to_pylist()),
        "edges": [list(row.values()) for row in edges.slice(0, EDGES).to_pylist()],
        "ways": [_way(path, taken) for path, taken in found.top_variants],
        "cohorts": [asdict(each) | {"period": each.period.isoformat()} for each in cohorts[-COHORTS:]],
        "totals": {
            "steps": found.activities.num_rows,
            "edges": found.edges.num_rows,
            "connections": sum(found.edges["n"].to_pylist()),
            "ways": found.variants.num_rows,
            "cohorts": len(cohorts),
        },
    }


def _types(log: Log) -> list[list[Any]]:
    return [list(row.values()) for row in log.run(_TYPES, most=TYPES).to_pylist()]


def _attributes(log: Log) -> list[list[Any]]:
    return [list(row.values()) for row in log.run(_ATTRIBUTES, most=ATTRIBUTES).to_pylist()]


def _values(log: Log, names: Sequence[str]) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = {}
    for row in log.run(_VALUES, most=VALUES, few=FEW).to_pylist() if names else ():
        found.setdefault(row["name"], []).append([row["value"], row["people"]])
    return {name: found[name] for name in names if name in found}


def _steps(cases: Cases, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = {row["activity"]: row["place"] for row in cases.runner.run(_PLACES).to_pylist()}
    return [
        {"kind": row["activity"], "place": places[row["activity"]]} | {name: row[name] for name in _COUNTED}
        for row in rows
    ]


def _way(path: Sequence[str], cases: int) -> dict[str, Any]:
    runs = [[kind, len(list(same))] for kind, same in groupby(path)]
    return {"runs": runs[:RUNS], "more": len(runs[RUNS:]), "steps": len(path), "cases": cases}


_TYPES = Pipeline(
    (
        Step(
            "types",
            "SELECT type, count(DISTINCT concat_ws('/', source, key)) AS things FROM objects GROUP BY type "
            "ORDER BY things DESC, type LIMIT CAST($most AS INT)",
            "Which types of things something happened about, and how many there are of each.",
        ),
    )
)
_ATTRIBUTES = Pipeline(
    (
        *ATTRIBUTES_OF_PEOPLE.steps,
        Step(
            "shared",
            "SELECT name, count(*) AS people FROM attributes WHERE value <> '' AND name <> 'name' GROUP BY name "
            "HAVING 2 * count(DISTINCT value) <= count(*) ORDER BY people DESC, name LIMIT CAST($most AS INT)",
            "What is said of people, but for what is each one's own.",
        ),
    )
)
_VALUES = Pipeline(
    (
        *ATTRIBUTES_OF_PEOPLE.steps,
        Step(
            "alike",
            "SELECT name, value, count(*) AS people FROM attributes WHERE value <> '' AND length(value) <= 100 "
            "GROUP BY name, value HAVING count(*) >= $few",
            "What enough people have alike.",
        ),
        Step(
            "usual_values",
            "SELECT name, value, people FROM (SELECT *, row_number() OVER "
            "(PARTITION BY name ORDER BY people DESC, value) AS place FROM alike) AS ranked "
            "WHERE place <= $most ORDER BY name, place",
            "The most usual values of each attribute.",
        ),
    )
)
_PLACES = Pipeline(
    (
        Step(
            "firsts",
            "SELECT case_id, CAST(activity AS VARCHAR) AS activity, min(n) AS first FROM ordered "
            "GROUP BY case_id, activity",
            "Where each step first comes in each case.",
        ),
        Step("lengths", "SELECT case_id, n AS length FROM ordered WHERE next IS NULL", "How long each case is."),
        Step(
            "places",
            "SELECT f.activity, sum((f.first - 1) / CAST(l.length AS DOUBLE)) / count(*) AS place FROM firsts f "
            "JOIN lengths l ON l.case_id = f.case_id GROUP BY f.activity",
            "Where in a case each step first comes, from 0 (at its beginning) to 1.",
        ),
    )
)
