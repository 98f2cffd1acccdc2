"""An object-centric event log (OCEL 2.0) laid out in tables on disk, whichever file it came from."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from vincle.engine.tabular.sql import identifier, literal

EVENTS = pa.schema([("id", pa.string()), ("type", pa.string()), ("time", pa.string()), ("attributes", pa.string())])
OBJECTS = pa.schema([("id", pa.string()), ("type", pa.string())])
RELATIONS = pa.schema([("source", pa.string()), ("target", pa.string()), ("qualifier", pa.string())])
VALUES = pa.schema([("object", pa.string()), ("name", pa.string()), ("time", pa.string()), ("value", pa.string())])

_TABLES = {"event": EVENTS, "object": OBJECTS, "e2o": RELATIONS, "o2o": RELATIONS, "object_value": VALUES}
_BATCH = 50_000

Record = tuple[str | None, ...]


class OcelStore:
    """Tables `event`, `object`, `e2o` (event to object), `o2o` and `object_value` in a temporary DuckDB database.

    `event.n` numbers the events from 1 in the order they were added.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vincle-ocel-")
        self._database = duckdb.connect(str(Path(self._folder.name) / "log.duckdb"))
        self._database.execute("SET memory_limit = '512MB'; SET threads = 2")
        self._database.execute("CREATE SEQUENCE numbers")
        for name, schema in _TABLES.items():
            columns = ", ".join(f"{identifier(field.name)} VARCHAR" for field in schema)
            counter = "n BIGINT DEFAULT nextval('numbers'), " if name in {"event", "e2o"} else ""
            self._database.execute(f"CREATE TABLE {name} ({counter}{columns})")

    def close(self) -> None:
        """Remove the tables."""
        self._database.close()
        self._folder.cleanup()

    def add(self, table: str, records: Iterable[Record]) -> None:
        """Append records, whose values stand in the order of the table's schema."""
        batch: list[Record] = []
        for record in records:
            batch.append(record)
            if len(batch) >= _BATCH:
                self._insert(table, batch)
                batch = []
        self._insert(table, batch)

    def ready(self) -> None:
        """Call once everything has been added: numbers the events and reads their times."""
        self._database.execute(
            """
            CREATE TABLE numbered AS
                SELECT row_number() OVER (ORDER BY n) AS n, id, type, time, attributes,
                       try_cast(time AS TIMESTAMPTZ) AS moment
                FROM event;
            DROP TABLE event;
            ALTER TABLE numbered RENAME TO event;
            """
        )

    def count(self) -> int:
        """How many events there are."""
        return int(self._database.sql("SELECT count(*) FROM event").fetchall()[0][0])

    def object_types(self) -> list[str]:
        """The types of the objects, in alphabetical order."""
        return self._names("SELECT DISTINCT type FROM object WHERE type IS NOT NULL ORDER BY 1")

    def attributes(self) -> list[str]:
        """The names of the events' attributes, in alphabetical order."""
        return self._names("SELECT DISTINCT unnest(json_keys(attributes)) FROM event ORDER BY 1")

    def run(self, start: int, count: int, columns: dict[str, tuple[str, str]]) -> pa.Table:
        """Events from number `start` on; `columns` tells what each output column is, see `_expression`."""
        chosen = ", ".join(f"{_expression(*what)} AS {identifier(name)}" for name, what in columns.items())
        return self._database.sql(
            f"""
            WITH chunk AS (SELECT * FROM event WHERE n >= {start} AND n < {start + count}),
            direct AS (
                SELECT c.n, c.moment, r.n AS place, o.id, o.type, coalesce(r.qualifier, '') AS qualifier
                FROM chunk c JOIN e2o r ON r.source = c.id JOIN object o ON o.id = r.target
            ),
            beside AS (
                SELECT d.n, d.place, other.id, other.type
                FROM direct d
                JOIN (SELECT source AS this, target AS that FROM o2o UNION ALL SELECT target, source FROM o2o) r
                  ON r.this = d.id
                JOIN object other ON other.id = r.that
            ),
            reached AS (
                SELECT n, type, min_by(id, (remove, place, id)) AS id
                FROM (SELECT n, type, id, place, 0 AS remove FROM direct
                      UNION ALL SELECT n, type, id, place, 1 FROM beside)
                GROUP BY n, type
            ),
            nearest AS (SELECT n, map_from_entries(list((type, id))) AS found FROM reached GROUP BY n),
            current AS (
                SELECT n, place, json_group_object(name, value) AS properties
                FROM (
                    SELECT d.n, d.place, v.name,
                           arg_max(v.value, coalesce(try_cast(v.time AS TIMESTAMPTZ), TIMESTAMPTZ '0001-01-01')
                           ) AS value
                    FROM direct d JOIN object_value v ON v.object = d.id
                    WHERE d.moment IS NULL OR coalesce(try_cast(v.time AS TIMESTAMPTZ) <= d.moment, true)
                    GROUP BY ALL
                )
                GROUP BY n, place
            ),
            about AS (
                SELECT n, to_json(list({{'type': type, 'key': id, 'qualifier': qualifier, 'properties': properties}}
                                       ORDER BY place))::VARCHAR AS objects
                FROM direct LEFT JOIN current USING (n, place)
                GROUP BY n
            )
            SELECT n AS row, {chosen}
            FROM chunk LEFT JOIN nearest USING (n) LEFT JOIN about USING (n)
            ORDER BY n
            """
        ).to_arrow_table()

    def _insert(self, table: str, batch: list[Record]) -> None:
        if not batch:
            return
        schema = _TABLES[table]
        columns = [pa.array(values, pa.string()) for values in zip(*batch, strict=True)]
        self._database.register("batch", pa.table(columns, schema=schema))
        names = ", ".join(identifier(field.name) for field in schema)
        self._database.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM batch")
        self._database.unregister("batch")

    def _names(self, query: str) -> list[str]:
        return [str(name) for (name,) in self._database.sql(query).fetchall()]


def iterate(store: OcelStore, rows: int, columns: dict[str, tuple[str, str]]) -> Iterator[pa.Table]:
    """All events, `rows` at a time."""
    for start in range(1, store.count() + 1, rows):
        yield store.run(start, rows, columns)


def _expression(what: str, name: str) -> str:
    """('event', 'id' | 'type' | 'time'), ('attribute', name), ('object', type) or ('objects', '')."""
    if what == "attribute":
        path = '$."' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return f"json_extract_string(attributes, {literal(path)})"
    if what == "object":
        return f"found[{literal(name)}]"
    return "objects" if what == "objects" else f"chunk.{name}"
