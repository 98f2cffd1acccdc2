"""How what people are expected to bring is spread: bars to look at, and to choose people by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.value.page.words import behind_url, between
from vincle.web.templatetags.vincle import number, round_money

HEIGHT = 120.0  # of the drawing, whose width is 100 for each bar


@dataclass(frozen=True)
class SpreadBar:
    """One class: where it stands in the drawing, what it says, and its people."""

    x: str
    y: str
    height: str
    low: str
    high: str
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
    most, words = max(people), [_amount(end, currency) for end in ends]
    low, middle, high = said["quartiles"]
    bars = [_bar(place, ends, words, people[place], most) for place in range(len(people))]
    step = max(1, round(len(ends) / 6))
    return Spread(
        100 * len(people),
        bars,
        [(_plain(end), text) for end, text in zip(ends, words, strict=True)],
        [(f"{place / len(people) * 100:.1f}%", words[place]) for place in range(0, len(ends) - step // 2, step)],
        said["nothing"],
        round_money(middle, currency),
        between(round_money(low, currency), round_money(high, currency)),
    )


def _bar(place: int, ends: list[float], words: list[str], people: int, most: int) -> SpreadBar:
    height = people / most * HEIGHT
    first = "0.0001" if not place else _plain(ends[place])
    title = _("%(low)s to %(high)s: %(people)s people") % {
        "low": words[place],
        "high": words[place + 1],
        "people": number(people),
    }
    return SpreadBar(
        str(100 * place + 8),
        f"{HEIGHT - height:.1f}",
        f"{height:.1f}",
        _plain(ends[place]),
        _plain(ends[place + 1]),
        people,
        title,
        behind_url("worth", first, _plain(ends[place + 1])),
    )


def _amount(end: float, currency: str) -> str:
    return round_money(end, currency)


def _plain(end: float) -> str:
    return f"{end:f}".rstrip("0").rstrip(".")
