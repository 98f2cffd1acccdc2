"""Who is where now, and the opportunities of each stage with how many they would reach."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vincle.apps.journeys.real import words
from vincle.apps.journeys.real.chart import Chart
from vincle.apps.journeys.real.feelings import Felt
from vincle.apps.journeys.real.figures import Count
from vincle.apps.journeys.real.overlay import StageOverlay
from vincle.apps.journeys.words import counted
from vincle.engine.journeys.journey import Journey


@dataclass(frozen=True)
class Standing:
    """A stage (empty: before any) and who is there now; `bar` is of 100 for all."""

    name: str
    cases: Count
    share: str
    bar: int


@dataclass(frozen=True)
class Opportunity:
    """What a colleague wrote that could be done in a stage, and who comes there."""

    stage: str
    lines: list[str]
    cases: Count | None
    share: str
    felt: Felt | None


def standing_of(journey: Journey, chart: Chart, stages: Mapping[str, StageOverlay]) -> list[Standing]:
    """Every stage in which there is somebody, in the order of the map, and those who came into none."""
    if not chart.cases:
        return []
    found = [(stage.name, stages[stage.key].here) for stage in journey.stages if stage.key in stages]
    nowhere = chart.cases - sum(stage["here"] for stage in chart.said["stages"])
    came_into_none = _("%(cases)s came into no stage yet") % {"cases": counted(nowhere, journey.case)}
    return [
        Standing(name, cases, words.share_words(cases.number / chart.cases), round(100 * cases.number / chart.cases))
        for name, cases in [("", Count(nowhere, came_into_none)), *found]
        if cases.number
    ]


def opportunities_of(journey: Journey, stages: Mapping[str, StageOverlay]) -> list[Opportunity]:
    """The stages of which an opportunity was written, those that most people come into first."""
    found = []
    for stage in journey.stages:
        lines = [line.strip(" -•*\t") for line in stage.opportunities.splitlines()]
        lines = [line for line in lines if line]
        if not lines:
            continue
        beside = stages.get(stage.key)
        head = beside.head if beside else None
        found.append(
            Opportunity(
                stage.name,
                lines,
                head.entered if head else None,
                head.share if head else "",
                beside.felt if beside else None,
            )
        )
    return sorted(found, key=lambda each: -(each.cases.number if each.cases else 0))
