"""Rows that could not enter, in a file that a person can mend in a spreadsheet and import again."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from vincle.engine.tabular.cells import guarded
from vincle.engine.tabular.returned import LINE, REASON

_SURPLUS = " | "


def write_rejects(path: Path, rejects: pa.Table, columns: Sequence[str]) -> None:
    """Append rejects (shaped.REJECTS) to a CSV file that has the original columns, then `line` and `reason`.

    The file is UTF-8 with a mark, so that spreadsheets open it right. A cell that a spreadsheet would run as a formula
    gets an apostrophe in front, which our reader takes away again; numbers like -12.5 need none. Cells beyond the last
    column are joined to it with ' | '. When `columns` has grown since the file was begun, its header grows too.
    """
    if not rejects.num_rows and path.exists():
        return
    header = _header_of(path)
    if header is not None and len(header) < len(columns) + 2:
        _widen(path, columns)
    fresh = header is None
    with path.open("a", encoding="utf-8-sig" if fresh else "utf-8", newline="") as file:
        writer = csv.writer(file)
        if fresh:
            writer.writerow([*map(guarded, columns), LINE, REASON])
        writer.writerows(_lines(rejects, len(columns)))


def _lines(rejects: pa.Table, width: int) -> Iterator[list[str]]:
    for batch in rejects.to_batches(max_chunksize=10_000):
        for row, reason, raw in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield [*(guarded(cell) for cell in _fitted(json.loads(raw), width)), str(row), reason]


def _fitted(cells: list[str], width: int) -> list[str]:
    if len(cells) > width:
        return [*cells[: width - 1], _SURPLUS.join(cells[width - 1 :])]
    return cells + [""] * (width - len(cells))


def _header_of(path: Path) -> list[str] | None:
    if not path.exists() or path.stat().st_size == 0:
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), None)


def _widen(path: Path, columns: Sequence[str]) -> None:
    """Put empty cells for new columns into the rows that are there already."""
    wider = path.with_name(f"{path.name}.part")
    with path.open(encoding="utf-8-sig", newline="") as old, wider.open("w", encoding="utf-8-sig", newline="") as new:
        writer = csv.writer(new)
        for number, cells in enumerate(csv.reader(old)):
            *own, line, reason = cells
            names = [guarded(name) for name in columns]
            writer.writerow([*(names if number == 0 else _fitted(own, len(columns))), line, reason])
    wider.replace(path)
