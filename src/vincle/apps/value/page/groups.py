"""What people are worth by group: by what is said of them, where they began, who serves them, where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.fields.facade import labels, sensitive_names
from vincle.apps.value.page.words import attribute_words, behind_url, between, origin_words
from vincle.web.templatetags.vincle import number, percent, round_money


@dataclass(frozen=True)
class GroupRow:
    """A group; without figures where its people are too few. Bars are of the mean, in shares of the widest interval."""

    words: str
    people: str
    present: str
    potential: str
    share: str
    mean: str
    interval: str
    length: str
    low: str
    high: str
    url: str


@dataclass(frozen=True)
class Groups:
    """`choices`: by what it can be told, `key`, words and whether it is this."""

    title: str
    by: str
    choices: list[tuple[str, str, bool]]
    rows: list[GroupRow]
    more: int
    has_potential: bool


def groups_of(said: Sequence[Mapping[str, Any]], chosen: str, total: float, currency: str) -> Groups | None:
    """By what was `chosen` ("attribute:age"), the first where that is not there; None where there is nothing. `total`
    is what all are expected to bring.
    """
    hidden = sensitive_names()  # a field may have become so since
    usable = [each for each in said if each["by"] != "attribute" or each["name"] not in hidden]
    if not usable:
        return None
    named = labels()
    keys = [f"{each['by']}:{each['name']}" for each in usable]
    place = keys.index(chosen) if chosen in keys else 0
    this = usable[place]
    top = max((each["mean"][2] for each in this["groups"] if each["mean"]), default=0) or 1
    return Groups(
        _title(this, named),
        this["by"],
        [
            (key, _title(each, named), number_ == place)
            for number_, (key, each) in enumerate(zip(keys, usable, strict=True))
        ],
        [_row(this, each, top, total, currency) for each in this["groups"]],
        this["more"],
        any(each["mean"] for each in this["groups"]),
    )


def _title(this: Mapping[str, Any], named: Mapping[str, str]) -> str:
    if this["by"] == "stage":
        return _("Stage of “%(journey)s”") % {"journey": this["title"]}
    if this["by"] == "attribute":
        return attribute_words(this["name"], named)
    return {"origin": _("Where they began"), "staff": _("Who serves them most")}[this["by"]]


def _row(this: Mapping[str, Any], each: Mapping[str, Any], top: float, total: float, currency: str) -> GroupRow:
    of, mean = each["of"], each["mean"]
    words = origin_words(of) if this["by"] == "origin" else this.get("names", {}).get(of, of)
    known = mean is not None
    return GroupRow(
        words,
        number(each["people"]),
        round_money(each["present"], currency) if each["present"] is not None else "",
        round_money(each["potential"], currency) if known else "",
        percent(each["potential"] / total) if known and total else "",
        round_money(mean[0], currency) if known else "",
        between(round_money(mean[1], currency), round_money(mean[2], currency)) if known else "",
        _percent(mean[0], top) if known else "",
        _percent(mean[1], top) if known else "",
        _percent(mean[2], top) if known else "",
        behind_url("group", this["by"], this["name"], of),
    )


def _percent(value: float, top: float) -> str:
    return f"{min(1.0, max(0.0, value / top)) * 100:.1f}%"
