"""Where everybody stands in the drawings of who relates to whom: plain geometry, in the drawing's own units."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

SMALL_WIDTH = 232
LARGE_WIDTH, LARGE_HEIGHT = 920, 680
_LETTERS_SMALL, _LETTERS_LARGE = 15, 19


@dataclass(frozen=True)
class Spot:
    """A place in a drawing, and where its words stand: two lines, the first at `words_y`, anchored as SVG calls it."""

    x: float
    y: float
    words_x: float
    words_y: float
    anchor: str = "middle"


# Of each number of rows: how far from the middle each row stands, and how far to the side its two spots.
_ROWS: dict[int, tuple[tuple[float, float], ...]] = {
    1: ((0, 70),),
    2: ((-44, 62), (44, 62)),
    3: ((-70, 50), (0, 76), (70, 50)),
    4: ((-88, 46), (-29, 74), (29, 74), (88, 46)),
}


def small(count: int) -> tuple[float, list[Spot]]:
    """The height of a drawing as wide as `SMALL_WIDTH` and where its neighbours, 8 at most, stand: to the left and the
    right of the middle, their words above in the upper half and below in the lower."""
    rows = _ROWS[max(1, min(4, -(-count // 2)))]
    height = 2 * (rows[-1][0] + 46) if len(rows) > 1 else 92
    middle_x, middle_y = SMALL_WIDTH / 2, height / 2
    spots = []
    for down, aside in rows:
        for x in (middle_x - aside, middle_x + aside):
            y = middle_y + down
            spots.append(Spot(x, y, x, y + (-30.0 if down < 0 else 25.0)))
    return height, spots[:count]


def large(beyond: Sequence[int]) -> list[tuple[Spot, list[Spot]]]:
    """Where neighbours stand on a ring around the middle of the large drawing, and those beyond each, as many as
    `beyond` says, on a ring further out. Who has more beyond is given more of the circle."""
    shares = [max(1.0, number) for number in beyond]
    whole = sum(shares) or 1.0
    # A neighbour alone on one side looks lost: the first stands at the upper right, and so on clockwise.
    angle = -pi / 2 + (pi / 7 if len(beyond) < 3 else 0) - pi * shares[0] / whole if beyond else 0.0
    placed = []
    for share, number in zip(shares, beyond, strict=True):
        wide = 2 * pi * share / whole
        centre = angle + wide / 2
        spread = min(wide, pi * 0.9)
        outer = [_on_ring(centre - spread / 2 + spread * (place + 0.5) / number, outer=True) for place in range(number)]
        placed.append((_on_ring(centre, outer=False), outer))
        angle += wide
    return placed


def _on_ring(angle: float, *, outer: bool) -> Spot:
    wide, high = (LARGE_WIDTH / 2 - 130, LARGE_HEIGHT / 2 - 52) if outer else (185, 165)
    side, down = cos(angle), sin(angle)
    x, y = LARGE_WIDTH / 2 + wide * side, LARGE_HEIGHT / 2 + high * down
    if not outer:
        return Spot(x, y, x, y + 34)
    if abs(side) < 0.3:
        return Spot(x, y, x, y + (26 if down > 0 else -30))
    return Spot(x, y, x + (14 if side > 0 else -14), y - 2, "start" if side > 0 else "end")


def short(name: str, *, large_drawing: bool = False) -> str:
    """A name that fits below its spot: cut at a word where that leaves enough of it."""
    most = _LETTERS_LARGE if large_drawing else _LETTERS_SMALL
    if len(name) <= most:
        return name
    cut = name[: most - 1]
    word = cut.rpartition(" ")[0]
    return f"{(word if len(word) >= most // 2 else cut).rstrip(' ,.')}…"
