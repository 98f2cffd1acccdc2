"""Every table as it was at one instant, read in batches while others go on writing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from vincle.flow.backup.columns import ARROW, after_reading, kind_of, read_expression
from vincle.kernel.errors import Refused

ROWS = 50_000  # of a batch at most,
BYTES = 32 * 1024 * 1024  # and about so much text
FETCH = 1_000

# What ends with the session, and what is worked out again.
LEFT_OUT = {"sessions.Session", "flow.Reading"}


class TableReader:
    """One table of the snapshot: its name, columns with kinds, and its rows in the order of its primary key."""

    def __init__(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._model = model
        self.name = model._meta.db_table  # noqa: SLF001 - Django's documented way to a model's table
        fields = model._meta.local_concrete_fields  # noqa: SLF001
        self.columns = [(field.column, kind_of(field)) for field in fields if field.column]
        self.schema = pa.schema([(name, ARROW[kind]) for name, kind in self.columns])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows, as Arrow."""
        vendor = self._connection.vendor
        shown = ", ".join(read_expression(name, kind, vendor) for name, kind in self.columns)
        order = ", ".join(f'"{field.column}"' for field in self._model._meta.pk_fields)  # noqa: SLF001
        converters = [after_reading(kind, vendor) for _, kind in self.columns]
        with self._connection.chunked_cursor() as cursor:
            cursor.execute(f'SELECT {shown} FROM "{self.name}" ORDER BY {order}')
            for rows in _portions(cursor):
                arrays = [
                    pa.array(values if convert is None else [v if v is None else convert(v) for v in values], type_)
                    for values, convert, type_ in zip(
                        zip(*rows, strict=True), converters, self.schema.types, strict=True
                    )
                ]
                yield pa.record_batch(arrays, schema=self.schema)

    def last_number(self) -> int | None:
        """The last number its sequence gave out, or the highest in use; None when it has no sequence or none yet."""
        field = self._model._meta.auto_field  # noqa: SLF001
        if field is None:
            return None
        with self._connection.cursor() as cursor:
            cursor.execute(f'SELECT max("{field.column}") FROM "{self.name}"')
            highest = cursor.fetchone()[0]
            if self._connection.vendor == "sqlite":
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self.name])
            else:
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{self.name}"', field.column])
                cursor.execute(f"SELECT last_value FROM {cursor.fetchone()[0]} WHERE is_called")
            given = cursor.fetchone()
        return max(highest or 0, given[0] if given else 0) or None


class Snapshot:
    """The database at one instant."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._loader = MigrationLoader(connection)
        self.engine = connection.vendor

    def migrations(self) -> list[tuple[str, str]]:
        """The migrations applied, in their order."""
        return list(self._loader.applied_migrations)

    def tables(self) -> list[TableReader]:
        """Every table that Django manages and a backup keeps, as the database has them.

        That is what its migrations made, which may be fewer than this version has: one makes a backup before one
        brings a database up to date. Raises `Refused` when a newer version has been at work.
        """
        unknown = self._loader.applied_migrations.keys() - self._loader.graph.nodes.keys()
        if unknown:
            raise Refused("The database belongs to a newer version of Vincle.", "Install that one to make a backup.")
        state = self._loader.project_state(nodes=self.migrations())
        managed = [
            model
            for model in state.apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT  # noqa: SLF001
        ]
        return [TableReader(model, self._connection) for model in managed]


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """A view of the whole database that later commits do not change. It holds up no writer."""
    connection = connections.create_connection("default")
    try:
        if connection.vendor == "sqlite":
            # Deferred, unlike this project's usual transactions: it only reads. The first read fixes the instant.
            with connection.cursor() as cursor:
                cursor.execute("BEGIN DEFERRED")
                cursor.execute("SELECT count(*) FROM sqlite_master")
        else:
            connection.set_autocommit(False)
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT 1")
        yield Snapshot(connection)
    finally:
        connection.close()


def _portions(cursor: Any) -> Iterator[Sequence[Sequence[Any]]]:
    """Rows in portions that stay small in memory, also when a single text is large."""
    rows: list[Sequence[Any]] = []
    size = 0
    while fetched := cursor.fetchmany(FETCH):
        rows.extend(fetched)
        size += sum(len(value) for row in fetched for value in row if isinstance(value, str | bytes))
        if len(rows) >= ROWS or size >= BYTES:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows
