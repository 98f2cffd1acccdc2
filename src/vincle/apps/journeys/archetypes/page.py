"""Who stands for a group, in words: how near they are, their way, and what they are like beside the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vincle.apps.journeys.archetypes.person import Stands, named
from vincle.apps.journeys.archetypes.queries import FoundArchetypes
from vincle.apps.journeys.queries import kinds_named
from vincle.flow.models import Kind
from vincle.web.locales import locale, write_lasting
from vincle.web.templatetags.vincle import number, percent, round_money

RUNS = 30  # of a way
STEPS = 12  # whose numbers are written beside the medians
TEMPO = {
    "events": gettext_lazy("Everything that happened"),
    "kinds": gettext_lazy("Different steps"),
    "lasted_days": gettext_lazy("From the first to the last"),
    "pause_days": gettext_lazy("Usual pause between two"),
    "quiet_days": gettext_lazy("Since the last"),
}
_DAY = 86_400


@dataclass(frozen=True)
class TraitShown:
    """What they are like in something, and what the middle one of the group is like."""

    name: str
    theirs: str
    median: str


@dataclass(frozen=True)
class ArchetypeShown:
    """Somebody who stands for a group; `person` is None where they may not be named any more."""

    uid: str
    person: Stands | None
    size: str
    near: str
    distance: str
    passed_over: str
    runs: list[tuple[Kind, int]]
    more: int
    traits: list[TraitShown]


@dataclass(frozen=True)
class ArchetypesShown:
    """All of them; `groups` says how clearly there are groups, empty where it is one."""

    archetypes: list[ArchetypeShown]
    groups: str
    clear: bool
    left_out: str


def archetypes_shown(found: FoundArchetypes, groups: int) -> ArchetypesShown | None:
    """What a page says; None where nobody stands for the group."""
    said = found.said
    if said is None:
        return None
    people = named([one["uid"] for one in said["archetypes"]])
    kinds = kinds_named(name for one in said["archetypes"] for name in _names(one))
    missing = said["cases"] - sum(one["cases"] for one in said["archetypes"])
    return ArchetypesShown(
        [_shown(one, people.get(one["uid"]), kinds, said) for one in said["archetypes"]],
        _groups_words(said, groups) if groups > 1 else "",
        bool(said["clear"]),
        ngettext(
            "%(number)s person is in a group of which nobody may be named to everybody.",
            "%(number)s people are in groups of which nobody may be named to everybody.",
            missing,
        ) % {"number": number(missing)} if missing else "",
    )  # fmt: skip


def _shown(
    one: Mapping[str, Any], person: Stands | None, kinds: Mapping[str, Kind], said: Mapping[str, Any]
) -> ArchetypeShown:
    runs = [(kinds[name], len(list(same))) for name, same in groupby(one["path"])]
    size = ngettext("%(number)s person", "%(number)s people", one["cases"]) % {"number": number(one["cases"])}
    if one["cases"] < said["cases"]:
        size = _("%(people)s of %(all)s (%(share)s)") % {
            "people": size, "all": number(said["cases"]), "share": percent(one["share"])
        }  # fmt: skip
    over = one["passed_over"]
    return ArchetypeShown(
        one["uid"],
        person,
        size,
        _("%(share)s of the group are nearer to them than two of the group usually are to each other.")
        % {"share": percent(one["nearer"])},
        _("From 0 (alike in everything) to 1, they are %(mean)s from the others on average, half of the group within "
          "%(median)s; any two of the group are %(between)s apart.")
        % {name: _decimals(one[key]) for name, key in _DISTANCES.items()},
        ngettext(
            "%(number)s person is as near or nearer, but not everybody may see who that is.",
            "%(number)s people are as near or nearer, but not everybody may see who they are.",
            over,
        ) % {"number": number(over)} if over else "",
        runs[:RUNS],
        len(runs[RUNS:]),
        _traits(one["traits"], kinds) if person else [],
    )  # fmt: skip


_DISTANCES = {"mean": "mean_distance", "median": "median_distance", "between": "between"}


def _groups_words(said: Mapping[str, Any], groups: int) -> str:
    told = {"groups": number(groups), "silhouette": _decimals(said["silhouette"]), "sampled": number(said["sampled"])}
    if said["clear"]:
        return _("There are %(groups)s groups that can be told apart: silhouette %(silhouette)s of %(sampled)s people; "
                 "above 0.25 there are groups to speak of, 1 would be perfectly apart.") % told  # fmt: skip
    return _("There are no clear groups: silhouette %(silhouette)s of %(sampled)s people, and up to 0.25 there are "
             "none to speak of. These %(groups)s are cuts through a crowd.") % told  # fmt: skip


def _traits(traits: Iterable[Mapping[str, Any]], kinds: Mapping[str, Kind]) -> list[TraitShown]:
    """The tempo, money, and the steps that they or half of the group have."""
    found: dict[str, list[TraitShown]] = {"tempo": [], "money": [], "step": []}
    for each in traits:
        name, theirs, median = each["name"], each["value"], each["median"]
        sort = _sort(name)
        if sort == "tempo":
            write = _lasting if name.endswith("_days") else _count
            found[sort].append(TraitShown(str(TEMPO[name]), write(theirs), write(median)))
        elif theirs or median:
            if sort == "money":
                words = _("Money (%(currency)s)") % {"currency": name}
                amounts = (round_money(value or 0, name) for value in (theirs, median))
                found[sort].append(TraitShown(words, *amounts))
            else:
                found[sort].append(TraitShown(kinds[name].label, _count(theirs), _count(median)))
    return found["tempo"] + found["money"] + found["step"][:STEPS]


def _names(one: Mapping[str, Any]) -> list[str]:
    return [*one["path"], *(each["name"] for each in one["traits"] if _sort(each["name"]) == "step")]


def _sort(name: str) -> str:
    if name in TEMPO:
        return "tempo"
    return "money" if len(name) == len("EUR") and name.isupper() else "step"


def _count(value: float | None) -> str:
    return "–" if value is None else number(value, 0 if value == int(value) else 1)


def _lasting(days: float | None) -> str:
    if days is None:
        return "–"
    return write_lasting(days * _DAY) if days * _DAY >= 1 else _("at once")


def _decimals(value: float) -> str:
    return str(format_decimal(round(value, 2), format="0.00", locale=locale()))
