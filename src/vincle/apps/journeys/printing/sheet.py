"""A journey as it is read from a distance: every text and figure already in the reader's language, lane by lane."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.journeys.printing import figures
from vincle.engine.journeys.journey import Journey, JourneyStage, Touchpoint

Chart = Mapping[str, Any]  # what `engine.journeys.chart` returns

TEXTS = ("wants", "does", "dissatisfies", "front", "back", "opportunities", "owner")


@dataclass(frozen=True, slots=True)
class Card:
    """A touchpoint, or (`designed` no) something that happens and belongs to none."""

    name: str
    said: str
    figures: str
    feels: float | None
    real: float | None
    designed: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A stage. `figures`: how many came and how long it lasts; `feels` as designed, `real` as it is read in the log."""

    key: str
    name: str
    said: str
    figures: str
    feels: float | None
    real: float | None
    real_said: str
    cards: list[Card]
    money: str
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it. `lanes` are what has anything to say, from top to bottom, with their words."""

    title: str
    about: str
    archetype: str
    archetype_words: str
    facts: str
    before: str
    lanes: dict[str, str]
    columns: list[Column]
    words: dict[str, str]
    has_real: bool


def sheet_of(journey: Journey, chart: Chart | None = None, labels: Mapping[str, str] | None = None) -> Sheet:
    """What is to be shown of `journey`, in the active language; with the figures of `chart` when there are any.
    `labels` are the words of kinds; those it does not hold are taken from the catalogue.
    """
    real = {each["key"]: each for each in chart["stages"]} if chart else {}
    columns = [_column(stage, real.get(stage.key), labels or {}, journey.case) for stage in journey.stages]
    return Sheet(
        title=journey.name,
        about=journey.about,
        archetype=journey.archetype.name,
        archetype_words=journey.archetype.words,
        facts=figures.facts(chart, journey.case) if chart else "",
        before=figures.before(chart["before"], journey.case) if chart else "",
        lanes=_lanes(columns),
        columns=columns,
        words=_words(),
        has_real=any(column.real is not None for column in columns),
    )


def _column(stage: JourneyStage, real: Mapping[str, Any] | None, labels: Mapping[str, str], case: str) -> Column:
    found = {each["key"]: each for each in real["touchpoints"]} if real else {}
    cards = [_card(each, found.get(each.key), case) for each in stage.touchpoints]
    if real:
        cards += [_undesigned(each, labels, case) for each in real["undesigned"]]
        if more := real["undesigned_more"]:
            words = ngettext("%(number)s more kind that was not designed", "%(number)s more kinds not designed", more)
            cards.append(Card(words % {"number": more}, "", "", None, None, designed=False))
    feeling = real["feeling"] if real else None
    return Column(
        key=stage.key,
        name=stage.name,
        said=_expected(stage),
        figures=figures.stage(real) if real else "",
        feels=stage.feels,
        real=feeling[0] if feeling else None,
        real_said=figures.feeling(feeling) if feeling else "",
        cards=cards,
        money=figures.money(real["money"]) if real else "",
        texts={lane: getattr(stage, lane) for lane in TEXTS},
    )


def _card(touchpoint: Touchpoint, real: Mapping[str, Any] | None, case: str) -> Card:
    said = _("from us") if touchpoint.initiator == "organisation" else _("from them")
    if touchpoint.channel:
        said = f"{said} · {touchpoint.channel}"
    feeling = real["feeling"] if real else None
    return Card(
        name=touchpoint.name,
        said=f"{said}\n{touchpoint.words}" if touchpoint.words else said,
        figures=figures.touchpoint(real, case) if real else "",
        feels=touchpoint.feels,
        real=feeling[0] if feeling else None,
    )


def _undesigned(real: Mapping[str, Any], labels: Mapping[str, str], case: str) -> Card:
    name = labels.get(real["kind"]) or figures.kind_words(real["kind"])
    return Card(
        name=_("Not designed: %(what)s") % {"what": name},
        said=real["channel"] or "",
        figures=figures.touchpoint(real, case),
        feels=None,
        real=real["feeling"][0] if real["feeling"] else None,
        designed=False,
    )


def _expected(stage: JourneyStage) -> str:
    said = {"always": "", "maybe": _("may happen"), "never": _("should not happen")}[stage.expected]
    if stage.within_days is None:
        return said
    within = _("within %(lasting)s") % {"lasting": figures.days(stage.within_days)}
    return f"{said} · {within}" if said else within


def _lanes(columns: list[Column]) -> dict[str, str]:
    words = {
        "wants": _("What they want"),
        "does": _("What they do"),
        "feels": _("How it feels"),
        "cards": _("Touchpoints"),
        "dissatisfies": _("What does not satisfy"),
        "front": _("What they see of us"),
        "back": _("Behind the scenes"),
        "opportunities": _("Opportunities"),
        "owner": _("Who looks after it"),
        "money": _("Money"),
    }
    return {lane: said for lane, said in words.items() if any(_anything(column, lane) for column in columns)}


def _anything(column: Column, lane: str) -> bool:
    if lane == "feels":
        return column.feels is not None or column.real is not None
    return bool(column.texts.get(lane) or getattr(column, lane, None))


def _words() -> dict[str, str]:
    return {
        "designed": _("as designed"),
        "real": _("as it happens, where it can be read"),
        "archetype": _("Whose journey"),
        "cut": _("Long texts are cut here; they stand in full in the map."),
        "undesigned": _("happens, and was not designed"),
    }
