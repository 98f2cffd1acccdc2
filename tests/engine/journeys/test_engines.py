"""The steps of discovery give the same on every engine."""

from engine.engines import Given, on_both_engines, rows, values
from engine.mirrored import NOON, days_after
from vincle.engine.journeys import comparing, traits
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
def test_traits(engine: Given) -> None:
    runner = ordered(engine)
    assert [(1, 2, 2, 1.0, 1.0, 39.0), (2, 2, 2, 0.0, 0.0, 40.0), (3, 2, 1, 40.0, 40.0, 0.0)] == values(
        runner, traits.OF_CASES
    )
    usual = values(runner, traits.USUAL.bound(most=1))
    assert [("visit", 0, 1), ("visit", 1, 1), ("visit", 2, 2)] == usual


@on_both_engines
def test_what_two_groups_have(engine: Given) -> None:
    runner = ordered(engine)
    two = Step("two", "SELECT case_id, CASE WHEN case_id = 3 THEN 1 ELSE 0 END AS part, moment AS start FROM ordered "
               "WHERE n = 1", "Who is in which group.")  # fmt: skip
    runner.keep("parts", Pipeline((two,)))
    runner.keep("compared", comparing.EVENTS.bound(within=2 * 86_400_000_000))
    most = {"most": 9}
    assert [("visit", 2, 1, 3), ("buy", 2, 0, 2)] == values(runner, comparing.STEPS.bound(**most))
    assert [("visit", "buy", 2, 0, 2)] == values(runner, comparing.CONNECTIONS.bound(**most))
    waits = [row["seconds"] for row in rows(runner, comparing.WAITS.bound(**most))]
    assert [0.0, 86_400.0] == sorted(waits)
    assert [(1, 2, 0, 2), (3, 0, 1, 1)] == values(runner, comparing.WAYS.bound(**most))
    assert [(0, 0.0), (0, 86_400.0), (1, 0.0)] == sorted(values(runner, comparing.LASTED))


@on_both_engines
def test_instants_and_microseconds_are_each_others_inverse(engine: Given) -> None:
    sql = "SELECT micros_of(instant_of(n)) AS n FROM (VALUES (0), (-1), (1700000000000001)) t(n) ORDER BY n"
    assert [(-1,), (0,), (1_700_000_000_000_001,)] == values(engine({}), Pipeline((Step("same", sql, "The same."),)))
