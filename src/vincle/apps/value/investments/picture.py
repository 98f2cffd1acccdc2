"""What both groups paid, period by period, as a picture: two lines with bands, and where it began.

Lines are in a box of `WIDTH` by `HEIGHT` that is stretched to the page; what stands beside it is placed in percent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10
from typing import Any

from vincle.apps.value.investments.saying import sum_words
from vincle.web.locales import write_day
from vincle.web.templatetags.vincle import money, round_money

WIDTH, HEIGHT = 1000, 200
_TICKS = 4  # at most, above none


@dataclass(frozen=True)
class Line:
    """One group: the path of its means, and the band between the ends of their intervals."""

    path: str
    band: str


@dataclass(frozen=True)
class Mark:
    """Where a line across or a word stands, and what it says."""

    at: str
    words: str


@dataclass(frozen=True)
class Row:
    """One period in words, for the table."""

    day: str
    before: bool
    treated: str
    treated_interval: str
    compared: str
    compared_interval: str


@dataclass(frozen=True)
class Picture:
    """`start` is where it began, in percent of the width; `ticks` are sums with their heights in percent from above."""

    treated: Line
    compared: Line
    start: str
    start_near_end: bool
    ticks: list[Mark]
    first: str
    last: str
    rows: list[Row]
    period_days: int


def picture_of(trend: Mapping[str, Any], currency: str) -> Picture | None:
    """None where there are not two periods to draw a line between."""
    moments = trend["moments"]
    if len(moments) < 2:
        return None
    bottom, top, ticks = _scale([figure for each in moments for figure in (each["treated"], each["compared"])])
    starts = sum(each["before"] for each in moments) / len(moments)
    days = [date.fromisoformat(each["day"]) for each in moments]
    return Picture(
        _line([each["treated"] for each in moments], bottom, top),
        _line([each["compared"] for each in moments], bottom, top),
        _percent(starts),
        starts > 0.7,
        [Mark(_percent((top - tick) / (top - bottom)), _tick(tick, currency)) for tick in ticks],
        write_day(days[0]),
        write_day(days[-1] + timedelta(days=trend["period_days"] - 1)),
        [_row(each, day, currency) for each, day in zip(moments, days, strict=True)],
        trend["period_days"],
    )


def _line(figures: Sequence[Mapping[str, Any]], bottom: float, top: float) -> Line:
    def place(number: int, value: float) -> str:
        x = (number + 0.5) / len(figures) * WIDTH
        return f"{x:.1f} {(top - value) / (top - bottom) * HEIGHT:.1f}"

    path = "M" + "L".join(place(number, each["at"]) for number, each in enumerate(figures))
    ends = [(_end(each, "low"), _end(each, "high")) for each in figures]
    over = [place(number, high) for number, (_low, high) in enumerate(ends)]
    under = [place(number, low) for number, (low, _high) in enumerate(ends)]
    return Line(path, "M" + "L".join([*over, *reversed(under)]) + "Z")


def _scale(figures: Sequence[Mapping[str, Any]]) -> tuple[float, float, list[float]]:
    """From where to where it reaches, nothing always in it, and the round sums between."""
    top = max(0.0, *(_end(each, "high") for each in figures))
    bottom = min(0.0, *(_end(each, "low") for each in figures))
    if top == bottom:
        return 0.0, 1.0, [0.0]
    rough = (top - bottom) / _TICKS
    size = 10 ** floor(log10(rough))
    step = next(size * each for each in (1, 2, 5, 10) if size * each >= rough)
    low, high = floor(bottom / step), -floor(-top / step)
    return low * step, high * step, [each * step for each in range(low, high + 1)]


def _tick(tick: float, currency: str) -> str:
    return round_money(tick, currency) if tick == round(tick) else money(tick, currency)


def _row(moment: Mapping[str, Any], day: date, currency: str) -> Row:
    def written(figure: Mapping[str, Any]) -> tuple[str, str]:
        if figure["low"] is None:
            return sum_words(figure["at"], currency), ""
        ends = f"{sum_words(figure['low'], currency)} – {sum_words(figure['high'], currency)}"
        return sum_words(figure["at"], currency), ends

    return Row(write_day(day), moment["before"], *written(moment["treated"]), *written(moment["compared"]))


def _end(figure: Mapping[str, Any], name: str) -> float:
    return float(figure["at"] if figure[name] is None else figure[name])


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
