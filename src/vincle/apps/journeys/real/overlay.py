"""What stands on the map beside the design: how many come into each stage, what happens at each touchpoint and where no
touchpoint is, how it feels, what it is worth, who is there now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.journeys.real import words
from vincle.apps.journeys.real.chart import Chart
from vincle.apps.journeys.real.feelings import Curve, Felt, curve_of, felt_of
from vincle.apps.journeys.real.figures import BehindUrl, Count, count
from vincle.apps.journeys.words import counted
from vincle.engine.journeys.journey import Journey, JourneyStage, Touchpoint
from vincle.flow.models import Kind
from vincle.web.templatetags.vincle import number


@dataclass(frozen=True)
class StageHead:
    """Beneath a stage's name: 1,121 (60%) · 3 days, and the interval of the share."""

    entered: Count
    share: str
    interval: str
    lasting: str
    lasting_said: str


@dataclass(frozen=True)
class Happening:
    """What happens at a touchpoint, or where none was designed. `events` is the times in words; empty where nothing
    happened, and `without` says why.
    """

    people: Count
    events: str
    felt: Felt | None
    money: list[tuple[str, bool]]
    pause: str
    without: str = ""


@dataclass(frozen=True)
class Undesigned:
    """A kind of interaction that happens in a stage and belongs to none of its touchpoints."""

    name: str
    channel: str
    happening: Happening


@dataclass(frozen=True)
class Money:
    """What the stage brings in or costs, by currency; `each` for each who came, where there is one currency."""

    sums: list[tuple[str, bool]]
    more: int
    each: str


@dataclass(frozen=True)
class StageOverlay:
    """All that stands in a stage's column. `touchpoints` by their keys; `cards` are the same by their names."""

    key: str
    head: StageHead
    touchpoints: dict[str, Happening]
    cards: list[tuple[str, Happening]]
    undesigned: list[Undesigned]
    undesigned_more: str
    felt: Felt | None
    money: Money
    here: Count
    here_share: str


@dataclass(frozen=True)
class Overlay:
    """The columns by the keys of their stages (none for one that was added since), the curve of feelings, and what
    happens before any stage.
    """

    stages: dict[str, StageOverlay]
    curve: Curve
    before: list[Undesigned]
    before_more: str

    @property
    def is_felt(self) -> bool:
        """Whether anybody said in any stage how it felt."""
        return any(beside.felt for beside in self.stages.values())


def overlay_of(journey: Journey, chart: Chart, kinds: Mapping[str, Kind], behind_url: BehindUrl) -> Overlay:
    """What a chart says of a journey; `kinds` are those of `kinds_in`."""
    beside = _Beside(journey, chart, kinds, behind_url)
    stages = {}
    for stage in journey.stages:
        said = chart.stage(stage.key)
        if said is not None:
            stages[stage.key] = beside.stage(stage, said)
    felt = [stages[stage.key].felt if stage.key in stages else None for stage in journey.stages]
    before = chart.said["before"]
    return Overlay(
        stages,
        curve_of([stage.feels for stage in journey.stages], felt),
        [beside.undesigned("", each) for each in before["undesigned"]],
        _more_kinds(before["undesigned_more"]),
    )


def kinds_in(chart: Chart) -> list[str]:
    """The kinds whose names are to be known."""
    parts = [*chart.said.get("stages", []), chart.said.get("before") or {}]
    return [each["kind"] for part in parts for each in part.get("undesigned", [])]


@dataclass(frozen=True)
class _Beside:
    journey: Journey
    chart: Chart
    kinds: Mapping[str, Kind]
    behind_url: BehindUrl

    def stage(self, stage: JourneyStage, said: Mapping[str, Any]) -> StageOverlay:
        happening = {each["key"]: each for each in said["touchpoints"]}
        touchpoints = {each.key: self._touchpoint(stage, each, happening.get(each.key)) for each in stage.touchpoints}
        return StageOverlay(
            stage.key,
            self._head(stage, said),
            touchpoints,
            [(each.name, touchpoints[each.key]) for each in stage.touchpoints],
            [self.undesigned(stage.key, each) for each in said["undesigned"]],
            _more_kinds(said["undesigned_more"]),
            felt_of(said["feeling"], self.journey.case),
            _money(said),
            self._here(stage, said),
            words.share_words(said["here"] / said["entered"]) if said["entered"] else "",
        )

    def _head(self, stage: JourneyStage, said: Mapping[str, Any]) -> StageHead:
        entered, share, case = said["entered"], said["share"], self.journey.case
        spelled = _("%(cases)s of %(all)s came into “%(stage)s”: %(share)s, likely %(interval)s") % {
            "cases": number(entered),
            "all": counted(self.chart.cases, case),
            "stage": stage.name,
            "share": words.share_words(share[0]),
            "interval": words.shares_interval(share),
        }
        stays = said["lasting"]
        return StageHead(
            count(entered, spelled, self.behind_url, "entered", stage.key),
            words.share_words(share[0]),
            words.shares_interval(share),
            words.lasting(stays[0]) if stays else "",
            _half_stay(stays) if stays else "",
        )

    def _touchpoint(self, stage: JourneyStage, touchpoint: Touchpoint, said: Mapping[str, Any] | None) -> Happening:
        people, times = (said["people"], said["events"]) if said else (0, 0)
        spelled = _("“%(touchpoint)s” with %(cases)s") % {
            "touchpoint": touchpoint.name,
            "cases": counted(people, self.journey.case),
        }
        return Happening(
            count(people, spelled, self.behind_url, "touchpoint", stage.key, touchpoint.key),
            _times(times) if times else "",
            felt_of(said["feeling"], self.journey.case) if said else None,
            words.sums(said["money"])[: words.CURRENCIES] if said else [],
            _pause(said["pause"]) if said and said["pause"] else "",
            "" if times else _why_nothing(touchpoint, said),
        )

    def undesigned(self, stage: str, said: Mapping[str, Any]) -> Undesigned:
        kind = self.kinds.get(said["kind"]) or Kind(name=said["kind"])
        name = str(kind.label)
        spelled = _("Not designed: “%(kind)s” with %(cases)s") % {
            "kind": name,
            "cases": counted(said["people"], self.journey.case),
        }
        happening = Happening(
            count(said["people"], spelled, self.behind_url, "kind", stage, said["kind"], said["channel"]),
            _times(said["events"]),
            felt_of(said["feeling"], self.journey.case),
            [],
            "",
        )
        return Undesigned(name, said["channel"], happening)

    def _here(self, stage: JourneyStage, said: Mapping[str, Any]) -> Count:
        spelled = _("%(cases)s in “%(stage)s” now") % {
            "cases": counted(said["here"], self.journey.case),
            "stage": stage.name,
        }
        return count(said["here"], spelled, self.behind_url, "here", stage.key)


def _times(times: int) -> str:
    return ngettext("%(number)s time", "%(number)s times", times) % {"number": number(times)}


def _more_kinds(more: int) -> str:
    if not more:
        return ""
    return ngettext(
        "and %(number)s more kind that is not designed", "and %(number)s more kinds that are not designed", more
    ) % {"number": number(more)}


def _why_nothing(touchpoint: Touchpoint, said: Mapping[str, Any] | None) -> str:
    if said is None:
        return _("figures are being worked out")
    if not touchpoint.kinds:
        return _("not tied to anything in the log")
    return _("has not happened here")


def _half_stay(figures: words.Figures) -> str:
    at, interval = words.lasting(figures[0] or 0), words.lasting_interval(figures)
    said = _("half of those who went on did so within %(lasting)s") % {"lasting": at}
    return _("%(words)s, likely %(interval)s") % {"words": said, "interval": interval} if interval else said


def _pause(figures: words.Figures) -> str:
    at, interval = words.lasting(figures[0] or 0), words.lasting_interval(figures)
    said = _("next after %(lasting)s") % {"lasting": at} if (figures[0] or 0) >= 1 else _("the next at once")
    return f"{said} ({interval})" if interval else said


def _money(said: Mapping[str, Any]) -> Money:
    amounts, entered = said["money"], said["entered"]
    each = ""
    if len(amounts) == 1 and entered:
        [(currency, total)] = amounts.items()
        each = words.amount(Decimal(total) / entered, currency)
    written = words.sums(amounts)
    return Money(written[: words.CURRENCIES], len(written[words.CURRENCIES :]), each)
