"""Filling an empty database from an unpacked archive, with the numbers that its rows had."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from vincle.flow.backup.columns import before_writing
from vincle.flow.backup.manifest import Manifest, Table
from vincle.kernel.errors import BadInput, Refused

ROWS = 20_000


def all_or_nothing() -> AbstractContextManager[Any]:
    """What the whole of a restoration happens in.

    On PostgreSQL one transaction. SQLite's file is thrown away when something fails, and its migrations cannot run
    inside a transaction.
    """
    return nullcontext() if connection.vendor == "sqlite" else transaction.atomic(durable=True)


def load(contents: Manifest, folder: Path, *, progress: Callable[[str], None]) -> None:
    """Make the tables as the archive knew them, fill them, and bring them up to this version.

    Raises `Refused` when the database is not empty, `BadInput` when the archive is of a newer version or cannot be
    held by this engine.
    """
    _require_empty()
    executor = MigrationExecutor(connection)
    _require_known(contents, executor)
    executor.migrate(_targets(contents, executor))
    for table in contents.tables:
        progress(table.name)
        _clear(table)
        try:
            rows = _insert(table, _rows(folder / table.member, table))
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise BadInput(f"{table.name} cannot be restored into this database: {reason}.") from error
        if rows != table.rows:
            raise BadInput(f"{table.name} has {rows} rows where the backup promised {table.rows}.")
        _set_sequence(table)
    _check_references()
    call_command("migrate", verbosity=0, interactive=False)


def _require_empty() -> None:
    tables = connection.introspection.table_names()
    if tables:
        raise Refused(
            f"The database is not empty: it has {len(tables)} tables.", "Restore into a new one; nothing was changed."
        )


def _require_known(contents: Manifest, executor: MigrationExecutor) -> None:
    known = set(executor.loader.graph.nodes)
    if any(tuple(migration) not in known for migration in contents.migrations):
        raise BadInput(
            f"The backup was made by a newer version of Vincle ({contents.vincle}).", "Install that one to restore it."
        )


def _targets(contents: Manifest, executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The last migration of each app that the archive has."""
    applied = {tuple(migration) for migration in contents.migrations}
    graph = executor.loader.graph
    return [
        (app, name)
        for app, name in sorted(applied)
        if not any(child.key in applied and child.key[0] == app for child in graph.node_map[app, name].children)
    ]


def _rows(path: Path, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    names = [name for name, _ in table.columns]
    converters = [before_writing(kind, connection.vendor) for _, kind in table.columns]
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS, columns=names):
            columns = [_values(batch.column(name), convert) for name, convert in zip(names, converters, strict=True)]
            yield list(zip(*columns, strict=True))


def _values(column: pa.Array, convert: Callable[[Any], Any] | None) -> list[Any]:
    values: list[Any] = column.to_pylist()
    return values if convert is None else [value if value is None else convert(value) for value in values]


def _insert(table: Table, portions: Iterable[Sequence[tuple[Any, ...]]]) -> int:
    columns = ", ".join(f'"{name}"' for name, _ in table.columns)
    count = 0
    if connection.vendor == "sqlite":
        marks = ", ".join(["?"] * len(table.columns))
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("PRAGMA foreign_keys = OFF")  # tables are filled in any order; references are checked at the end
        raw.execute("PRAGMA synchronous = OFF")  # a file that is thrown away if this does not end well
        for rows in portions:
            with transaction.atomic():
                raw.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', rows)
            count += len(rows)
        return count
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for rows in portions:
            for row in rows:
                copy.write_row(row)
            count += len(rows)
    return count


def _clear(table: Table) -> None:
    """Take away what a migration has put there; the log's tables, which refuse deletion, are empty."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table.name}" LIMIT 1')
        if cursor.fetchone():
            cursor.execute(f'DELETE FROM "{table.name}"')


def _set_sequence(table: Table) -> None:
    if table.last_number is None:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, table.last_number])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table.name}"', table.last_number]
            )


def _check_references() -> None:
    """Every foreign key must find its row."""
    if connection.vendor == "sqlite":
        connection.check_constraints()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
