"""Three loyalties side by side: staying, using, recommending."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.value.page.words import between, stretch_words
from vincle.engine.value.loyalties import FEWEST_ANSWERS
from vincle.web.templatetags.vincle import number, percent


@dataclass(frozen=True)
class Measure:
    """One figure of a loyalty; `value` is empty where `note` says what is missing."""

    label: str
    value: str
    interval: str
    note: str


@dataclass(frozen=True)
class Loyalty:
    """One of the three, with what it means."""

    key: str
    icon: str
    title: str
    meaning: str
    measures: list[Measure]


def loyalties_of(said: Mapping[str, Any]) -> list[Loyalty]:
    """All three, as far as they are known."""
    stretch = stretch_words(said["days"])
    return [
        Loyalty("stay", "home-heart", _("Stay"), _("Do they come back?"), [_stayed(said, stretch)]),
        Loyalty("use", "repeat", _("Use"), _("Do they come more often?"), [_used(said, stretch), _change(said)]),
        Loyalty(
            "recommend", "thumb-up", _("Recommend"), _("Would they tell others?"), [_promoters(said), _content(said)]
        ),
    ]


def _stayed(said: Mapping[str, Any], stretch: str) -> Measure:
    note = _("of %(people)s who paid in the %(stretch)s before, paid again in the last") % {
        "people": number(said["there"]),
        "stretch": stretch,
    }
    return _measure(_("Stayed"), said["stayed"], lambda at: percent(at, 1), note)


def _used(said: Mapping[str, Any], stretch: str) -> Measure:
    note = _("a year, of %(people)s who came in the last %(stretch)s") % {
        "people": number(said["came"]),
        "stretch": stretch,
    }
    return _measure(_("Days they came"), said["used"], lambda at: number(at, 1), note)


def _change(said: Mapping[str, Any]) -> Measure:
    note = _("against the time before, of %(people)s who came in both") % {"people": number(said["came_in_both"])}
    return _measure(_("Change, in days a year"), said["change"], lambda at: _signed(at, 1), note)


def _promoters(said: Mapping[str, Any]) -> Measure:
    people = said["answers"].get("nps", 0)
    note = _("net promoters (−100 to 100), %(people)s answers") % {"people": number(people)}
    return _answer(_("Would recommend"), said["nps"], lambda at: _signed(at, 0), note, people)


def _content(said: Mapping[str, Any]) -> Measure:
    people = said["answers"].get("csat", 0)
    note = _("in the two best of five boxes, %(people)s answers") % {"people": number(people)}
    return _answer(_("Content"), said["csat"], percent, note, people)


def _answer(
    label: str, estimate: Sequence[float] | None, write: Callable[[float], str], note: str, people: int
) -> Measure:
    if estimate is None:
        missing = _("Not enough answers yet: %(people)s of %(needed)s.") % {
            "people": number(people),
            "needed": number(FEWEST_ANSWERS),
        }
        return Measure(label, "", "", missing)
    return _measure(label, estimate, write, note)


def _measure(label: str, estimate: Sequence[float] | None, write: Callable[[float], str], note: str) -> Measure:
    if estimate is None:
        return Measure(label, "", "", _("Not enough people yet."))
    at, low, high = estimate
    return Measure(label, write(at), between(write(low), write(high)), note)


def _signed(value: float, decimals: int) -> str:
    rounded = round(value, decimals)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return sign + number(abs(rounded), decimals)
