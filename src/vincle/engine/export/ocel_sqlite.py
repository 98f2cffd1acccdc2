"""OCEL 2.0 as an SQLite database."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

from vincle.engine.export.destination import whole
from vincle.engine.export.ocel import EVENTS, OBJECTS, RELATIONS, Shape, prepared, rows, rows_in_runs
from vincle.engine.export.selection import BATCH, Selection
from vincle.engine.log import Log
from vincle.kernel.errors import BadInput

_ALWAYS = "1970-01-01T00:00:00Z"
_SQL_TYPES = {"string": "TEXT", "float": "REAL"}

_TABLES = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type));
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (
    ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id), ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
    ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id), ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""


def write_ocel_sqlite(log: Log, path: Path, selection: Selection) -> dict[str, int]:
    """Returns how many `events` and `objects` were written."""
    with prepared(log, selection) as (kinds, types), whole(path) as draft:
        try:
            with closing(sqlite3.connect(draft)) as database:
                counts = _Database(database, kinds, types).fill(log, selection)
                database.commit()
        except sqlite3.Error as error:
            raise BadInput(f"{path} cannot be written: {error}.", "Name another place, or make room.") from error
    return counts


class _Database:
    def __init__(self, database: sqlite3.Connection, kinds: list[Shape], types: list[Shape]) -> None:
        self._database = database
        self._kinds = {shape.name: shape for shape in kinds}
        self._types = {shape.name: shape for shape in types}
        self._tables = {
            **{("event", kind): name for kind, name in table_names(self._kinds).items()},
            **{("object", kind): name for kind, name in table_names(self._types).items()},
        }
        # A draft that is thrown away when anything fails needs no journal.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_TABLES)
        for (what, kind), name in self._tables.items():
            self._make_table(what, kind, name)

    def fill(self, log: Log, selection: Selection) -> dict[str, int]:
        objects = self._rows("object", "type", "id", self._types, rows(log, selection.before(OBJECTS)))
        events = self._rows("event", "kind", "uid", self._kinds, rows_in_runs(log, selection, EVENTS))
        relations = rows_in_runs(log, selection, RELATIONS)
        self._database.executemany(
            "INSERT INTO event_object VALUES (?, ?, ?)",
            ((row["uid"], row["object"], row["qualifier"]) for row in relations),
        )
        return {"events": events, "objects": objects}

    def _make_table(self, what: str, kind: str, name: str) -> None:
        shape = (self._kinds if what == "event" else self._types)[kind]
        self._database.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", (kind, name))
        columns = [f"ocel_id TEXT REFERENCES {what} (ocel_id)", "ocel_time TIMESTAMP"]
        columns += [f"{_quoted(name)} {_SQL_TYPES[type_]}" for name, type_ in shape.attributes.items()]
        if what == "object":
            columns.append("ocel_changed_field TEXT")
        self._database.execute(f"CREATE TABLE {_quoted(f'{what}_{name}')} ({', '.join(columns)})")

    def _rows(self, what: str, by: str, key: str, shapes: dict[str, Shape], found: Iterable[dict[str, Any]]) -> int:
        count = 0
        for batch in _batches(found):
            self._database.executemany(f"INSERT INTO {what} VALUES (?, ?)", ((row[key], row[by]) for row in batch))
            of_type: dict[str, list[list[Any]]] = {}
            for row in batch:
                values = shapes[row[by]].values(row)
                named = [values.get(name) for name in shapes[row[by]].attributes]
                of_type.setdefault(row[by], []).append([row[key], row.get("moment", _ALWAYS), *named])
            for kind, records in of_type.items():
                columns = ["ocel_id", "ocel_time", *map(_quoted, shapes[kind].attributes)]
                table = _quoted(f"{what}_{self._tables[what, kind]}")
                marks = ", ".join("?" * len(columns))
                self._database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", records)
            count += len(batch)
        return count


def table_names(kinds: Iterable[str]) -> dict[str, str]:
    """A short name of plain letters for each type, unlike the others also where case does not count."""
    used: set[str] = set()
    names = {}
    for kind in kinds:
        plain = "".join(part.capitalize() for part in re.findall(r"[A-Za-z0-9]+", kind)) or "Type"
        name, number = plain, 2
        while name.lower() in used:
            name, number = f"{plain}{number}", number + 1
        used.add(name.lower())
        names[kind] = name
    return names


def _batches(found: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(found)
    for first in iterator:
        yield list(chain([first], (row for _, row in zip(range(BATCH - 1), iterator, strict=False))))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
