"""How what people are expected to bring is spread: bars to look at, and to choose people by."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.lists.facade import people_worth_url
from vincle.apps.value.page.words import between
from vincle.web.templatetags.vincle import money, number, round_money

LEAST = Decimal("0.0001")  # more than nothing: the first class holds all who are expected to bring less than its end
_WITH_CENTS = 10  # units of money, below which cents matter
HEIGHT = 120.0  # of the drawing, whose width is 100 for each bar


@dataclass(frozen=True)
class SpreadBar:
    """One class: where it stands in the drawing, what it says, and its people."""

    x: str
    y: str
    height: str
    people: int
    title: str
    url: str


@dataclass(frozen=True)
class Spread:
    """`ends`: each end of a class with its words, `marks` those written beneath the drawing: where and what."""

    width: int
    bars: list[SpreadBar]
    ends: list[tuple[str, str]]
    marks: list[tuple[str, str]]
    nothing: int
    middle: str
    quartiles: str


def spread_of(said: Mapping[str, Any], currency: str) -> Spread:
    """The histogram as it is drawn."""
    ends, people = said["ends"], said["people"]
    most, words = max(people), [round_money(0, currency), *(_amount(end, currency) for end in ends[1:])]
    low, middle, high = said["quartiles"]
    bars = [_bar(place, ends, words, people[place], most) for place in range(len(people))]
    step = max(1, round(len(ends) / 6))
    return Spread(
        100 * len(people),
        bars,
        [(str(LEAST), round_money(0, currency)), *zip(map(_plain, ends[1:]), words[1:], strict=True)],
        [(f"{place / len(people) * 100:.1f}%", words[place]) for place in range(0, len(ends) - step // 2, step)],
        said["nothing"],
        round_money(middle, currency),
        between(round_money(low, currency), round_money(high, currency)),
    )


def _bar(place: int, ends: list[float], words: list[str], people: int, most: int) -> SpreadBar:
    height = people / most * HEIGHT
    low, high = Decimal(_plain(ends[place])) if place else LEAST, Decimal(_plain(ends[place + 1]))
    title = _("%(low)s to %(high)s: %(people)s people") % {
        "low": words[place],
        "high": words[place + 1],
        "people": number(people),
    }
    return SpreadBar(
        str(100 * place + 8),
        f"{HEIGHT - height:.1f}",
        f"{height:.1f}",
        people,
        title,
        people_worth_url(low, high),
    )


def _amount(end: float, currency: str) -> str:
    return money(end, currency) if end < _WITH_CENTS else round_money(end, currency)


def _plain(end: float) -> str:
    return f"{end:f}".rstrip("0").rstrip(".")
