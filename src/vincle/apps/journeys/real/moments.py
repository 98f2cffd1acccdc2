"""The moments that matter for the aim of a journey, each in the stage in which its step most often happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.journeys.real.aim import Aimed
from vincle.apps.journeys.saying import Speaker, days
from vincle.apps.journeys.words import ALIKE, CLEAR
from vincle.engine.journeys.journey import Aim, Journey
from vincle.flow.models import Kind

SHOWN = 4  # in one stage: the clearest


@dataclass(frozen=True)
class Told:
    """One moment by its name, its figure with the interval; `is_well`: it is for the better; `unlike`: those who had it
    and those who had not are still not alike.
    """

    name: str
    figure: str
    interval: str
    is_more: bool
    is_well: bool
    unlike: bool


@dataclass(frozen=True)
class MomentsOfStage:
    """The clearest moments of a stage, and of how many more it does not say."""

    shown: list[Told]
    more: int


@dataclass(frozen=True)
class MomentRow:
    """The moments of every stage, in the order of the map; `without` says why there are none where there are none."""

    stages: list[MomentsOfStage]
    without: str


def moment_row(journey: Journey, aimed: Aimed | None, kinds: Mapping[str, Kind]) -> MomentRow | None:
    """What is clear (see `CLEAR`) of what was found; None for a journey without an aim."""
    if journey.aim is None:
        return None
    if aimed is None or aimed.said is None:
        why = _("it cannot be told yet") if aimed else _("not worked out yet")
        return MomentRow([MomentsOfStage([], 0) for _stage in journey.stages], why)
    speaker, happens_in = speaker_of(journey, journey.aim, aimed.said, kinds), aimed.said["happens_in"]
    told: dict[str, list[Told]] = {stage.key: [] for stage in journey.stages}
    for row in aimed.said["moments"]:
        stage = happens_in.get(row["step"], "")
        if stage in told and row["q"] is not None and row["q"] < CLEAR:
            told[stage].append(_told(row, speaker))
    stages = [MomentsOfStage(each[:SHOWN], len(each[SHOWN:])) for each in told.values()]
    return MomentRow(stages, _("no clear moment"))


def speaker_of(journey: Journey, aim: Aim, said: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Speaker:
    """Who says what was found of the aim of a journey."""
    if not aim.stage:
        return Speaker(journey.case, said, kinds, {})
    stage = journey.stage(aim.stage)
    return Speaker(journey.case, said, kinds, {}, stage=stage.name, spared=stage.expected == "never")


def aim_words(journey: Journey, aim: Aim, kinds: Mapping[str, Kind]) -> str:
    """What should come of it, and when: “Coming into “Decline” in the 180 days after the first 60”."""
    name = journey.stage(aim.stage).name if aim.stage else kinds[aim.kind].label
    words = _("Coming into “%(aim)s” in the %(within)s days after the first %(first)s")
    if not aim.stage:
        words = _("“%(aim)s” in the %(within)s days after the first %(first)s")
    return words % {"aim": name, "within": days(aim.within_days), "first": days(aim.first_days)}


def _told(row: Mapping[str, Any], speaker: Speaker) -> Told:
    unlike = any(after > ALIKE for _before, after in row["balance"].values())
    return Told(speaker.named(row), *speaker.difference(row), row["estimate"] > 0, speaker.is_well(row), unlike)
