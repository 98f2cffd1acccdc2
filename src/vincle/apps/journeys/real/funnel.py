"""How far they come: the stages through which everybody should, one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.journeys.real import words
from vincle.apps.journeys.real.chart import Chart
from vincle.apps.journeys.real.figures import BehindUrl, Count, count
from vincle.apps.journeys.words import counted
from vincle.engine.journeys.journey import Journey, JourneyStage


@dataclass(frozen=True)
class Reached:
    """A stage: how many reached it, of all and of those before; how long after, and where the others went. `bar` is of
    100 for all.
    """

    name: str
    cases: Count
    bar: int
    share: str
    interval: str
    onward: str
    onward_interval: str
    half: str
    most: str
    left: Count | None
    leaving: list[tuple[str, int]]


@dataclass(frozen=True)
class Funnel:
    """The stages, and those that are in no funnel with the reason why."""

    stages: list[Reached]
    without: list[tuple[str, str]]


def funnel_of(journey: Journey, chart: Chart, behind_url: BehindUrl) -> Funnel:
    """The funnel of a chart."""
    names = {stage.key: stage for stage in journey.stages}
    rows = [each for each in chart.said["funnel"]["stages"] if each["name"] in names]
    stages = [_reached(journey, names, each, behind_url) for each in rows]
    within = {each["name"] for each in rows}
    return Funnel(stages, [(each.name, _why_not(each)) for each in journey.stages if each.key not in within])


def _reached(
    journey: Journey, names: Mapping[str, JourneyStage], said: Mapping[str, Any], behind_url: BehindUrl
) -> Reached:
    stage = names[said["name"]]
    spelled = _("%(cases)s came as far as “%(stage)s”") % {
        "cases": counted(said["cases"], journey.case),
        "stage": stage.name,
    }
    onward, half, most = said["onward"], said["median_seconds"], said["p90_seconds"]
    return Reached(
        stage.name,
        count(said["cases"], spelled, behind_url, "reached", stage.key),
        round(100 * said["share"][0]),
        words.share_words(said["share"][0]),
        words.shares_interval(said["share"]),
        words.share_words(onward[0]) if onward else "",
        words.shares_interval(onward) if onward else "",
        _timed(half),
        _timed(most),
        _left(journey, stage, said["left"], behind_url),
        _leaving(names, said["leaving"]),
    )


def _leaving(names: Mapping[str, JourneyStage], said: Sequence[tuple[str | None, int]]) -> list[tuple[str, int]]:
    """Where those went who did not go on; nothing when all of them stayed where they are."""
    found = [(names[key].name if key is not None and key in names else "", cases) for key, cases in said]
    return found if any(name for name, _cases in found) else []


def _timed(figures: Sequence[float | None] | None) -> str:
    if not figures or figures[0] is None:
        return ""
    interval = words.lasting_interval(figures)
    return f"{words.lasting(figures[0])} ({interval})" if interval else words.lasting(figures[0])


def _left(journey: Journey, stage: JourneyStage, left: int, behind_url: BehindUrl) -> Count | None:
    if not left:
        return None
    spelled = _("%(cases)s came into “%(stage)s” and have not gone on") % {
        "cases": counted(left, journey.case),
        "stage": stage.name,
    }
    return count(left, spelled, behind_url, "left", stage.key)


def _why_not(stage: JourneyStage) -> str:
    if not stage.enters:
        return _("nobody knows yet how one comes there")
    if stage.expected == "maybe":
        return _("may be left out")
    if stage.expected == "never":
        return _("should not be needed")
    return _("is new; its figures are being worked out")
