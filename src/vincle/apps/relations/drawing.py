"""Where everybody stands in the drawings of who relates to whom: plain geometry, in the drawing's own units."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

SMALL_WIDTH = 232
LARGE_MIDDLE = 500.0  # of the large drawing, both ways
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
    3: ((-70, 54), (0, 74), (70, 54)),
    4: ((-88, 52), (-29, 74), (29, 74), (88, 52)),
}


def small(count: int) -> tuple[float, float, list[Spot]]:
    """Of a drawing as wide as `SMALL_WIDTH`: where the middle is across, the height, and where the neighbours, 8 at
    most, stand: to the left and the right, their words above in the upper half and below in the lower."""
    rows = _ROWS[max(1, min(4, -(-count // 2)))]
    height = 2 * (rows[-1][0] + 46) if len(rows) > 1 else 92
    middle_x, middle_y = SMALL_WIDTH / 2, height / 2
    if count == 1:
        return middle_x - 46, height, [Spot(middle_x + 46, middle_y, middle_x + 46, middle_y + 25)]
    spots = []
    for down, aside in rows:
        for x in (middle_x - aside, middle_x + aside):
            y = middle_y + down
            spots.append(Spot(x, y, x, y + (-30.0 if down < 0 else 25.0)))
    if count % 2:  # whoever has nobody beside them stands under the middle
        last = spots[count - 1]
        spots[count - 1] = Spot(middle_x, last.y + 6, middle_x, last.words_y + 6)
    return middle_x, height, spots[:count]


def large(beyond: Sequence[int]) -> list[tuple[Spot, list[Spot]]]:
    """Where neighbours stand on a ring around `LARGE_MIDDLE`, and those beyond each, as many as `beyond` says, on a
    ring further out. Who has more beyond is given more of the circle."""
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
    wide, high = (340, 275) if outer else (190, 160)
    side, down = cos(angle), sin(angle)
    x, y = LARGE_MIDDLE + wide * side, LARGE_MIDDLE + high * down
    if outer and abs(side) > 0.3:
        return Spot(x, y, x + (27 if side > 0 else -27), y - 3, "start" if side > 0 else "end")
    return Spot(x, y, x, y + (-45 if down < -0.2 else 36))


def short(name: str, *, large_drawing: bool = False) -> str:
    """A name that fits below its spot: cut at a word where that leaves enough of it."""
    most = _LETTERS_LARGE if large_drawing else _LETTERS_SMALL
    if len(name) <= most:
        return name
    cut = name[: most - 1]
    word = cut.rpartition(" ")[0]
    return f"{(word if len(word) >= most // 2 else cut).rstrip(' ,.')}…"
