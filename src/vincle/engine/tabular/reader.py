"""What every reader gives: columns of text, row by row as a person would find them in the file."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import pyarrow as pa

from vincle.engine.tabular import raw_rows


@dataclass(frozen=True, slots=True)
class Raw:
    """A run of rows as they stand in the file.

    `table` has `row` (int64: the line, sheet row or event number) and one string column for each column of the file;
    it may bring columns that first appear here. `rejects` (shaped.REJECTS) are the rows that could not be
    read. `progress` is how much of the file has been read when this chunk ends, 0 to 1.
    """

    table: pa.Table
    rejects: pa.Table
    progress: float


class Reader(ABC):
    """One file, open for reading as often as wanted; made by `open_file`.

    `columns` are the names as far as they are known before reading to the end. `notes` are sentences for a person:
    how the file was understood (encoding, separator, renamed columns, sheet).
    """

    format: ClassVar[str]

    def __init__(self, path: Path, columns: Sequence[str], notes: Sequence[str] = ()) -> None:
        self.path = path
        self.name = path.name
        self.columns: tuple[str, ...] = tuple(columns)
        self.notes: tuple[str, ...] = tuple(notes)
        self.modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        self._left_out: tuple[str, ...] = ()

    @property
    @abstractmethod
    def progress(self) -> float:
        """How much of the file the current reading has passed, 0 to 1."""

    @abstractmethod
    def _runs(self, rows: int) -> Iterator[Raw]:
        """Runs of about `rows` rows, in order; cells as found."""

    def chunks(self, rows: int = 100_000) -> Iterator[Raw]:
        """Read the file from its start, about `rows` rows at a time (fewer when they are heavy).

        Raises `BadInput` when the file cannot be read any further.
        """
        for run in self._runs(rows):
            table = raw_rows.without_nul(run.table)
            ignored = [name for name in self._left_out if name in table.column_names]
            yield Raw(table.drop_columns(ignored) if ignored else table, run.rejects, run.progress)

    def sample(self, rows: int = 1000) -> pa.Table:
        """The first `rows` readable rows, without their numbers: string columns only."""
        taken: list[pa.Table] = []
        found = 0
        for run in self.chunks(rows):
            taken.append(run.table)
            found += run.table.num_rows
            if found >= rows:
                break
        if not taken:
            return pa.table({name: pa.array([], pa.string()) for name in self.columns})
        return pa.concat_tables(taken, promote_options="default").slice(0, rows).drop_columns(["row"])

    def leave_out(self, columns: Sequence[str], note: str) -> None:
        """Columns that are not the file's own: from now on neither shown nor read."""
        self._left_out = tuple(columns)
        self.columns = tuple(name for name in self.columns if name not in columns)
        self.notes = (*self.notes, note)

    def close(self) -> None:  # noqa: B027 - most readers hold nothing open between readings
        """Let go of what the reader holds open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
