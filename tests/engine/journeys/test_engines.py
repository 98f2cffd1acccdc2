"""The steps of discovery give the same on every engine."""

from engine.engines import Given, on_both_engines, rows, values
from engine.mirrored import NOON, days_after
from vincle.engine.journeys.cohorts import ACTIVE, COHORTS
from vincle.engine.journeys.follows import ACTIVITIES, EDGES, ORDERED
from vincle.engine.journeys.logs import OF_PEOPLE
from vincle.engine.journeys.variants import PATHS, VARIANTS, WAYS
from vincle.engine.runners import Runner
from vincle.engine.steps import Pipeline, Step

# Anna visits and buys a day after; Bernat too, at one moment; Carla visits twice. Nobody knows who the last one was.
PEOPLE = {
    "identities": [{"id": 1}, {"id": 2}, {"id": 3}],
    "people": [{"id": 1}, {"id": 2}, {"id": 3}],
    "interactions": [
        {"identity_id": 1, "occurred_at": days_after(1), "kind": "buy"},
        {"identity_id": 1, "occurred_at": NOON, "kind": "visit"},
        {"identity_id": 2, "occurred_at": NOON, "kind": "visit"},
        {"identity_id": 2, "occurred_at": NOON, "kind": "buy"},
        {"identity_id": 3, "occurred_at": NOON, "kind": "visit"},
        {"identity_id": 3, "occurred_at": days_after(40), "kind": "visit"},
        {"identity_id": 99, "occurred_at": NOON, "kind": "visit"},
    ],
}


def ordered(engine: Given) -> Runner:
    runner = engine(PEOPLE)
    runner.keep("ordered", OF_PEOPLE.then(*ORDERED.steps))
    return runner


@on_both_engines
def test_what_follows_what(engine: Given) -> None:
    runner = ordered(engine)
    assert [("visit", "buy", 2, 43_200.0), ("visit", "visit", 1, 40 * 86_400.0)] == [
        (row["source"], row["target"], row["n"], row["median_seconds"]) for row in rows(runner, EDGES)
    ]
    assert [("visit", 4, 3, 3, 1), ("buy", 2, 2, 0, 2)] == values(runner, ACTIVITIES)


@on_both_engines
def test_ways(engine: Given) -> None:
    runner = ordered(engine)
    assert [(2, 2), (1, 2)] == [(row["cases"], row["length"]) for row in rows(runner, VARIANTS)]
    assert 2 == len({row["way"] for row in rows(runner, WAYS)})
    first = Step("first_cases", "SELECT first_case FROM variants", "The first case of each way.")
    runner.keep("shown", VARIANTS.then(first))
    assert ["visit", "buy", "visit", "visit"] == [row["activity"] for row in rows(runner, PATHS)]


@on_both_engines
def test_cohorts(engine: Given) -> None:
    runner = ordered(engine)
    runner.keep("active_periods", ACTIVE.bound(unit="month", zone="UTC"))
    assert [1, 3] == sorted(row["cases"] for row in rows(runner, COHORTS))


@on_both_engines
def test_instants_and_microseconds_are_each_others_inverse(engine: Given) -> None:
    sql = "SELECT micros_of(instant_of(n)) AS n FROM (VALUES (0), (-1), (1700000000000001)) t(n) ORDER BY n"
    assert [(-1,), (0,), (1_700_000_000_000_001,)] == values(engine({}), Pipeline((Step("same", sql, "The same."),)))
