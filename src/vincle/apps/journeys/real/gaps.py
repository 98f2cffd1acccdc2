"""What is missing before a journey can tell all it could, and rules that tell nobody apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.journeys.real.chart import Chart
from vincle.engine.journeys.journey import Journey, JourneyStage


@dataclass(frozen=True)
class Gap:
    """A stage (empty: all of the journey), what is odd about it, and what would help."""

    stage: str
    words: str
    hint: str


def gaps_of(journey: Journey, chart: Chart) -> list[Gap]:
    """Stage after stage."""
    found = []
    for at, stage in enumerate(journey.stages):
        said = chart.stage(stage.key)
        if not stage.enters:
            found.append(
                Gap(
                    stage.name,
                    _("Nobody is known to be here."),
                    _("Say how somebody comes here: which interaction it is."),
                )
            )
        elif said is None:
            found.append(Gap(stage.name, _("This stage is new."), _("Its figures are being worked out.")))
        elif not said["entered"]:
            found.append(_nobody(stage))
        elif _tells_nobody_apart(chart, said):
            found.append(_everybody(stage, is_first=at == 0))
    return found


def _nobody(stage: JourneyStage) -> Gap:
    if stage.expected == "never":
        return Gap(stage.name, _("Nobody came here, as it should be."), "")
    return Gap(
        stage.name,
        _("Nobody came here yet."),
        _("What its rules ask for has not happened so far. Look whether it is the interaction you mean."),
    )


def _everybody(stage: JourneyStage, *, is_first: bool) -> Gap:
    if is_first:
        return Gap(
            stage.name,
            _("Everybody is here from their first interaction on."),
            _("That is well for a beginning. A narrower rule would tell who comes and who does not."),
        )
    return Gap(
        stage.name,
        _("Everybody comes here at once, so this stage tells nobody apart."),
        _("Ask for more: another interaction, a number of times, or one after another stage."),
    )


def _tells_nobody_apart(chart: Chart, said: Mapping[str, Any]) -> bool:
    """Whether every case enters a stage the moment it begins, or at one with the stage before."""
    if said["entered"] != chart.cases:
        return False
    waiting = said["waiting"]
    return not chart.said["before"]["events"] if waiting is None else waiting["p90"][0] == 0
