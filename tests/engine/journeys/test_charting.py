"""A designed journey beside what happened: worked out by hand, and every figure against the people behind it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vincle.apps
from engine.journeys.designed import WAYS, cases_of, journey, journeys, moments_of
from engine.mirrored import days_after, mirror
from vincle.engine.export import export
from vincle.engine.intervals import mean, share
from vincle.engine.journeys import (
    behind,
    chart,
    conformance_of,
    discover,
    figure,
    funnel_of,
    of_log,
    of_stages,
    read,
    reading,
    retention,
)
from vincle.engine.journeys.behind_figures import cases_behind
from vincle.engine.journeys.journey import Journey, from_data, from_json
from vincle.engine.journeys.writing import write_stages
from vincle.engine.log import Log
from vincle.kernel.errors import BadInput

pytestmark = pytest.mark.once

DAY = 86_400.0


def event(person: int, day: float, kind: str, **more: Any) -> dict[str, Any]:
    return {"identity_id": person, "occurred_at": days_after(day), "kind": kind, **more}


def euros(amount: str) -> dict[str, Any]:
    return {"amount": int(Decimal(amount) * 10_000), "currency": "EUR"}


# Anna (1) sees the letter, buys in the shop, is content, does not come for long, and comes back. Bernat (2) buys on the
# web and calls. Carla (3) only calls. Nobody knows who the last one was.
ROWS = [
    event(1, 0, "letter", channel="post"),
    event(1, 2, "buy", channel="shop", **euros("10.50"), properties='{"points": 5, "plan": "gold", "a\\"b": "x"}'),
    event(1, 3, "rate", score=0.5),
    event(1, 40, "buy", channel="shop", **euros("1.005")),
    event(2, 1, "buy", channel="web", **euros("20"), properties='{"points": "7", "plan": "base"}'),
    event(2, 1, "call", channel="phone", score=-1.0),
    event(2, 50, "call", channel="phone", score=0.0),
    event(3, 5, "call", channel="phone"),
    event(99, 60, "buy"),
]
PEOPLE = {"identities": [{"id": 1}, {"id": 2}, {"id": 3}], "people": [{"id": 1}, {"id": 2}, {"id": 3}]}
THINGS = {
    "things": [{"id": 1, "type": "order", "key": "o1"}, {"id": 2, "type": "order", "key": "o2"}],
    "interaction_things": [
        {"interaction_id": 2, "thing_id": 1, "identity_id": 1},
        {"interaction_id": 3, "thing_id": 1, "identity_id": 1},
        {"interaction_id": 5, "thing_id": 2, "identity_id": 2},
    ],
}
OURS = from_data(
    {
        "name": "Client",
        "stages": [
            {"key": "first", "name": "First", "enters": [{"kinds": ["buy"]}], "touchpoints": [
                {"key": "till", "name": "Till", "kinds": ["buy"], "channel": "shop"},
                {"key": "talk", "name": "Talk", "kinds": ["rate", "call"]},
                {"key": "quiet", "name": "Quiet"},
            ]},
            {"key": "gone", "name": "Gone", "expected": "never", "enters": [{"kinds": ["buy"], "absent_days": 30}]},
            {"key": "back", "name": "Back", "expected": "maybe", "within_days": 5,
             "enters": [{"kinds": ["buy"], "after": ["gone"]}]},
            {"key": "unknown", "name": "Unknown"},
        ],
    }
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log(mirror(tmp_path / "home", {"interactions": ROWS, **PEOPLE, **THINGS})) as opened:
        yield opened


def test_what_happens_in_every_stage(log: Log) -> None:
    told = chart(log, OURS, zone="Europe/Madrid")
    assert json.loads(json.dumps(told))["stages"] == told["stages"]
    assert (3, 8, "EUR", "Europe/Madrid") == (told["cases"], told["events"], told["currency"], told["zone"])
    assert days_after(60).isoformat() == told["as_of"]
    first, gone, back, unknown = told["stages"]
    assert [(2, 0), (2, 1), (1, 1), (0, 0)] == [(each["entered"], each["here"]) for each in told["stages"]]
    assert [list(share(each, 3)) for each in (2, 2, 1, 0)] == [each["share"] for each in told["stages"]]
    assert (2, 2) == (told["before"]["events"], told["before"]["people"])
    assert ["letter", "call"] == sorted((each["kind"] for each in told["before"]["undesigned"]), reverse=True)
    assert (4, 2, {"EUR": "30.50"}) == (first["events"], first["people"], first["money"])
    assert [30 * DAY, None, None] == first["lasting"] == gone["waiting"]["median"]
    assert [8 * DAY, None, None] == gone["lasting"] == back["waiting"]["median"] == back["waiting"]["p90"]
    assert ({"EUR": "1.005"}, None, None) == (back["money"], back["lasting"], unknown["waiting"])


def test_touchpoints_and_what_was_not_designed(log: Log) -> None:
    first, gone, *_others = chart(log, OURS)["stages"]
    till, talk, quiet = first["touchpoints"]
    assert (1, 1, {"EUR": "10.50"}, None) == (till["events"], till["people"], till["money"], till["feeling"])
    assert ([DAY, None, None], [37 * DAY, None, None]) == (till["pause"], talk["pause"])
    at, low, high = (value for value in mean_of(1.0, -2.0))
    assert ([at, max(-2, low), min(2, high), 2], 2) == (talk["feeling"], talk["people"])
    assert (0, 0, {}, None, None) == tuple(quiet[key] for key in ("events", "people", "money", "feeling", "pause"))
    assert [("buy", "web", 1, 1)] == [
        tuple(each[key] for key in ("kind", "channel", "events", "people")) for each in first["undesigned"]
    ]
    assert [("call", "phone", [0.0, None, None, 1])] == [
        (each["kind"], each["channel"], each["feeling"]) for each in gone["undesigned"]
    ]


def mean_of(*values: float) -> tuple[float, float, float]:
    import numpy as np

    at, low, high = mean(np.array(values))
    assert low is not None
    assert high is not None
    return at, low, high


def test_where_they_go_how_far_they_come_and_what_deviates(log: Log) -> None:
    told = chart(log, OURS)
    assert [
        [None, "first", 2, None],
        ["first", "gone", 2, 30 * DAY],
        ["back", None, 1, None],
        ["gone", "back", 1, 8 * DAY],
        ["gone", None, 1, None],
    ] == told["flows"]
    assert [("first", 2)] == [(each["name"], each["cases"]) for each in told["funnel"]["stages"]]
    assert funnel_of(log, OURS).as_json() == told["funnel"]
    assert conformance_of(log, OURS).as_json() == told["conformance"]
    deviations = [(each["what"], each["step"], each["cases"]) for each in told["conformance"]["deviations"]]
    assert [("unexpected", "gone", 2), ("too slow", "back", 1)] == deviations
    assert (2, 0) == (told["conformance"]["cases"], told["conformance"]["conforming"])


def test_stages_and_kinds_come_back_from_xes_as_they_were(log: Log, tmp_path: Path) -> None:
    path = tmp_path / "out.xes"
    assert {"events": 5, "traces": 2} == write_stages(log, OURS, path)
    with read(path) as again:
        assert discover(of_stages(log, OURS)).as_json() == discover(again).as_json()
    for case in ("person", "order"):
        export(log, path, format="xes", case=case)
        with read(path) as again:
            assert discover(of_log(log, case=case)).as_json() == discover(again).as_json()


def test_stages_are_a_log_like_any_other(log: Log) -> None:
    staged = of_stages(log, OURS)
    assert [["first", "gone", 2, 30 * DAY], ["gone", "back", 1, 8 * DAY]] == discover(staged).as_json()["edges"]
    (cohort,) = retention(staged, unit="week")[:1]
    assert (2, [2, 0, 0, 0, 0, 2]) == (cohort.cases, [each[0] for each in cohort.returned])


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        ({"kinds": ["buy"], "channel": "web"}, [2]),
        ({"kinds": ["buy"], "about": {"type": "order"}}, [1, 2]),
        ({"kinds": ["buy"], "about": {"type": "order", "key": "o2"}}, [2]),
        ({"kinds": ["buy"], "where": [{"property": "amount", "at_least": 10.5, "at_most": 10.5}]}, [1]),
        ({"kinds": ["buy"], "where": [{"property": "amount", "equals": "1.005"}]}, [1]),
        ({"kinds": ["rate", "call"], "where": [{"property": "score", "at_most": -0.5}]}, [2]),
        ({"kinds": ["buy"], "where": [{"property": "points", "at_least": 6}]}, [2]),
        ({"kinds": ["buy"], "where": [{"property": "plan", "at_least": 0}]}, []),
        ({"kinds": ["buy"], "where": [{"property": "plan", "equals": "go"}, {"property": "score", "at_most": 1}]}, []),
        ({"kinds": ["buy"], "where": [{"property": 'a"b', "equals": "x"}]}, [1]),
        ({"kinds": ["buy"], "where": [{"property": "none", "equals": ""}]}, []),
        ({"kinds": ["buy"], "channel": "shop", "times": 2}, [1]),
    ],
)  # fmt: skip
def test_rules_over_what_is_known_of_an_interaction(log: Log, rule: Mapping[str, Any], people: Sequence[int]) -> None:
    assert list(people) == behind(log, journey(("it", [rule])), "entered:it").to_pylist()


def test_things_have_journeys_too(log: Log) -> None:
    ours = journey(("paid", [{"kinds": ["buy"]}]), ("rated", [{"kinds": ["rate"]}]), case="order")
    told = chart(log, ours)
    assert (2, 3, [2, 1]) == (told["cases"], told["events"], [each["entered"] for each in told["stages"]])
    assert [1] == behind(log, ours, "entered:rated").to_pylist()
    assert ["shop/o1"] == cases_behind(log, ours, "entered:rated")


def test_a_reading_without_a_journey_has_people_behind_its_figures(log: Log) -> None:
    told = reading(log, zone="UTC")
    for step in told["steps"]:
        assert step["cases"] == len(behind(log, None, figure("step", step["kind"])))
        assert step["begins"] == len(behind(log, None, figure("begins", step["kind"])))
        assert step["ends"] == len(behind(log, None, figure("ends", step["kind"])))
    for number, way in enumerate(told["ways"], 1):
        assert way["cases"] == len(behind(log, None, f"way:{number}"))
    for cohort in told["cohorts"]:
        for since, (cases, *_share) in enumerate(cohort["returned"]):
            assert cases == len(behind(log, None, f"cohort:{cohort['period']}:{since}"))
    assert [2] == behind(log, None, "edge:call:call").to_pylist()
    assert set(behind(log, None, "edge:call:call").to_pylist()) <= set(behind(log, None, "again:call").to_pylist())


@pytest.mark.parametrize(
    "name",
    ["", "entered", "entered:none", "entered:", "in:none", "flow:first", "touchpoint:first:none", "kind:first:buy",
     "way:0", "way:x", "way:99", "cohort:2024-13-01:0", "cohort:2024-03-01:-1", "mean:first", "left:gone"],
)  # fmt: skip
def test_what_is_no_figure_is_refused(log: Log, name: str) -> None:
    with pytest.raises(BadInput):
        behind(log, OURS, name)


def figures(told: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Every figure of a chart that counts cases, and its number."""
    for part in (told["before"], *told["stages"]):
        key = part.get("key", "")
        yield figure("in", key), part["people"]
        for each in part["touchpoints"]:
            yield figure("touchpoint", key, each["key"]), each["people"]
        for each in part["undesigned"]:
            yield figure("kind", key, each["kind"], each["channel"]), each["people"]
    for stage in told["stages"]:
        yield f"entered:{stage['key']}", stage["entered"]
        yield f"here:{stage['key']}", stage["here"]
    for former, latter, cases, _seconds in told["flows"]:
        yield figure("flow", former or "", latter or ""), cases
    for stage in told["funnel"]["stages"]:
        yield f"left:{stage['name']}", stage["left"]
        yield f"reached:{stage['name']}", stage["cases"]
    yield "follows", told["conformance"]["conforming"]
    for each in told["conformance"]["deviations"]:
        yield figure("deviation", each["what"], each["step"]), each["cases"]


def test_behind_every_figure_are_as_many_people_as_it_says(log: Log) -> None:
    for name, number in figures(chart(log, OURS)):
        assert (name, number) == (name, len(behind(log, OURS, name)))


@settings(max_examples=6, deadline=None)
@given(ours=journeys(), ways=WAYS, data=st.data())
def test_whatever_the_journey_behind_its_figures_are_as_many(
    ours: Journey, ways: Sequence[Sequence[tuple[str, int]]], data: st.DataObject
) -> None:
    with closing(duckdb.connect()) as connection:
        log = cases_of(connection, moments_of(ways))
        told = list(figures(chart(log, ours)))
        for name, number in data.draw(st.permutations(told))[:4]:
            assert (name, number) == (name, len(set(cases_behind(log, ours, name))))


def log_of(folder: Path, *rows: str) -> Any:
    path = folder / "log.csv"
    path.write_text("\n".join(["who,step,when", *rows]) + "\n", "utf-8")
    return read(path, case="who", activity="step", time="when")


def test_a_journey_with_no_data(tmp_path: Path) -> None:
    with Log(mirror(tmp_path / "home", {})) as log:
        told = chart(log, OURS)
        assert (None, 0) == (told["as_of"], told["cases"])
        for ask in (of_stages, funnel_of, conformance_of):
            with pytest.raises(BadInput, match="Nothing has happened"):
                ask(log, OURS)


def test_a_file_knows_kinds_only(tmp_path: Path) -> None:
    with log_of(tmp_path, "a,buy,2024-03-01", "b,see,2024-03-01") as log:
        told = chart(log, journey(("it", [{"kinds": ["buy"]}])))
        assert (1, 2) == (told["stages"][0]["entered"], told["cases"])
        for asked in ({"channel": "web"}, {"about": {"type": "order"}}, {"where": [{"property": "a", "equals": "b"}]}):
            with pytest.raises(BadInput, match="which a file of cases does not hold"):
                chart(log, journey(("it", [{"kinds": ["buy"], **asked}])))


def test_everybody_and_nobody(tmp_path: Path) -> None:
    ours = journey(("all", [{"kinds": ["see"]}]), ("none", [{"kinds": ["fly"]}]), ("void", []), ("after", [
        {"kinds": ["see"], "after": ["void"]}]))  # fmt: skip
    with log_of(tmp_path, "a,see,2024-03-01", "b,see,2024-03-01") as log:
        told = chart(log, ours)
    assert [2, 0, 0, 0] == [each["entered"] for each in told["stages"]]
    assert [list(share(2, 2)), list(share(0, 2))] == [each["share"] for each in told["stages"]][:2]
    assert [("all", 2), ("none", 0), ("after", 0)] == [(e["name"], e["cases"]) for e in told["funnel"]["stages"]]


def test_nothing_designed_is_nothing_to_follow(tmp_path: Path) -> None:
    with log_of(tmp_path, "a,see,2024-03-01") as log:
        told = chart(log, from_data({"name": "No", "stages": [{"key": "x", "name": "X"}]}))
    assert ([], 0, [], []) == (
        told["funnel"]["stages"], told["conformance"]["cases"], told["conformance"]["deviations"], told["flows"]
    )  # fmt: skip


def test_the_journey_of_the_demo_can_be_read(tmp_path: Path) -> None:
    path = Path(vincle.apps.__file__).parent / "journeys" / "demo.json"
    demo = from_json(path.read_bytes())
    rows = [event(1, day, "order.placed", channel="shop") for day in (0, 5, 10, 15, 60)]
    with Log(mirror(tmp_path / "home", {"interactions": rows, **PEOPLE})) as log:
        entered = {stage["key"]: stage["entered"] for stage in chart(log, demo)["stages"]}
    assert {"first": 1, "habit": 0, "campaign": 0, "coupon": 0, "decline": 1, "return": 1} == entered


def test_a_very_long_case_and_very_many_kinds() -> None:
    """A hundred thousand events with as many entries, and five thousand kinds: nothing is compared with everything."""
    days = 86_400_000_000
    long = [("see" if n % 2 else "buy", n * days) for n in range(100_000)]
    many = [(f"kind-{n}", n * days) for n in range(5_000)]
    ours = journey(
        ("gone", [{"kinds": ["buy"], "absent_days": 1}]),
        ("back", [{"kinds": ["buy"], "after": ["gone"], "times": 3, "within_days": 90}]),
    )
    with closing(duckdb.connect()) as connection:
        told = chart(cases_of(connection, {"long": long, "many": many}), ours)
    assert (105_000, [1, 1]) == (told["events"], [each["entered"] for each in told["stages"]])
    assert (6, 4_995) == (len(told["before"]["undesigned"]), told["before"]["undesigned_more"])
