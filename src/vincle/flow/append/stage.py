"""Staging: an Arrow table becomes a table that the database can select from, inside the caller's transaction.

PostgreSQL: a temporary table filled by COPY. SQLite, many rows: ADBC writes a file of its own, which is then
attached; the main file is only ever touched by one SQLite library (two in one process would drop each other's
locks). SQLite, few rows: a temporary table.
"""

import itertools
import os
from collections.abc import Collection
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from vincle.flow.append.copying import copy
from vincle.flow.append.given import listed
from vincle.kernel.home import Home

MANY = 5_000  # below this, opening a second file costs more than it saves
FEW = 2_000  # numbers that can as well be written out

_POSTGRES_TYPES = {
    "int64": "bigint",
    "string": 'text COLLATE "C"',
    "double": "double precision",
    "bool": "boolean",
    "binary": "bytea",
}
_numbers = itertools.count()


class Stage:
    """Tables staged for one transaction. Use as a context manager *around* the transaction, so that what was
    attached is let go after the commit."""

    def __init__(self) -> None:
        self._attached: list[tuple[str, Path]] = []
        self._temporary: list[str] = []
        self._may_attach = not connection.in_atomic_block

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with connection.cursor() as cursor:
            for alias, path in self._attached:
                cursor.execute(f"DETACH DATABASE {alias}")
                path.unlink()
            if kind is None:
                for name in self._temporary:
                    cursor.execute(f"DROP TABLE IF EXISTS {name}")

    def put(self, table: pa.Table) -> str:
        """Stage `table`; returns the name to select from. Columns keep their names."""
        number = next(_numbers)
        if connection.vendor == "postgresql":
            return self._copy(table, f"stage_{number}")
        plain = _for_sqlite(table)
        if self._may_attach and plain.num_rows >= MANY and len(self._attached) < 8:
            return self.attach(as_file(plain))
        return self._insert(plain, f"stage_{number}")

    def numbers(self, ids: Collection[int]) -> str:
        """What stands between the brackets of IN for these row numbers."""
        if len(ids) <= FEW:
            return listed(ids)
        return f"SELECT id FROM {self.put(pa.table({'id': pa.array(ids, pa.int64())}))}"

    def attach(self, path: Path) -> str:
        """Select from a file that `as_file` wrote; it is gone when the stage is."""
        alias = f"stage_{next(_numbers)}"
        with connection.cursor() as cursor:
            cursor.execute(f"ATTACH DATABASE %s AS {alias}", [str(path)])
        self._attached.append((alias, path))
        return f"{alias}.rows"

    def _insert(self, table: pa.Table, name: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {name} ({', '.join(table.column_names)})")
            self._temporary.append(f"temp.{name}")
            holes = ", ".join(["%s"] * table.num_columns)
            for batch in table.to_batches(max_chunksize=20_000):
                rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
                cursor.executemany(f"INSERT INTO temp.{name} VALUES ({holes})", list(rows))
        return f"temp.{name}"

    def _copy(self, table: pa.Table, name: str) -> str:
        columns = ", ".join(f"{field.name} {_postgres_type(field.type)}" for field in table.schema)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")
        copy(table, into=name)
        return name


def as_file(table: pa.Table) -> Path:
    """Write a table to a file of its own for `Stage.attach`; from any thread, since no database is asked."""
    import adbc_driver_sqlite.dbapi as adbc

    folder = Home.at().staging
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"rows-{os.getpid()}-{next(_numbers)}.sqlite3"
    path.unlink(missing_ok=True)
    try:
        with adbc.connect(f"file:{path}", autocommit=True) as file, file.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.adbc_ingest("rows", _for_sqlite(table), mode="create")
    except adbc.Error:
        path.unlink(missing_ok=True)
        raise
    return path


def _for_sqlite(table: pa.Table) -> pa.Table:
    """The same table with instants as whole microseconds."""
    for index, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            micros = pc.cast(table.column(index), pa.int64())
            table = table.set_column(index, field.name, micros)
    return table


def _postgres_type(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "timestamptz"
    return _POSTGRES_TYPES[str(kind)]
