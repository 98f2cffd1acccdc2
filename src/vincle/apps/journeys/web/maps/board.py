"""A map as its template shows it: stages across, lanes down, cell by cell."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from vincle.apps.journeys.maps.lanes import LANES
from vincle.apps.journeys.maps.words import rule_words
from vincle.apps.journeys.models import Comment
from vincle.apps.journeys.queries import kinds_named
from vincle.engine.journeys.journey import Journey, JourneyStage, Touchpoint
from vincle.flow.models import Kind
from vincle.web.permissions import Words
from vincle.web.templatetags.vincle import number

TOP, HIGH = 10, 92  # of the curve's row, in pixels: where +2 stands, and how far below it -2


@dataclass(frozen=True)
class TouchpointShown:
    """A card in a cell. `place` is what a comment on it is about."""

    touchpoint: Touchpoint
    place: str
    kinds: list[Kind]
    feels: str
    comments: int


@dataclass(frozen=True)
class CellShown:
    """One lane of one stage: a text, touchpoints, or a feeling: in words, as a number for the browser, and the height
    `y` at which its point stands.
    """

    place: str
    stage: JourneyStage
    text: str = ""
    touchpoints: tuple[TouchpointShown, ...] = ()
    said: str = ""
    feels: str = ""
    y: str = ""
    is_low: bool = False
    comments: int = 0


@dataclass(frozen=True)
class LaneShown:
    """A row: its cells stand under the stages."""

    key: str
    words: Words
    cells: list[CellShown]


@dataclass(frozen=True)
class StageShown:
    """A column's heading."""

    stage: JourneyStage
    place: str
    rules: list[str]
    comments: int


@dataclass(frozen=True)
class Board:
    """A whole map. `curve` is an SVG path, 100 wide for each stage."""

    journey: Journey
    stages: list[StageShown]
    lanes: list[LaneShown]
    curve: str
    height: int = TOP * 2 + HIGH

    @property
    def middle(self) -> str:
        """Where neither good nor bad stands."""
        return height_of(0)

    @property
    def feelings(self) -> str:
        """What each of the nine steps is called, from below, and what it is called when nobody said."""
        return "|".join(feels_words(each) for each in (*(step / 2 for step in range(-4, 5)), None))


def board_of(journey: Journey, comments: Iterable[Comment] = ()) -> Board:
    """What is shown of a journey, with how many comments are open at each place."""
    open_at = Counter(each.place for each in comments if each.resolved_at is None)
    named = [name for stage in journey.stages for name in _kinds(stage)]
    kinds = kinds_named(named)
    stages = [
        StageShown(
            stage,
            f"stage:{stage.key}",
            [rule_words(rule, kinds, journey) for rule in stage.enters],
            open_at[f"stage:{stage.key}"],
        )
        for stage in journey.stages
    ]
    lanes = [
        LaneShown(lane, words, [_cell(stage, lane, kinds, open_at) for stage in journey.stages])
        for lane, words in LANES.items()
    ]
    return Board(journey, stages, lanes, curve([stage.feels for stage in journey.stages]))


def curve(feelings: list[float | None]) -> str:
    """A smooth line through what is said, level at each point, so that it never says more than the points do."""
    points = [(100 * at + 50, float(height_of(each))) for at, each in enumerate(feelings) if each is not None]
    if len(points) < 2:
        return ""
    parts = [f"M{points[0][0]} {points[0][1]:g}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) / 2
        parts.append(f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x} {to_y:g}")
    return "".join(parts)


def height_of(feels: float | None) -> str:
    """Where in its row a feeling stands, in pixels from above; one that nobody said stands in the middle."""
    return f"{TOP + (2 - (feels or 0)) / 4 * HIGH:g}"


def feels_words(feels: float | None) -> str:
    """A feeling in words, with its number: good (+1)."""
    if feels is None:
        return _("not said")
    how = abs(feels)
    if how < 0.25:
        words = _("neither good nor bad")
    elif how < 1:
        words = _("rather good") if feels > 0 else _("rather bad")
    elif how < 1.5:
        words = _("good") if feels > 0 else _("bad")
    else:
        words = _("very good") if feels > 0 else _("very bad")
    sign = "−" if feels < 0 else "+" if feels > 0 else ""
    return f"{words} ({sign}{number(abs(feels), 0 if feels == int(feels) else 1)})"


def _cell(stage: JourneyStage, lane: str, kinds: dict[str, Kind], open_at: Counter[str]) -> CellShown:
    place = f"cell:{stage.key}:{lane}"
    if lane == "touchpoints":
        cards = tuple(_card(stage, each, kinds, open_at) for each in stage.touchpoints)
        return CellShown(place, stage, touchpoints=cards, comments=open_at[place])
    if lane == "feels":
        told = "" if stage.feels is None else f"{stage.feels:g}"
        y, is_low = height_of(stage.feels), (stage.feels or 0) < 0
        return CellShown(place, stage, "", (), feels_words(stage.feels), told, y, is_low, open_at[place])
    return CellShown(place, stage, text=getattr(stage, lane), comments=open_at[place])


def _card(
    stage: JourneyStage, touchpoint: Touchpoint, kinds: dict[str, Kind], open_at: Counter[str]
) -> TouchpointShown:
    place = f"touchpoint:{stage.key}:{touchpoint.key}"
    feels = feels_words(touchpoint.feels) if touchpoint.feels is not None else ""
    return TouchpointShown(touchpoint, place, [kinds[each] for each in touchpoint.kinds], feels, open_at[place])


def _kinds(stage: JourneyStage) -> Iterable[str]:
    for rule in stage.enters:
        yield from rule.kinds
    for touchpoint in stage.touchpoints:
        yield from touchpoint.kinds
