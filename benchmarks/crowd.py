"""A made-up log of any size, written set-based into an installation's database: for measuring pages, nothing else.

People have a long tail: most come a few times, a few very often, one `busiest` times. A third are known by an e-mail
besides their customer number, so that their story lies under two identities and a merged person stands among the
others. Everything follows from the numbers given: the same call makes the same log, but for the random `uid`s.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

NAMES = {
    "first": "Maria Montserrat Núria Marta Laura Carme Anna Mercè Júlia Aina Jordi Josep Joan Marc Pau Pol Àlex Laia "
    "Ona Clara Fatima Mohamed Ahmed Yasmina Wei Lin Olga Ivan Andreea Mihai John Emma Sofia Lucas Hugo Daniel Carlos",
    "last": "Garcia Martínez López Sánchez Rodríguez Fernández Pérez González Roca Puig Vila Serra Ferrer Soler Vidal "
    "Pujol Bosch Riera Molina Navarro Torres Castro Ortega Domènech Casals Camps Font Sala Mas Rovira Costa Prat Pons "
    "Singh Khan Chen Wang Popescu Ionescu Ivanova Smith Jones Haddad Benali Diallo Traoré Ndiaye Silva Santos Pereira",
}
KINDS = ("order.placed", "page.viewed", "email.received", "campaign.delivered", "call.received", "review.written")
DEPARTMENTS = ("vegetables", "bread", "dairy", "fish", "school lunches", "drinks", "household", "courses")
STORY_START = "TIMESTAMPTZ '2021-01-01 00:00:00+00'"
STORY_DAYS = 5 * 365
EMAIL_SHARE = 0.3

_MACROS = (
    "CREATE MACRO chance(n, salt) AS hash(concat(n, salt)) / 18446744073709551616.0",
    "CREATE MACRO pick(list, n, salt) AS list[1 + floor(chance(n, salt) ** 2 * len(list))::INT]",
)

_PREPARE = (
    f"""
CREATE TABLE person AS
SELECT n AS id,
       pick($first, n, 'first') || ' ' || pick($last, n, 'last') || ' ' || pick($last, n, 'second') AS name,
       chance(n, 'email') < {EMAIL_SHARE} AS has_email, chance(n, 'start') * {STORY_DAYS} AS starts,
       -- Pareto, alpha 1.5: the mean is three times the smallest
       CASE WHEN n = $people THEN $busiest
            ELSE least(greatest(1, floor($mean / 3 * chance(n, 'often') ** (-1 / 1.5))), $busiest / 2)
       END AS interactions
FROM range(1, $people + 1) r(n)
""",
    """
CREATE TABLE email AS
SELECT $people + row_number() OVER (ORDER BY id) AS id, id AS person_id,
       replace(strip_accents(lower(name)), ' ', '.') || id || '@example.org' AS value
FROM person WHERE has_email
""",
    f"""
CREATE TABLE interaction AS
WITH raw AS (
    SELECT p.id AS person_id, u.k, p.starts, (hash(p.id, u.k) >> 1)::BIGINT AS h, e.id AS email_id
    FROM person p LEFT JOIN email e ON e.person_id = p.id, unnest(range(p.interactions::BIGINT)) u(k)
), placed AS (
    SELECT *, {STORY_START} + to_microseconds(
        ((starts + chance(h, 'when') * least({STORY_DAYS} - starts, 700)) * 86400e6)::BIGINT) AS occurred_at FROM raw
)
SELECT row_number() OVER (ORDER BY occurred_at, h) AS id, person_id,
       CASE WHEN chance(h, 'as') < 0.4 THEN coalesce(email_id, person_id) ELSE person_id END AS identity_id,
       occurred_at, 1 + floor(chance(h, 'kind') ** 1.5 * {len(KINDS)})::INT AS kind, h,
       1 + floor(chance(h, 'place') ** 2 * $places)::INT AS touchpoint_id
FROM placed ORDER BY id
""",
    """
CREATE TABLE summary AS
SELECT person_id, identity_id, count(*) AS interactions, min(occurred_at) AS first_at, max(occurred_at) AS last_at,
       sum(CASE WHEN kind = 1 THEN 10000 + h % 900000 ELSE 0 END)::BIGINT AS amount
FROM interaction GROUP BY ALL
""",
)

# What each table of the database is filled with, in order.
_ROWS = {
    "flow_source": "SELECT 1 AS id, 'shop' AS name, 'The shop' AS label, {start} AS created_at",
    "flow_touchpoint": "SELECT n AS id, ['shop', 'web', 'post', 'phone'][1 + n % 4] AS channel, 'Place ' || n AS place "
    "FROM range(1, $places + 1) r(n)",
    "flow_identity": "SELECT p.id, 'customer_id@shop' AS namespace, 'C' || lpad(p.id::VARCHAR, 8, '0') AS value, "
    "p.id AS person_id, s.first_at, s.last_at, coalesce(s.interactions, 0) AS interactions, "
    "coalesce(s.amount, 0) AS amount FROM person p LEFT JOIN summary s ON s.identity_id = p.id "
    "UNION ALL SELECT e.id, 'email', e.value, e.person_id, s.first_at, s.last_at, coalesce(s.interactions, 0), "
    "coalesce(s.amount, 0) FROM email e LEFT JOIN summary s ON s.identity_id = e.id ORDER BY 1",
    "flow_person": "SELECT p.id, {uid} AS uid, p.name, strip_accents(lower(p.name)) AS name_key, "
    "min(s.first_at) AS first_at, max(s.last_at) AS last_at, sum(s.interactions)::BIGINT AS interactions, "
    "sum(s.amount)::BIGINT AS amount, NULL::BIGINT AS into_id "
    "FROM person p JOIN summary s ON s.person_id = p.id GROUP BY ALL "
    "UNION ALL SELECT id, {uid}, value, value, NULL, NULL, 0, 0, person_id FROM email ORDER BY 1",
    "flow_observation": "SELECT row_number() OVER () AS id, id AS identity_id, name, value, 1 AS source_id, "
    "{start} AS observed_at, false AS pinned FROM "
    "(SELECT id, 'name' AS name, name AS value FROM person UNION ALL SELECT id, 'town', "
    "['Girona', 'Olot', 'Figueres', 'Salt', 'Banyoles'][1 + id % 5] FROM person)",
    "flow_thing": "SELECT n AS id, 1 AS source_id, 'product' AS type, 'P' || n AS key, 'Product ' || n AS label, "
    "json_object('department', $departments[1 + n % len($departments)])::VARCHAR AS properties "
    "FROM range(1, 5001) r(n)",
    "flow_interaction": "SELECT i.id, {uid} AS uid, 1 AS source_id, 'm' || i.id AS message_id, occurred_at, "
    "{start} AS recorded_at, k.id AS kind_id, touchpoint_id, identity_id, "
    "CASE WHEN kind = 1 THEN 10000 + h % 900000 END::BIGINT AS amount, CASE WHEN kind = 1 THEN 'EUR' END AS currency, "
    "CASE WHEN kind = 6 THEN chance(h, 'score') * 2 - 1 END AS score, "
    "CASE WHEN kind IN (3, 6) THEN 'The box came ' || ['late', 'early', 'whole', 'broken'][1 + h % 4] END AS text "
    "FROM interaction i JOIN kinds k ON k.place = i.kind ORDER BY i.id",
    "flow_interactionthing": "SELECT id AS interaction_id, 1 + (h // (k + 7)) % 5000 AS thing_id, 'line' AS qualifier, "
    "1::DOUBLE AS quantity, 25000 AS amount FROM interaction, range(3) r(k) WHERE kind = 1 GROUP BY ALL ORDER BY ALL",
}


def fill(url: str, *, interactions: int, people: int, busiest: int, kinds: dict[str, int]) -> dict[str, int]:
    """Fill the empty, migrated database at `url`; `kinds` gives the number of each of `KINDS`.

    Nothing else may have the database open meanwhile. Returns how many rows each table was given.
    """
    is_sqlite = url.startswith("sqlite:")
    uid = "unhex(replace(uuidv7()::VARCHAR, '-', ''))" if is_sqlite else "uuidv7()::VARCHAR"
    given: dict[str, Any] = {name: words.split() for name, words in NAMES.items()}
    given |= {
        "people": people,
        "busiest": busiest,
        "mean": (interactions - busiest) / people * 1.06,  # rounding down and the cap take some away
        "places": 200,
        "departments": list(DEPARTMENTS),
    }
    with duckdb.connect(config={"threads": 2}) as duck, _opened(url) as database:
        duck.execute("SET TimeZone = 'UTC'")
        duck.register("kinds", pa.table({"place": range(1, len(KINDS) + 1), "id": [kinds[name] for name in KINDS]}))
        for statement in (*_MACROS, *_PREPARE):
            duck.execute(statement, _used(statement, given))
        return {
            table: _write(database, table, duck.sql(sql, params=_used(sql, given)), is_sqlite)
            for table, sql in ((table, sql.format(start=STORY_START, uid=uid)) for table, sql in _ROWS.items())
        }


def _used(sql: str, given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if f"${name}" in sql}


@contextmanager
def _opened(url: str) -> Iterator[Any]:
    if url.startswith("sqlite:"):
        import adbc_driver_sqlite.dbapi as adbc

        url = url.removeprefix("sqlite:///")
    else:
        import adbc_driver_postgresql.dbapi as adbc
    with adbc.connect(url) as connection:
        yield connection


def _write(database: Any, table: str, found: duckdb.DuckDBPyRelation, is_sqlite: bool) -> int:
    count = 0
    with database.cursor() as cursor:
        for batch in found.to_arrow_reader(500_000):
            rows = pa.Table.from_batches([batch])
            count += rows.num_rows
            if is_sqlite:
                cursor.adbc_ingest(table, _with_micros(rows), mode="append")
                continue
            cursor.adbc_ingest("incoming", rows, mode="create", temporary=True)
            values = [_CASTS.get(name, name) for name in rows.column_names]
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(rows.column_names)}) SELECT {', '.join(values)} FROM pg_temp.incoming"
            )
            cursor.execute("DROP TABLE pg_temp.incoming")
    database.commit()
    return count


_CASTS = {"uid": "uid::uuid", "properties": "properties::jsonb"}


def _with_micros(rows: pa.Table) -> pa.Table:
    for place, field in enumerate(rows.schema):
        if pa.types.is_timestamp(field.type):
            rows = rows.set_column(place, field.name, pc.cast(rows.column(place), pa.int64()))
    return rows
