"""OCEL 2.0 in SQLite (https://www.ocel-standard.org): opened read-only, its own code never run."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from vincle.engine.tabular.ocel_store import OcelStore, Record
from vincle.engine.tabular.sql import identifier
from vincle.kernel.errors import BadInput

_NEEDED = ("event", "object", "event_object", "event_map_type", "object_map_type")


def load(path: Path, store: OcelStore) -> None:
    """Put the database's events and objects into the store. Raises `BadInput` when it is no OCEL 2.0 log."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.text_factory = lambda text: text.decode("utf-8", "replace").replace("\0", "")
            database.execute("PRAGMA trusted_schema = OFF")
            _Log(database, path).copy(store)
    except sqlite3.Error as problem:
        raise BadInput(
            f"“{path.name}” is not a whole OCEL 2.0 database: {problem}.", "Export it again as OCEL 2.0 SQLite."
        ) from problem


class _Log:
    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self._tables = {
            str(name)
            for name, code in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if not str(code or "").lstrip().upper().startswith("CREATE VIRTUAL")
        }
        missing = [name for name in _NEEDED if name not in self._tables]
        if missing:
            raise BadInput(
                f"“{path.name}” is a SQLite database but not an OCEL 2.0 log: it has no table “{missing[0]}”.",
                "Export the table you need as CSV.",
            )

    def copy(self, store: OcelStore) -> None:
        store.add("event", self._events())
        store.add("e2o", self._read("event_object", "ocel_event_id", "ocel_object_id", "ocel_qualifier"))
        store.add("object", self._read("object", "ocel_id", "ocel_type"))
        if "object_object" in self._tables:
            store.add("o2o", self._read("object_object", "ocel_source_id", "ocel_target_id", "ocel_qualifier"))
        store.add("object_value", self._values())

    def _events(self) -> Iterator[Record]:
        for kind, table in self._typed("event"):
            names = self._columns(table)
            wanted = [name for name in names if name not in {"ocel_id", "ocel_time"}]
            for key, moment, *values in self._read(table, "ocel_id", "ocel_time", *wanted):
                attributes = {name: value for name, value in zip(wanted, values, strict=True) if value is not None}
                yield key, kind, moment, json.dumps(attributes, ensure_ascii=False)

    def _values(self) -> Iterator[Record]:
        for _, table in self._typed("object"):
            names = self._columns(table)
            wanted = [name for name in names if name not in {"ocel_id", "ocel_time", "ocel_changed_field"}]
            for key, moment, *values in self._read(table, "ocel_id", "ocel_time", *wanted):
                yield from (
                    (key, name, moment, value) for name, value in zip(wanted, values, strict=True) if value is not None
                )

    def _typed(self, what: str) -> Iterator[tuple[str, str]]:
        """Each type of events or objects and the table that holds them."""
        for kind, mapped in self._read(f"{what}_map_type", "ocel_type", "ocel_type_map"):
            table = f"{what}_{mapped}"
            if kind is not None and table in self._tables:
                yield kind, table

    def _columns(self, table: str) -> list[str]:
        return [str(row[1]) for row in self._database.execute(f"PRAGMA table_info({identifier(table)})")]

    def _read(self, table: str, *columns: str) -> Iterator[Record]:
        listed = ", ".join(identifier(column) for column in columns)
        rows = self._database.execute(f"SELECT {listed} FROM {identifier(table)}")
        return (tuple(_as_text(value) for value in row) for row in rows)


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").replace("\0", "")
    return repr(value)
