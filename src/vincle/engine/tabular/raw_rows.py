"""Raw rows as Arrow tables: gathering them one by one, and cleaning what no database can hold."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.shaped import REJECTS
from vincle.engine.tabular.limits import CHUNK_BYTES, MAX_COLUMNS
from vincle.kernel.errors import BadInput

_GUARDED = r"^'([=+\-@\t\r])"
_NONE = pa.Table.from_batches([], REJECTS)  # made of nothing: pyarrow looks for pandas when it is given values
Reject = tuple[int, str, Sequence[str | None]]  # row, reason, cells as read


class RowBuilder:
    """Gathers records with changing keys into tables whose columns only ever grow.

    `columns` is shared with the reader: a key seen for the first time is added at its end.
    """

    def __init__(self, columns: list[str]) -> None:
        self._columns = columns
        self._clear()

    def _clear(self) -> None:
        self._cells: dict[str, list[str | None]] = {name: [] for name in self._columns}
        self._numbers: list[int] = []
        self._rejects: list[Reject] = []
        self._weight = 0

    def add(self, number: int, record: Mapping[str, str]) -> None:
        """One record; `number` is where a person would find it."""
        place = len(self._numbers)
        for name, value in record.items():
            cells = self._cells.get(name)
            if cells is None:
                cells = self._open_column(name)
            if len(cells) < place:
                cells.extend([None] * (place - len(cells)))
            cells.append(value)
            self._weight += len(value)
        self._numbers.append(number)

    def reject(self, number: int, reason: str, cells: Sequence[str | None]) -> None:
        """A record that could not be read."""
        self._rejects.append((number, reason, cells))

    def full(self, rows: int) -> bool:
        """Whether it is time to `take`."""
        return len(self._numbers) + len(self._rejects) >= rows or self._weight >= CHUNK_BYTES

    def take(self) -> tuple[pa.Table, pa.Table]:
        """The rows and the rejects gathered since the last time."""
        count = len(self._numbers)
        arrays: dict[str, pa.Array] = {"row": pa.array(self._numbers, pa.int64())}
        for name in self._columns:
            cells = self._cells[name]
            cells.extend([None] * (count - len(cells)))
            arrays[name] = pa.array(cells, pa.string())
        rejects = rejects_table(self._rejects)
        self._clear()
        return pa.table(arrays), rejects

    def _open_column(self, name: str) -> list[str | None]:
        if len(self._columns) >= MAX_COLUMNS:
            raise BadInput(
                f"The file has more than {MAX_COLUMNS:,} columns, so it is not a list of what happened.",
                "Keep the columns you need and import it again.",
            )
        self._columns.append(name)
        self._cells[name] = []
        return self._cells[name]


def rejects_table(rejects: Iterable[Reject]) -> pa.Table:
    """Rejects as `shaped.REJECTS`; the cells become a JSON array of strings."""
    found = list(rejects)
    return pa.table(
        {
            "row": [number for number, _, _ in found],
            "reason": [reason for _, reason, _ in found],
            "raw": [raw_json(cells) for _, _, cells in found],
        },
        schema=REJECTS,
    )


def raw_json(cells: Sequence[str | None]) -> str:
    """The cells of one row as a JSON array of strings; an absent cell is empty."""
    return json.dumps([(cell or "").replace("\0", "") for cell in cells], ensure_ascii=False)


def without_nul(table: pa.Table) -> pa.Table:
    """The same table with NUL characters taken out: PostgreSQL cannot hold them and no person can see them."""
    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type) and any(_has_byte(part, 0) for part in table.column(index).chunks):
            clean = pc.replace_substring(table.column(index), "\0", "")
            table = table.set_column(index, field, clean)
    return table


def unguarded(table: pa.Table) -> pa.Table:
    """The same table with the apostrophe taken from cells like `'=SUM(A1)`, where a spreadsheet export put it."""
    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type) and pc.any(pc.starts_with(table.column(index), "'")).as_py():
            bare = pc.replace_substring_regex(table.column(index), _GUARDED, r"\1")
            table = table.set_column(index, field, bare)
    return table


def has_newline(array: pa.Array) -> bool:
    """Whether any text in the array holds a line feed."""
    return _has_byte(array, 10)


def _has_byte(array: pa.Array, byte: int) -> bool:
    data = array.buffers()[2]
    if data is None or len(array) == 0:
        return False
    offsets = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]
    seen = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]
    return bool((seen == byte).any())


def regrouped(pairs: Iterable[tuple[pa.Table, pa.Table]], rows: int) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Tables and rejects of any size as runs of `rows` rows, at least one; heavy ones are cut at `CHUNK_BYTES`."""
    run = _Run(rows)
    yielded = False
    for table, refused in pairs:
        run.rejects.append(refused)
        rest = run.fill(table)
        while run.is_full:
            yield run.take()
            yielded = True
            rest = run.fill(rest)
    if not yielded or not run.is_empty:
        yield run.take()


class _Run:
    """Rows and rejects on their way into one chunk."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._tables: list[pa.Table] = []
        self._count = self._weight = 0
        self.rejects: list[pa.Table] = []

    @property
    def is_full(self) -> bool:
        return (
            self._count >= self._rows
            or self._weight >= CHUNK_BYTES
            or sum(part.num_rows for part in self.rejects) >= self._rows
        )

    @property
    def is_empty(self) -> bool:
        return self._count == 0 and not any(part.num_rows for part in self.rejects)

    def fill(self, table: pa.Table) -> pa.Table:
        """Take in as many rows as there is room for; gives back the rest."""
        heavy = self._weight + table.nbytes >= CHUNK_BYTES
        fitting = _rows_within(table, CHUNK_BYTES - self._weight) if heavy else table.num_rows
        taken = table.slice(0, min(self._rows - self._count, fitting))
        self._tables.append(taken)
        self._count += taken.num_rows
        # What is cut for its weight fills the run, whatever the estimate was.
        self._weight += CHUNK_BYTES if taken.num_rows < table.num_rows else taken.nbytes
        return table.slice(taken.num_rows)

    def take(self) -> tuple[pa.Table, pa.Table]:
        """The rows and rejects gathered; the run begins again."""
        whole = pa.concat_tables(self._tables), pa.concat_tables(self.rejects or [_NONE])
        self._tables, self.rejects = [], []
        self._count = self._weight = 0
        return whole


def _rows_within(table: pa.Table, room: int) -> int:
    """About how many rows of the table fit into `room` bytes, at least one."""
    return int(max(1, room * table.num_rows // max(1, table.nbytes)))
