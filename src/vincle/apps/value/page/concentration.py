"""Who holds the value: the curve, what the first few hold, and one number for it with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.value.page.words import behind_url, between, exact, points_of
from vincle.web.templatetags.vincle import number, percent, round_money

FEW = 10  # people, below which what the first hold tells of each of them


@dataclass(frozen=True)
class TopRow:
    """What the first people hold; the least of one of them; `url` is theirs."""

    part: str
    people: str
    share: str
    least: str
    length: str
    url: str


@dataclass(frozen=True)
class Held:
    """Of what people are worth now, or are expected to bring. `line` is the Lorenz curve in a square of 100."""

    what: str
    words: str
    people: str
    gini: str
    interval: str
    tops: list[TopRow]
    line: str


def concentration_of(said: Mapping[str, Any], currency: str) -> list[Held]:
    """Both, as far as they are known."""
    words = {"present": _("What people paid lately"), "worth": _("What they are expected to bring")}
    # A database may keep the names of an object in an order of its own.
    known = [(what, said[what]) for what in words if said[what]]
    return [_held(what, words[what], each, currency) for what, each in known if each["people"] >= FEW]


def _held(what: str, words: str, said: Mapping[str, Any], currency: str) -> Held:
    at, low, high = said["gini"]  # of ten people or more it is known
    return Held(
        what,
        words,
        number(said["people"]),
        exact(at),
        between(exact(low), exact(high)),
        [_top(what, top, currency) for top in said["tops"]],
        points_of([(100 * x, 100 - 100 * y) for x, y in said["curve"]]),
    )


def _top(what: str, top: Mapping[str, Any], currency: str) -> TopRow:
    return TopRow(
        percent(top["part"]),
        number(top["people"]),
        percent(top["share"], 1),
        round_money(top["least"], currency) if top["people"] >= FEW else "",
        f"{top['share'] * 100:.1f}%",
        behind_url("top", what, round(100 * top["part"])),
    )
