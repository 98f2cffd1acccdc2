"""The steps of discovery give the same on every engine."""

from datetime import UTC

from engine.engines import Given, on_both_engines, rows, values
from engine.journeys.designed import journey
from engine.mirrored import NOON, days_after
from vincle.engine.journeys import comparing, traits
from vincle.engine.journeys.cohorts import ACTIVE, COHORTS
from vincle.engine.journeys.follows import ACTIVITIES, EDGES, ORDERED
from vincle.engine.journeys.happenings import WITH_PEOPLE
from vincle.engine.journeys.logs import OF_PEOPLE
from vincle.engine.journeys.staging import stage_entries
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


@on_both_engines
def test_stages_by_every_form_of_rule(engine: Given) -> None:
    rich = {"property": "points", "at_least": 5}
    rules = {
        "plain": [{"kinds": ["buy"]}],
        "twice": [{"kinds": ["visit", "buy"], "times": 2, "within_days": 2}],
        "gone": [{"kinds": ["visit"], "absent_days": 20}],
        "back": [{"kinds": ["visit"], "after": ["gone", "twice"]}],
        "rich": [{"kinds": ["buy"], "where": [rich, {"property": "plan", "equals": "a.b"}]}],
        "none": [],
    }
    ours = journey(*rules.items())
    said = {"properties": '{"points": 5, "plan": "a.b"}'}
    happened = [PEOPLE["interactions"][0] | said, *PEOPLE["interactions"][1:]]
    runner = engine(PEOPLE | {"interactions": happened})
    runner.keep("happened", WITH_PEOPLE)
    stage_entries(runner, ours, end=int(days_after(60).timestamp() * 1_000_000))
    told = Step("told", "SELECT case_id, stage, instant_of(moment) AS at FROM entries ORDER BY case_id, n", "All.")
    found = values(runner, Pipeline((told,)))
    assert [
        (1, "plain", days_after(1)), (1, "twice", days_after(1)), (1, "rich", days_after(1)),
        (1, "gone", days_after(20)),
        (2, "plain", NOON), (2, "twice", NOON), (2, "gone", days_after(20)),
        (3, "gone", days_after(20)), (3, "back", days_after(40)), (3, "gone", days_after(60)),
    ] == [(case, stage, at.replace(tzinfo=at.tzinfo or UTC)) for case, stage, at in found]  # fmt: skip
