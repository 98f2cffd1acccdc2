"""The Delta tables of one generation: appending in streams, deleting by condition, keeping their files in
order.

How far a table has come stands in the very commit that brought its rows (Delta's application transactions),
so that whatever kills the process, a row is copied once.
"""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
from deltalake import ColumnProperties, CommitProperties, DeltaTable, Transaction, WriterProperties, write_deltalake

from vincle.engine.layout import TABLES
from vincle.engine.published import TableState

ROWS = "vincle.rows"  # up to which position rows are in
ERASURES = "vincle.erasures"  # up to which position erasures have been followed

_FILE = 128 << 20
_SMALL = 16 << 20
_MANY_SMALL = 32
_RETENTION_HOURS = 24  # a reader keeps its files for a day
_UNIQUE = ("uid", "message_id", "person_uid")  # no two alike, so a dictionary of them would be of no use
# Statistics go into the table's log, where an erasure does not reach: so they are kept of numbers only.
_NUMBERED = ("id", "interaction_id", "identity_id", "batch_id")


class MirrorTable:
    """One Delta table, written by one process at a time."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self._schema = TABLES[name]
        self._writer = _writer(self._schema)
        if DeltaTable.is_deltatable(str(folder)):
            self._delta = DeltaTable(str(folder))
        else:
            self._delta = DeltaTable.create(str(folder), self._schema, name=name, configuration=self._configuration())

    @property
    def files(self) -> list[str]:
        """The Parquet files that hold the table now."""
        added = self._delta.get_add_actions(flatten=True)
        return [str(self.folder / name) for name in added.column("path").to_pylist()]

    def position(self, application: str = ROWS) -> int:
        """How far this table has come; 0 at first."""
        return self._delta.transaction_version(application) or 0

    def append(self, rows: Iterable[pa.RecordBatch], *, position: int, erasures: int, always: bool = False) -> int:
        """Add rows and the positions they bring the table to, in one commit; returns how many rows.

        Without a row nothing is committed, unless `always`: the next run looks at the same stretch again.
        """
        batches = (batch for batch in rows if batch.num_rows)
        first = next(batches, None)
        if first is None and not always:
            return 0
        counted = _Counted(itertools.chain([first] if first else [], batches), self._schema)
        write_deltalake(
            self._delta,
            counted.reader(),
            mode="append",
            target_file_size=_FILE,
            writer_properties=self._writer,
            commit_properties=CommitProperties(
                app_transactions=[Transaction(ROWS, position), Transaction(ERASURES, erasures)]
            ),
        )
        self._delta.update_incremental()
        return counted.rows

    def delete(self, condition: str) -> int:
        """Remove the rows that meet `condition`; returns how many. Doing it again removes nothing more."""
        done = self._delta.delete(condition, writer_properties=self._writer)
        return int(done["num_deleted_rows"])

    def compact(self) -> bool:
        """Join the many small files of many small runs; returns whether there were that many."""
        sizes = self._delta.get_add_actions(flatten=True).column("size_bytes").to_pylist()
        if sum(size < _SMALL for size in sizes) < _MANY_SMALL:
            return False
        self._delta.optimize.compact(target_size=_FILE, writer_properties=self._writer)
        return True

    def vacuum(self) -> None:
        """Remove files that no reader of the last day can be using."""
        self._delta.vacuum(retention_hours=_RETENTION_HOURS, dry_run=False, full=True)

    def purge(self) -> None:
        """Remove every file that does not hold the table as it is now, at once, also what a killed run
        left.
        """
        self._delta.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True)
        current = {Path(file).name for file in self.files}
        for file in self.folder.iterdir():
            if file.is_file() and file.name not in current:
                file.unlink()

    def state(self) -> TableState:
        """The table as the mirror's page tells it."""
        added = self._delta.get_add_actions(flatten=True)
        return TableState(
            version=self._delta.version(),
            rows=sum(added.column("num_records").to_pylist()),
            bytes=sum(added.column("size_bytes").to_pylist()),
            files=added.num_rows,
            position=self.position(),
        )

    def _configuration(self) -> dict[str, str | None]:
        return {
            "delta.dataSkippingStatsColumns": ",".join(n for n in self._schema.names if n in _NUMBERED),
            "delta.deletedFileRetentionDuration": f"interval {_RETENTION_HOURS} hours",
            "delta.logRetentionDuration": "interval 2 days",
        }


def _writer(schema: pa.Schema) -> WriterProperties:
    plain = ColumnProperties(dictionary_enabled=False)
    return WriterProperties(
        compression="ZSTD",
        compression_level=1,
        max_row_group_size=250_000,
        column_properties={name: plain for name in schema.names if name in _UNIQUE},
    )


class _Counted:
    """Counts rows as they stream past."""

    def __init__(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> None:
        self.rows = 0
        self._batches = batches
        self._schema = schema

    def reader(self) -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(self._schema, self._counting())

    def _counting(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.rows += batch.num_rows
            yield batch.cast(self._schema)
