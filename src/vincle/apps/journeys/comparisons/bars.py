"""A pair of bars with their intervals, in shares of the width there is."""

from collections.abc import Sequence
from dataclasses import dataclass

Figure = Sequence[float | None]  # what it is, and the ends of its interval where enough cases set them


@dataclass(frozen=True)
class Bar:
    """How far a bar and the ends of its interval reach, in percent as SVG writes it; no ends: not known."""

    length: str
    low: str
    high: str


@dataclass(frozen=True)
class Bars:
    """The first group's above the second's."""

    first: Bar
    second: Bar


def bars_of(figures: Sequence[Figure], top: float) -> Bars:
    """Both figures where `top` reaches to the end."""
    return Bars(*(_bar(figure, top) for figure in figures))


def _bar(figure: Figure, top: float) -> Bar:
    at, low, high = figure
    known = low is not None and high is not None
    return Bar(_percent(at, top), _percent(low, top) if known else "", _percent(high, top) if known else "")


def _percent(value: float | None, top: float) -> str:
    return f"{min(1.0, max(0.0, (value or 0.0) / top)) * 100:.1f}%"
