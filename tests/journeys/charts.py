"""A designed journey and the figures of it as the engine gives them, for pages whose arithmetic is not the point."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from vincle.apps.journeys.real.aim import aim_name, asked_of
from vincle.apps.journeys.real.chart import Chart, chart_name, design_of
from vincle.engine.journeys.journey import Journey, from_data
from vincle.flow.models import Reading

AS_OF = datetime(2026, 11, 30, 15, tzinfo=UTC)
UID = UUID("01930000-0000-7000-8000-000000000001")
OPPORTUNITIES = "- Write within a day of paying\n\n* One-tap pause"
HOUR, DAY = 3_600.0, 86_400.0


def journey(**changes: Any) -> Journey:
    """A family that joins the weekly box, with a stage that nobody should need and one that says no rule."""
    said = {
        "name": "Family that joins the weekly box",
        "archetype": {"name": "Mercè"},
        "stages": [
            stage("looks", "Looks for information", feels=0, wants="Know if it fits us", touchpoints=[
                {"key": "web", "name": "Web: how it works", "kinds": ["page.viewed"]},
                {"key": "leaflet", "name": "Leaflet"},
            ]),
            stage("box", "First box", feels=1, opportunities=OPPORTUNITIES, touchpoints=[
                {"key": "door", "name": "Doorstep", "kinds": ["order.delivered"]},
            ]),
            stage("habit", "Habit", expected="maybe", repeatable=True, feels=1),
            stage("problem", "A problem", expected="never", feels=-1),
            {"key": "friend", "name": "Brings a friend"},
        ],
    } | changes  # fmt: skip
    return from_data(said)


def stage(key: str, name: str, **more: Any) -> dict[str, Any]:
    """A stage that is entered by an interaction of its own."""
    return {"key": key, "name": name, "enters": [{"kinds": [f"{key}.entered"]}]} | more


def part(**changes: Any) -> dict[str, Any]:
    """What happens in a stage: nothing."""
    nothing = {"events": 0, "people": 0, "money": {}, "feeling": None, "lasting": None, "touchpoints": []}
    return nothing | {"undesigned": [], "undesigned_more": 0} | changes


def said(**changes: Any) -> dict[str, Any]:
    """What `vincle.engine.journeys.chart` might say of it; `changes` replace whole parts."""
    return {
        "version": 7,
        "zone": "Europe/Madrid",
        "as_of": AS_OF.isoformat(),
        "cases": 1874,
        "events": 31_000,
        "before": part(events=40, people=12),
        "stages": [
            {"key": "looks", "entered": 1874, "share": [1.0, 0.998, 1.0], "waiting": None, "here": 753}
            | part(
                events=4210,
                people=1874,
                feeling=[0.04, -0.02, 0.1, 800],
                lasting=[9 * DAY, 8 * DAY, 10 * DAY],
                touchpoints=[
                    {"key": "web", "events": 4210, "people": 1700, "money": {}, "feeling": None,
                     "pause": [2 * HOUR, HOUR, 3 * HOUR]},
                    {"key": "leaflet", "events": 0, "people": 0, "money": {}, "feeling": None, "pause": None},
                ],
                undesigned=[
                    {"kind": "neighbour.asked", "channel": "street", "events": 700, "people": 581,
                     "feeling": [0.9, 0.7, 1.1, 90]},
                ],
                undesigned_more=3,
            ),
            {"key": "box", "entered": 1121, "share": [0.5982, 0.5758, 0.6202], "here": 18,
             "waiting": {"median": [9 * DAY, 8 * DAY, 10 * DAY], "p90": [40 * DAY, 35 * DAY, None]}}
            | part(
                events=2200,
                people=1121,
                money={"EUR": "34751.00", "USD": "-12.50"},
                feeling=[1.24, 1.1, 1.38, 410],
                lasting=[DAY, DAY, DAY],
                touchpoints=[
                    {"key": "door", "events": 1130, "people": 1102, "money": {"EUR": "34751.00"},
                     "feeling": [0.7, None, None, 1], "pause": None},
                ],
            ),
            {"key": "habit", "entered": 803, "share": [0.4285, 0.4063, 0.451], "here": 712,
             "waiting": {"median": [7 * DAY, 7 * DAY, 7 * DAY], "p90": [30 * DAY, 28 * DAY, 33 * DAY]}}
            | part(events=21_480, people=803, money={"EUR": "215204.00"}),
            {"key": "problem", "entered": 391, "share": [0.2086, 0.1908, 0.2276], "here": 379,
             "waiting": {"median": [2 * DAY, DAY, 3 * DAY], "p90": [9 * DAY, 8 * DAY, 11 * DAY]}}
            | part(events=900, people=391, money={"EUR": "-16422.00"}, feeling=[-1.1, -1.3, -0.9, 300]),
            {"key": "friend", "entered": 0, "share": [0.0, 0.0, 0.002], "waiting": None, "here": 0} | part(),
        ],
        "flows": [
            [None, "looks", 1874, None],
            ["looks", "box", 1121, 9 * DAY],
            ["box", "habit", 803, 7 * DAY],
            ["looks", None, 753, None],
            ["habit", None, 712, None],
            ["habit", "habit", 640, 7 * DAY],
            ["problem", None, 379, None],
            ["box", "problem", 300, 2 * DAY],
            ["habit", "problem", 91, 30 * DAY],
            ["box", None, 18, None],
            ["problem", "box", 12, 0.0],
        ],
        "funnel": {
            "cases": 1874,
            "stages": [
                {"name": "looks", "cases": 1874, "share": [1.0, 0.998, 1.0], "onward": None,
                 "median_seconds": None, "p90_seconds": None, "left": 753, "leaving": [[None, 753]]},
                {"name": "box", "cases": 1121, "share": [0.5982, 0.5758, 0.6202],
                 "onward": [0.5982, 0.5758, 0.6202], "median_seconds": [9 * DAY, 8 * DAY, 10 * DAY],
                 "p90_seconds": [40 * DAY, 35 * DAY, None], "left": 0, "leaving": []},
            ],
        },
        "conformance": {
            "cases": 1874,
            "conforming": 1330,
            "share": 0.709712,
            "deviations": [
                {"what": "unexpected", "step": "problem", "cases": 391, "share": 0.208645, "longer_seconds": 12 * DAY},
                {"what": "skipped", "step": "box", "cases": 153, "share": 0.081644, "longer_seconds": -2 * DAY},
                {"what": "too slow", "step": "box", "cases": 3, "share": 0.001601, "longer_seconds": 0.0},
            ],
            "left_out": 0,
        },
        "currency": "EUR",
    } | changes  # fmt: skip


def chart(of: Journey | None = None, **changes: Any) -> Chart:
    """The same as it is kept."""
    return Chart(said(**changes), 7, 3, design_of(of or journey()), AS_OF)


def keep_chart(of: Journey, uid: UUID = UID, **changes: Any) -> None:
    """Have these be the newest figures of a map."""
    payload = {"chart": said(**changes), "revision": 3, "design": design_of(of)}
    kept = {"payload": payload, "mirror_version": 7, "computed_at": AS_OF}
    Reading.objects.update_or_create(name=chart_name(uid), defaults=kept)


def moment(step: str, former: str | None = None, what: str = "step", **changes: Any) -> dict[str, Any]:
    """One row of what the engine found of an aim: clear, and for less of it."""
    figures = {"estimate": -0.09, "low": -0.13, "high": -0.05, "p": 0.001, "q": 0.01}
    sides = {"having": 410, "without": 1606, "apart": 0, "needed": 30, "balance": {"start": [0.4, 0.05]}}
    return {"what": what, "step": step, "former": former, "of": None, "seconds": None} | figures | sides | changes


def found(*moments: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What `vincle.engine.journeys.moments_of` might say of coming to a problem."""
    return {
        "outcome": "problem",
        "outcome_kind": "stage",
        "unit": "share",
        "cases": 2016,
        "outcomes": 584,
        "had_it": 325,
        "not_over": 128,
        "kind": "observational",
        "adjusted_for": ["beginning", "start", "else"],
        "moments": list(moments),
        "happens_in": {"page.viewed": "looks", "order.delivered": "box", "neighbour.asked": ""},
    } | changes


def keep_aim(of: Journey, uid: UUID = UID, said: dict[str, Any] | None = None, **why: Any) -> None:
    """Have this be what was last found of the aim of a map, or `why` nothing can be."""
    aim = msgspec.to_builtins(of.aim)
    payload = {"found": said, "why": why, "aim": aim, "asked": asked_of(of), "revision": 3}
    kept = {"payload": payload, "mirror_version": 7, "computed_at": AS_OF}
    Reading.objects.update_or_create(name=aim_name(uid), defaults=kept)
