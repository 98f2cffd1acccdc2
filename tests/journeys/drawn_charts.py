"""A reading of a journey, as the engine hands it over, small enough to be written by hand."""

from typing import Any

from vincle.engine.journeys.journey import Journey


def part(**more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "events": 0, "people": 0, "money": {}, "feeling": None, "lasting": None, "touchpoints": [], "undesigned": [],
        "undesigned_more": 0,
    }  # fmt: skip
    return empty | more


def chart_of(journey: Journey) -> dict[str, Any]:
    """1,204 people: half of them in each stage, and a review that nobody designed in the first."""
    stages = [
        {"key": stage.key, "entered": 602, "share": [0.5, 0.472, 0.528], "waiting": None, "here": 0}
        | part(
            events=900, people=602, money={"EUR": "12340.40"}, feeling=[-0.4, -0.61, -0.2, 300],
            lasting=[259_200, 200_000, 300_000],
            touchpoints=[
                {"key": each.key, "events": 900, "people": 602, "money": {}, "feeling": None, "pause": None}
                for each in stage.touchpoints
            ],
        )
        for stage in journey.stages
    ]  # fmt: skip
    stages[0] |= {
        "undesigned": [{"kind": "review.written", "channel": "web", "events": 41, "people": 31, "feeling": None}],
        "undesigned_more": 2,
    }
    return {
        "version": 7, "zone": "UTC", "as_of": "2026-11-12T10:00:00+00:00", "cases": 1204, "events": 9000,
        "before": part(events=80, people=12), "stages": stages, "flows": [], "funnel": {},
        "conformance": {"cases": 1204, "conforming": 855, "share": 0.71}, "currency": "EUR",
    }  # fmt: skip
