"""How it really feels, stage by stage, and the curve that says so beside the designed one."""

from collections.abc import Sequence
from dataclasses import dataclass

from vincle.apps.journeys.real import words
from vincle.apps.journeys.words import counted

ACROSS = 100  # how wide a stage is, in units of the drawing
TOP, HIGH = 10, 92  # where +2 stands, and how far below it -2
_REST = 0.05  # nearer to neither than that is neither


@dataclass(frozen=True)
class Felt:
    """A mean of what cases said, from -2 to +2, with how many they are; `tone` never speaks alone."""

    mean: float
    low: float | None
    high: float | None
    written: str
    interval: str
    cases: str
    tone: str


@dataclass(frozen=True)
class Point:
    """A stage's mean in the drawing, and the ends of its interval, where it has one."""

    x: float
    y: float
    upper: float | None
    lower: float | None
    tone: str


@dataclass(frozen=True)
class Curve:
    """The designed and the real curve as SVG paths, `width` by `height`; `lines` of the real one leave out the stages
    of which nobody said how it felt.
    """

    designed: str
    lines: str
    points: list[Point]
    width: int
    height: int = TOP * 2 + HIGH

    @property
    def middle(self) -> float:
        return height_of(0)


def felt_of(said: words.Figures | None, case: str) -> Felt | None:
    """What the figures of a feeling say; None where nobody said how it felt."""
    if said is None:
        return None
    mean, low, high, cases = said
    mean = mean or 0.0
    tone = "well" if mean > _REST else "warm" if mean < -_REST else "plain"
    felt = counted(int(cases or 0), case)
    return Felt(mean, low, high, words.feeling(mean), words.feeling_interval(said), felt, tone)


def curve_of(designed: Sequence[float | None], felt: Sequence[Felt | None]) -> Curve:
    """Both curves over as many stages as there are; either may know nothing of some."""
    points = [
        Point(
            _middle_of(at),
            height_of(each.mean),
            None if each.high is None else height_of(each.high),
            None if each.low is None else height_of(each.low),
            each.tone,
        )
        for at, each in enumerate(felt)
        if each is not None
    ]
    wished = [(_middle_of(at), height_of(each)) for at, each in enumerate(designed) if each is not None]
    return Curve(_through(wished), _neighbours(points), points, ACROSS * len(designed))


def height_of(feels: float) -> float:
    """Where a feeling stands, from above."""
    return round(TOP + (2 - feels) / 4 * HIGH, 1)


def _middle_of(stage: int) -> float:
    return ACROSS * stage + ACROSS / 2


def _through(points: Sequence[tuple[float, float]]) -> str:
    """A line through the points, level at each, so that it never says more than they do."""
    if len(points) < 2:
        return ""
    (x, y), *further = points
    parts = [f"M{x:g} {y:g}"]
    for to_x, to_y in further:
        middle = (x + to_x) / 2
        parts.append(f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}")
        x, y = to_x, to_y
    return "".join(parts)


def _neighbours(points: Sequence[Point]) -> str:
    """The same through points of neighbouring stages only: where nobody said how it felt nothing is drawn."""
    runs: list[list[tuple[float, float]]] = []
    for each in points:
        if not runs or each.x - runs[-1][-1][0] > ACROSS:
            runs.append([])
        runs[-1].append((each.x, each.y))
    return "".join(_through(run) for run in runs)
