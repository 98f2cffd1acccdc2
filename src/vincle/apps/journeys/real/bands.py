"""Where the bands between stages run: stages stand in the order of the map, each in a column of its own.

A band that passes a stage runs beneath it, and those that end sooner run above those that go further, so that few of
them cross. All of one drawing have the same scale.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

COLUMN = 136  # from a stage to the next
BLOCK = 12  # how wide a stage's block is
HEAD = 46  # above the blocks, for their names
GAP = 10  # between bands that pass a stage
TALLEST = 220  # of a stage with all the cases
THINNEST = 1.2
MARGIN = 8

Flow = tuple[int, int, int]  # from which column to which, how many


@dataclass(frozen=True, slots=True)
class Node:
    """A stage's block."""

    column: int
    cases: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """A line as broad as its cases are many."""

    path: str
    thick: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Blocks from left to right, bands in the order of the flows."""

    nodes: list[Node]
    bands: list[Band]
    width: float
    height: float


def draw(flows: Sequence[Flow]) -> Drawing:
    """Place flows, each to a column further right; columns that none touches are left out."""
    places = {column: at for at, column in enumerate(sorted({end for flow in flows for end in flow[:2]}))}
    if not places:
        return Drawing([], [], 0, 0)
    gone: dict[int, int] = defaultdict(int)
    come: dict[int, int] = defaultdict(int)
    for source, target, cases in flows:
        gone[source] += cases
        come[target] += cases
    sizes = {column: max(gone[column], come[column]) for column in places}
    scale = TALLEST / max(sizes.values())
    thick = [max(THINNEST, cases * scale) for _source, _target, cases in flows]
    nodes = [
        Node(column, sizes[column], MARGIN + at * COLUMN, HEAD, max(THINNEST, sizes[column] * scale))
        for column, at in places.items()
    ]
    stops = _stops(flows, thick, nodes)
    bands = [Band(_path(stops[number]), round(thick[number], 2)) for number in range(len(flows))]
    lowest = max(
        [node.y + node.height for node in nodes]
        + [y + thick[number] / 2 for number, each in enumerate(stops) for _x, y in each]
    )
    return Drawing(nodes, bands, MARGIN * 2 + (len(places) - 1) * COLUMN + COLUMN, lowest + MARGIN)


def _stops(flows: Sequence[Flow], thick: Sequence[float], nodes: Sequence[Node]) -> list[list[tuple[float, float]]]:
    """Of each flow the points where its middle leaves its stage, passes others and arrives."""
    stops: list[list[tuple[float, float]]] = [[] for _flow in flows]
    order = sorted(range(len(flows)), key=lambda number: (flows[number][1], -flows[number][0]))
    for node in nodes:
        arrives, leaves, y = node.y, node.y, node.y + node.height + GAP
        for number in order:
            source, target, _cases = flows[number]
            if target == node.column:
                stops[number].append((node.x, arrives + thick[number] / 2))
                arrives += thick[number]
            elif source == node.column:
                stops[number].append((node.x + BLOCK, leaves + thick[number] / 2))
                leaves += thick[number]
            elif source < node.column < target:
                stops[number] += [(node.x, y + thick[number] / 2), (node.x + BLOCK, y + thick[number] / 2)]
                y += thick[number] + GAP
    return stops


def _path(stops: Sequence[tuple[float, float]]) -> str:
    (x, y), *further = stops
    parts = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in further:
        if to_x - x <= BLOCK:
            parts.append(f"H{to_x:.1f}")
        else:
            middle = (x + to_x) / 2
            parts.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return "".join(parts)
