"""Several values in one cell, as Google writes them: “a@example.org ::: b@example.org”."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.mapping import GLOBAL_NAMESPACES, Who

MARK = " ::: "
_MOST = 5


def first_of(cell: str) -> str:
    """The first value of a cell."""
    return cell.partition(MARK)[0].strip()


def spread(whos: Sequence[Who], columns: Sequence[pa.Array]) -> tuple[list[Who], list[pa.Array]]:
    """The columns of contact points with one value a cell; further values are columns of their own."""
    spread_whos: list[Who] = []
    spread_columns: list[pa.Array] = []
    for who, cells in zip(whos, columns, strict=True):
        pieces = [cells]
        if who.namespace in GLOBAL_NAMESPACES and _any_marked(cells):
            split = [(cell or "").split(MARK)[:_MOST] for cell in cells.to_pylist()]
            width = max(map(len, split))
            pieces = [pa.array([_at(values, place) for values in split], pa.string()) for place in range(width)]
        spread_whos += [who] * len(pieces)
        spread_columns += pieces
    return spread_whos, spread_columns


def listed(cells: pa.Array) -> pa.Array:
    """The same cells with commas between the values."""
    return pc.replace_substring(cells, MARK, ", ") if _any_marked(cells) else cells


def _any_marked(cells: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring(cells, MARK)).as_py())


def _at(values: list[str], place: int) -> str | None:
    return values[place].strip() or None if place < len(values) else None
