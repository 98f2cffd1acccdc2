"""A map on a wall or a projector: first all of it, then stage by stage, by the arrow keys."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vincle.apps.journeys.printing.sheet import Chart, Column, Sheet, sheet_of
from vincle.engine.journeys.journey import Journey

WIDE, TOP, HIGH = 200, 18, 104  # of the curve, for each stage: how wide, where +2 stands, how far below it -2


@dataclass(frozen=True, slots=True)
class Point:
    """A feeling on the curve."""

    x: float
    y: float
    bad: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn of the feelings: a path and points, as designed or as it happens."""

    path: str
    points: list[Point]


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the whole map, with the text of each stage."""

    key: str
    words: str
    texts: list[str]


def workshop(
    request: HttpRequest,
    journey: Journey,
    *,
    back: str,
    chart: Chart | None = None,
    labels: dict[str, str] | None = None,
) -> HttpResponse:
    """The page. `back` is where Escape leads."""
    sheet = sheet_of(journey, chart, labels)
    context = {
        "sheet": sheet,
        "back": back,
        "lanes": _lanes(sheet),
        "designed": curve_of([column.feels for column in sheet.columns]),
        "real": curve_of([column.real for column in sheet.columns]),
        "width": WIDE * len(sheet.columns),
        "height": 2 * TOP + HIGH,
        "middle": _height(0),
        "below": 2 * TOP + HIGH - _height(0),
        "stages": [(number, column, _told(sheet, column)) for number, column in enumerate(sheet.columns, start=1)],
    }
    return render(request, "journeys/workshop.html", context)


def curve_of(feelings: list[float | None]) -> Curve:
    """A line that is level at each point, so that it never says more than the points do."""
    points = [Point((at + 0.5) * WIDE, _height(each), each < 0) for at, each in enumerate(feelings) if each is not None]
    path = f"M{points[0].x:g} {points[0].y:g}" if points else ""
    for former, point in pairwise(points):
        middle = (former.x + point.x) / 2
        path += f"C{middle:g} {former.y:g} {middle:g} {point.y:g} {point.x:g} {point.y:g}"
    return Curve(path, points)


def _height(feels: float) -> float:
    return round(TOP + (2 - feels) / 4 * HIGH, 1)


def _lanes(sheet: Sheet) -> list[Lane]:
    return [
        Lane(key, words, [column.texts.get(key, column.money) for column in sheet.columns])
        for key, words in sheet.lanes.items()
        if key not in {"feels", "cards"}
    ]


def _told(sheet: Sheet, column: Column) -> list[Lane]:
    """The lanes of one stage that say something."""
    return [
        Lane(key, words, [text])
        for key, words in sheet.lanes.items()
        if key not in {"feels", "cards", "wants"} and (text := column.texts.get(key, column.money))
    ]
