"""From names to numbers: a chunk's kinds, touchpoints, colleagues, identities and things, found or made.

One `Resolver` serves one import: it remembers in DuckDB what it has already found, so that each person of a file
costs the database one look, however many rows they have. After a failed transaction throw it away: it may remember
numbers that were rolled back.
"""

from collections.abc import Collection, Iterable

import duckdb
import numpy as np
import pyarrow as pa
from django.db import connection

from vincle.engine.shaped import Shaped
from vincle.flow.append import dictionary, numbers
from vincle.flow.append.stage import Stage
from vincle.kernel.home import Home

_REMEMBERED = """
CREATE TABLE kind (name VARCHAR, id BIGINT);
CREATE TABLE touchpoint (channel VARCHAR, place VARCHAR, id BIGINT);
CREATE TABLE colleague (name VARCHAR, id BIGINT);
CREATE TABLE identity (namespace VARCHAR, value VARCHAR, id BIGINT);
CREATE TABLE thing (type VARCHAR, key VARCHAR, id BIGINT);
CREATE TABLE observed (identity_id BIGINT, name VARCHAR, value VARCHAR);
CREATE TABLE counted (
    identity_id BIGINT, currency VARCHAR, interactions BIGINT, first_at TIMESTAMPTZ, last_at TIMESTAMPTZ, amount BIGINT
);
"""

_KEYS = {
    "kind": "name",
    "touchpoint": "channel, place",
    "colleague": "name",
    "identity": "namespace, value",
    "thing": "type, key",
}

_FORGET = "; ".join(
    f"DELETE FROM {name}" for name in ("kind", "touchpoint", "colleague", "identity", "thing", "observed", "counted")
)

# Many chunks speak of the same identities: now and then what was counted is added up, so that it stays small.
_ADDED_UP_AFTER = 8
_ADD_UP = """
CREATE OR REPLACE TABLE counted AS
SELECT identity_id, currency, sum(interactions)::BIGINT AS interactions, min(first_at) AS first_at,
       max(last_at) AS last_at, sum(amount)::BIGINT AS amount
FROM counted GROUP BY ALL
"""
_SUMS = """
SELECT identity_id, sum(interactions)::BIGINT AS interactions, min(first_at) AS first_at, max(last_at) AS last_at,
       coalesce(sum(amount) FILTER (currency = $currency), 0)::BIGINT AS amount
FROM counted GROUP BY identity_id ORDER BY identity_id
"""

# What the chunk says, joined to the numbers just found. One row for each interaction, in the order read.
_ROWS = """
SELECT row_number() OVER (ORDER BY s.row) - 1 AS place, s.row, s.message_id, s.occurred_at, k.id AS kind_id,
       t.id AS touchpoint_id, i.id AS identity_id, c.id AS staff_id, s.amount, s.currency, s.score, s.text, s.properties
FROM given s
JOIN kind k ON k.name = s.kind
JOIN identity i ON i.namespace = s.namespace AND i.value = s.identity
LEFT JOIN touchpoint t ON t.channel = coalesce(s.channel, $channel) AND t.place = coalesce(s.place, '')
    AND (s.channel IS NOT NULL OR s.place IS NOT NULL)
LEFT JOIN colleague c ON c.name = s.staff
ORDER BY s.row
"""


class Resolver:
    """Finds or makes what a chunk names. Use inside the transaction that will use the numbers."""

    def __init__(self) -> None:
        folder = Home.at().staging
        self.duck = duckdb.connect(config={"threads": 2, "memory_limit": "600MB", "temp_directory": str(folder)})
        self.duck.execute("SET TimeZone = 'UTC'")
        self.duck.execute(_REMEMBERED)
        self.all_new = True  # whether nothing of the chunk before was in the log already
        self._chunks: set[int] = set()
        self._departures: int | None = None

    def close(self) -> None:
        self.duck.close()

    def forget(self) -> None:
        """Remember nothing, as when new."""
        self.duck.execute(_FORGET)
        self.all_new = True
        self._chunks.clear()

    def trust(self, departures: int) -> None:
        """Forget all when anything has left the log since it was found: its number may lead nowhere."""
        if self._departures is not None and self._departures != departures:
            self.forget()
        self._departures = departures

    def find(self, chunk: Shaped, *, source_id: int, stage: Stage) -> None:
        """Find or make all that the chunk names."""
        self.duck.register("interactions", chunk.interactions)
        self.duck.register("links", chunk.links)
        self._few()
        self._identities(stage)
        if chunk.objects.num_rows:
            self._things(chunk.objects, source_id=source_id, stage=stage)

    def rows(self, chunk: Shaped, duck: duckdb.DuckDBPyConnection | None = None) -> pa.Table:
        """The chunk's interactions with every name as a number (columns of `_ROWS`), and a `uid` each.

        After `find`; in another thread with a `duck` of its own, a cursor of ours.
        """
        duck = duck or self.duck
        duck.register("given", chunk.interactions)
        rows = duck.sql(_ROWS, params={"channel": dictionary.DEFAULT_CHANNEL}).to_arrow_table()
        duck.unregister("given")
        return rows.append_column("uid", numbers.uids(rows.num_rows))

    def count(self, rows: pa.Table) -> None:
        """Remember what a chunk adds to its identities; all of `rows` have entered."""
        self.duck.register("entered", rows)
        self.duck.execute(
            "INSERT INTO counted SELECT identity_id, currency, count(*), min(occurred_at), max(occurred_at), "
            "sum(amount) FROM entered GROUP BY identity_id, currency"
        )
        self._chunks.add(rows.column("id")[0].as_py())
        if len(self._chunks) % _ADDED_UP_AFTER == 0:
            self.duck.execute(_ADD_UP)

    def sums(self, chunks: Collection[int], *, currency: str) -> pa.Table | None:
        """What the chunks (by the first number of each) add to each identity: `identity_id`, `interactions`,
        `first_at`, `last_at`, `amount`. None unless these are the ones that were counted here.
        """
        return self._table(_SUMS, {"currency": currency}) if self._chunks == set(chunks) else None

    def _few(self) -> None:
        kinds = dict(
            self.duck.execute(
                "SELECT kind, coalesce(any_value(kind_label), '') FROM interactions "
                "WHERE kind NOT IN (SELECT name FROM kind) GROUP BY kind"
            ).fetchall()
        )
        if kinds:
            known = dictionary.kind_numbers(kinds)
            self._remember("kind", _columns(known.items(), name=pa.string(), id=pa.int64()))
        places = set(
            self.duck.execute(
                "SELECT DISTINCT coalesce(channel, $1), coalesce(place, '') FROM interactions "
                "WHERE channel IS NOT NULL OR place IS NOT NULL "
                "EXCEPT SELECT channel, place FROM touchpoint",
                [dictionary.DEFAULT_CHANNEL],
            ).fetchall()
        )
        if places:
            found = [(*where, number) for where, number in dictionary.touchpoint_numbers(places).items()]
            self._remember("touchpoint", _columns(found, channel=pa.string(), place=pa.string(), id=pa.int64()))
        names = {
            name
            for (name,) in self.duck.execute(
                "SELECT DISTINCT staff FROM interactions WHERE staff IS NOT NULL EXCEPT SELECT name FROM colleague"
            ).fetchall()
        }
        if names:
            staff = dictionary.colleague_numbers(names)
            self._remember("colleague", _columns(staff.items(), name=pa.string(), id=pa.int64()))

    def _identities(self, stage: Stage) -> None:
        new = self._table(
            "SELECT DISTINCT namespace, identity AS value FROM "
            "(SELECT namespace, identity FROM interactions UNION ALL SELECT namespace, identity FROM links) w "
            "ANTI JOIN identity i ON i.namespace = w.namespace AND i.value = w.identity ORDER BY ALL"
        )
        if not new.num_rows:
            return
        numbered = _numbered(new, "flow_identity")
        name = stage.put(numbered)
        with connection.cursor() as cursor:
            # The person is a projection of the facts: alone, until one says otherwise.
            cursor.execute(
                "INSERT INTO flow_identity (id, namespace, value, person_id, interactions, amount) "
                f"SELECT id, namespace, value, id, 0, 0 FROM {name} WHERE true "
                "ON CONFLICT (namespace, value) DO NOTHING"
            )
            if cursor.rowcount == numbered.num_rows:
                self._remember("identity", numbered)
                return
            cursor.execute(
                "SELECT i.namespace, i.value, i.id FROM flow_identity i "
                f"JOIN {name} s ON s.namespace = i.namespace AND s.value = i.value"
            )
            self._remember(
                "identity",
                _columns(cursor.fetchall(), namespace=pa.string(), value=pa.string(), id=pa.int64()),
            )

    def _things(self, objects: pa.Table, *, source_id: int, stage: Stage) -> None:
        self.duck.register("objects", objects)
        new = self._table(
            "SELECT o.type, o.key, coalesce(max(o.label), '')[:255] AS label, max(o.properties) AS properties "
            "FROM objects o ANTI JOIN thing t ON t.type = o.type AND t.key = o.key GROUP BY ALL ORDER BY ALL"
        )
        if not new.num_rows:
            return
        name = stage.put(_numbered(new, "flow_thing"))
        properties = "properties" if connection.vendor == "sqlite" else "properties::jsonb"
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO flow_thing (id, source_id, type, key, label, properties) "
                f"SELECT id, %s, type, key, label, {properties} FROM {name} WHERE true "
                "ON CONFLICT (source_id, type, key) DO NOTHING",
                [source_id],
            )
            cursor.execute(
                "SELECT t.type, t.key, t.id FROM flow_thing t "
                f"JOIN {name} s ON s.type = t.type AND s.key = t.key WHERE t.source_id = %s",
                [source_id],
            )
            self._remember("thing", _columns(cursor.fetchall(), type=pa.string(), key=pa.string(), id=pa.int64()))

    def _remember(self, name: str, found: pa.Table) -> None:
        self.duck.register("found", found)
        self.duck.execute(f"INSERT INTO {name} BY NAME SELECT * FROM found ANTI JOIN {name} USING ({_KEYS[name]})")

    def _table(self, sql: str, parameters: dict[str, object] | None = None) -> pa.Table:
        return self.duck.sql(sql, params=parameters or {}).to_arrow_table()


def _numbered(new: pa.Table, table: str) -> pa.Table:
    first = numbers.take(table, new.num_rows)
    return new.append_column("id", pa.array(np.arange(first, first + new.num_rows, dtype=np.int64)))


def _columns(rows: Iterable[tuple[object, ...]], **types: pa.DataType) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    return pa.table({name: pa.array(values, types[name]) for name, values in zip(types, columns, strict=True)})
