"""What departs from the design: how many follow it, what the others do instead, and how much longer that takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.journeys.figures import deviation_words
from vincle.apps.journeys.real import words
from vincle.apps.journeys.real.chart import Chart
from vincle.apps.journeys.real.figures import BehindUrl, Count, count
from vincle.apps.journeys.words import counted
from vincle.engine.intervals import share
from vincle.engine.journeys.journey import Journey, JourneyStage
from vincle.web.templatetags.vincle import number

SHOWN = 12
_ALIKE = 1.0  # seconds: a difference below is none


@dataclass(frozen=True)
class Departure:
    """What some did instead: in words, how many, their share of those compared, and what it cost them in time."""

    words: str
    cases: Count
    share: str
    interval: str
    bar: int
    longer: str
    is_spared: bool


@dataclass(frozen=True)
class Departures:
    """How many of `compared` follow the design, and the departures of most people first. None were compared: `compared`
    is empty.
    """

    compared: str
    follows: Count
    share: str
    interval: str
    shown: list[Departure]
    more: int
    left_out: str


def departures_of(journey: Journey, chart: Chart, behind_url: BehindUrl) -> Departures:
    """What a chart says of who departs from the design."""
    said, case = chart.said["conformance"], journey.case
    cases, follows = said["cases"], said["conforming"]
    stages = {stage.key: stage for stage in journey.stages}
    rows = [each for each in said["deviations"] if each["step"] in stages]
    at = share(follows, cases) if cases else (0.0, 0.0, 0.0)
    spelled = _("%(cases)s follow the designed journey") % {"cases": counted(follows, case)}
    return Departures(
        counted(cases, case) if cases else "",
        count(follows, spelled, behind_url, "follows"),
        words.share_words(at[0]) if cases else "",
        words.shares_interval(at) if cases else "",
        [_departure(each, stages[each["step"]], cases, case, behind_url) for each in rows[:SHOWN]],
        len(rows[SHOWN:]),
        number(said["left_out"]) if said["left_out"] and cases else "",
    )


def departure_words(what: str, stage: JourneyStage) -> str:
    """A departure in words: “Coupon” was skipped. What nobody should need is said kindly."""
    if what == "unexpected" and stage.expected == "never":
        return _("“%(stage)s” happened, which the design would spare them") % {"stage": stage.name}
    return deviation_words(what, stage.name)


def _departure(said: Mapping[str, Any], stage: JourneyStage, cases: int, case: str, behind_url: BehindUrl) -> Departure:
    at = share(said["cases"], cases)
    told = departure_words(said["what"], stage)
    return Departure(
        told,
        count(
            said["cases"], f"{told}: {counted(said['cases'], case)}", behind_url, "deviation", said["what"], stage.key
        ),
        words.share_words(at[0]),
        words.shares_interval(at),
        round(100 * at[0]),
        _longer(said["longer_seconds"]),
        said["what"] == "unexpected" and stage.expected == "never",
    )


def _longer(seconds: float | None) -> str:
    """What a departure costs in the middle case, against those who follow the design; empty where none does."""
    if seconds is None:
        return ""
    if abs(seconds) < _ALIKE:
        return _("as long")
    return (_("%(lasting)s longer") if seconds > 0 else _("%(lasting)s shorter")) % {
        "lasting": words.lasting(abs(seconds))
    }
