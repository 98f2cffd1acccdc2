"""Where everything stands on the map of steps: boxes in columns, from where cases begin to where they get late, and
lines between them that leave room for their words.

Lines forwards run above the middle of the boxes, lines back below it, and a line to the same box over its top. Words
that would lie on others, or on a box, move down until they do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 178, 58  # of a box
ACROSS, ALONG = 150, 72  # between boxes
COLUMNS = 4
MARGIN = 12
LOOP = 46  # how far a line to the same box goes above it
BEND = 62  # of lines inside a column
LETTER, LINE = 6.4, 15  # about how wide a letter of the words is, and how high a line
STRAIGHT = 14  # between a line forwards and the one back
_SOON = 0.4  # of a line: where its words stand

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A step: its upper left corner, and the column it stands in."""

    x: float
    y: float
    column: int

    @property
    def middle(self) -> Point:
        return self.x + WIDTH / 2, self.y + HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Curve:
    """A line as a cubic curve (four points), and where its words stand (their middle)."""

    points: tuple[Point, Point, Point, Point]
    words: Point

    @property
    def middle(self) -> Point:
        """Where half of it is."""
        return _at(self.points, 0.5)

    @property
    def path(self) -> str:
        """As SVG writes it."""
        start, *further = (f"{x:.1f} {y:.1f}" for x, y in self.points)
        return f"M{start}C{' '.join(further)}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes in the order of the steps, curves in that of the connections, and the size of all of it."""

    boxes: list[Box]
    curves: list[Curve]
    left: float
    top: float
    width: float
    height: float


def draw(steps: int, connections: Sequence[tuple[int, int]], words: Sequence[str]) -> Drawing:
    """Place `steps`, which come in the order in which they usually happen, and `connections` between them by their
    numbers; `words` of each connection, empty for none.
    """
    boxes = _placed(steps)
    taken = [(box.x, box.y, box.x + WIDTH, box.y + HEIGHT) for box in boxes]
    curves = []
    for (source, target), said in zip(connections, words, strict=True):
        points = _points(boxes[source], boxes[target])
        curves.append(Curve(points, _room(_beside(points), said, taken)))
    middles = [curve.middle for curve in curves]
    x = [at for box in boxes for at in (box.x, box.x + WIDTH)] + [at for at, _y in middles]
    y = [at for box in boxes for at in (box.y, box.y + HEIGHT)] + [at for _x, at in middles]
    y += [at for curve in curves for at in (curve.words[1] - LINE, curve.words[1] + LINE)]
    left, top = min(x, default=0) - MARGIN, min(y, default=0) - MARGIN
    return Drawing(boxes, curves, left, top, max(x, default=0) + MARGIN - left, max(y, default=0) + MARGIN - top)


def _placed(steps: int) -> list[Box]:
    columns = min(COLUMNS, steps)
    if not columns:
        return []
    each, more = divmod(steps, columns)
    sizes = [each + (column < more) for column in range(columns)]
    boxes = []
    for column, size in enumerate(sizes):
        top = (max(sizes) - size) * (HEIGHT + ALONG) / 2
        boxes += [Box(column * (WIDTH + ACROSS), top + row * (HEIGHT + ALONG), column) for row in range(size)]
    return boxes


def _points(source: Box, target: Box) -> tuple[Point, Point, Point, Point]:
    x, y = source.middle
    to_x, to_y = target.middle
    if source == target:
        top = source.y
        return (x - 22, top), (x - 54, top - LOOP), (x + 54, top - LOOP), (x + 22, top)
    if source.column == target.column:
        side = 1 if y < to_y else -1
        edge = x + side * WIDTH / 2
        return (edge, y), (edge + side * BEND, y), (edge + side * BEND, to_y), (edge, to_y)
    ahead = 1 if source.column < target.column else -1
    shift = -STRAIGHT * ahead
    over = abs(source.column - target.column) - 1  # columns that lie between
    bow = shift * 7.5 * over
    start, end = (x + ahead * WIDTH / 2, y + shift), (to_x - ahead * WIDTH / 2, to_y + shift)
    reach = ahead * ACROSS * (0.5 + 0.3 * over)
    return start, (start[0] + reach, start[1] + bow), (end[0] - reach, end[1] + bow), end


def _beside(points: tuple[Point, Point, Point, Point]) -> Point:
    """Where the words of a line would best stand: on it, nearer to its beginning; above one to the same box."""
    if points[0][1] == points[3][1] and points[1][1] == points[0][1] - LOOP:
        return (points[0][0] + points[3][0]) / 2, points[0][1] - LOOP * 0.75 - LINE * 0.7
    return _at(points, _SOON)


def _at(points: tuple[Point, Point, Point, Point], at: float) -> Point:
    """The point of a cubic curve at a share of its way."""
    shares = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
    return (
        sum(share * x for share, (x, _y) in zip(shares, points, strict=True)),
        sum(share * y for share, (_x, y) in zip(shares, points, strict=True)),
    )


def _room(wanted: Point, said: str, taken: list[tuple[float, float, float, float]]) -> Point:
    """The nearest place beneath or above `wanted` where the words lie on nothing; it is taken from then on."""
    if not said:
        return wanted
    half = len(said) * LETTER / 2
    x, y = wanted
    for step in (0, 1, -1, 2, -2, 3, -3, 4, -4):
        place = (x - half, y + step * LINE - LINE / 2, x + half, y + step * LINE + LINE / 2)
        if not any(_meet(place, other) for other in taken):
            break
    taken.append(place)
    return x, (place[1] + place[3]) / 2


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
