"""How fast the log is mirrored from SQLite and from PostgreSQL, and what an incremental run costs.

    python benchmarks/mirror.py [--rows 1000000] [--only sqlite]

Prints a table, then one line of JSON. Memory is the peak of the copying process.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
from places import Place, asked, places, tell

START = 1_600_000_000_000_000

MIGRATE = """
import sys, django
from django.conf import settings
from django.core.management import call_command
from vincle.site.database import database_settings
settings.configure(
    USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "vincle.flow"],
    DATABASES={"default": database_settings(sys.argv[1])},
)
django.setup()
call_command("migrate", verbosity=0)

# The one table of a room that the mirror reads.
from importlib import import_module
from django.db import connection
from django.db.migrations.state import ProjectState
(made,) = import_module("vincle.apps.people.migrations.0003_marks").Migration.operations
state = ProjectState()
made.state_forwards("people", state)
with connection.schema_editor() as editor:
    made.database_forwards("people", editor, ProjectState(), state)
"""

# One interaction in five has words, one in ten properties, all have money; everyone has two observations.
ROWS = {
    "flow_source": "SELECT 1 AS id, 'shop' AS name, 'Shop' AS label, $start AS created_at",
    "flow_kind": (
        "SELECT 1 + i AS id, 'order.kind' || i AS name, '{}' AS labels, 'point' AS icon, 'plain' AS tone, "
        "0 AS carries_money, 0 AS carries_score, 0 AS carries_text, 0 AS builtin FROM range(20) t(i)"
    ),
    "flow_touchpoint": "SELECT 1 + i AS id, 'counter' AS channel, 'shop ' || i AS place FROM range(50) t(i)",
    "flow_identity": (
        "SELECT i AS id, 'email' AS namespace, 'person' || i || '@example.org' AS value, i AS person_id, "
        "0 AS interactions, 0 AS amount FROM range($first // 10 + 1, $last // 10 + 1) t(i)"
    ),
    "flow_person": (
        "SELECT i AS id, uuidv7() AS uid, 'Person ' || i AS name, 'person ' || i AS name_key, "
        "0 AS interactions, 0 AS amount FROM range($first // 10 + 1, $last // 10 + 1) t(i)"
    ),
    "flow_observation": (
        "SELECT 2 * i + k AS id, i AS identity_id, ['name', 'town'][k] AS name, 'value ' || i AS value, "
        "1 AS source_id, "
        "$start AS observed_at, 0 AS pinned FROM range($first // 10 + 1, $last // 10 + 1) t(i), range(1, 3) s(k)"
    ),
    "flow_thing": (
        "SELECT i AS id, 1 AS source_id, 'order' AS type, 'o' || i AS key, '' AS label "
        "FROM range($first // 2 + 1, $last // 2 + 1) t(i)"
    ),
    "flow_interaction": (
        "SELECT i + 1 AS id, uuidv7() AS uid, 1 AS source_id, printf('%032x', hash(i)) AS message_id, "
        "$start + i * 1000000 AS occurred_at, $start + i * 1000000 AS recorded_at, 1 + i % 20 AS kind_id, "
        "1 + i % 50 AS touchpoint_id, (1 + hash(i) % greatest($last // 10, 1))::BIGINT AS identity_id, "
        "(hash(i) % 100000000)::BIGINT AS amount, 'EUR' AS currency, "
        "CASE WHEN i % 7 = 0 THEN 0.5::DOUBLE END AS score, "
        "CASE WHEN i % 5 = 0 THEN 'What somebody said about it, number ' || i END AS text, "
        "CASE WHEN i % 10 = 0 THEN '{\"basket\": ' || i || '}' END AS properties, "
        "1 AS batch_id FROM range($first, $last) t(i)"
    ),
    "flow_interactionthing": (
        "SELECT i + 1 AS interaction_id, 1 + i // 2 AS thing_id, 'line' AS qualifier, 1.0::DOUBLE AS quantity, "
        "5000 AS amount "
        "FROM range($first, $last) t(i)"
    ),
}
DICTIONARIES = ("flow_source", "flow_kind", "flow_touchpoint")
INSTANTS = ("created_at", "observed_at", "occurred_at", "recorded_at")
TRUTHS = ("carries_money", "carries_score", "carries_text", "builtin", "pinned")


def generated(table: str, first: int, last: int) -> pa.RecordBatchReader:
    """Rows of `table` that belong to the interactions first..last."""
    sql = ROWS[table].replace("$first", str(first)).replace("$last", str(last)).replace("$start", str(START))
    duck = duckdb.connect()
    duck.execute("SET enable_progress_bar = false")
    return duck.sql(sql).to_arrow_reader(50_000)


def fill_sqlite(path: Path, first: int, last: int) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import mirror; from pathlib import Path; "
        "mirror.write_sqlite(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))"
    )
    run = [sys.executable, "-c", code, str(Path(__file__).parent), str(path), str(first), str(last)]
    subprocess.run(run, check=True)


def write_sqlite(path: Path, first: int, last: int) -> None:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for table in ROWS:
            if first and table in DICTIONARIES:
                continue
            for batch in generated(table, first, last):
                columns = [_sqlite_values(batch, name) for name in batch.schema.names]
                marks = ", ".join("?" * len(columns))
                connection.executemany(
                    f"INSERT INTO {table} ({', '.join(batch.schema.names)}) VALUES ({marks})",
                    zip(*columns, strict=True),
                )
        connection.commit()


def _sqlite_values(batch: pa.RecordBatch, name: str) -> list[Any]:
    values = batch.column(name).to_pylist()
    return [bytes.fromhex(value.replace("-", "")) for value in values] if name == "uid" else values


def write_postgres(url: str, first: int, last: int) -> None:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table in ROWS:
            if first and table in DICTIONARIES:
                continue
            names = generated(table, 0, 1).schema.names
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT csv)") as copy:
                for batch in generated(table, first, last):
                    copy.write(_csv(batch))


def _csv(batch: pa.RecordBatch) -> bytes:
    from io import BytesIO

    from pyarrow import csv

    wanted = ", ".join(_postgres_value(name) for name in batch.schema.names)
    duck = duckdb.connect()
    duck.execute("SET TimeZone = 'UTC'")
    table = pa.Table.from_batches([batch])
    duck.register("rows", table)
    target = BytesIO()
    csv.write_csv(
        duck.sql(f"SELECT {wanted} FROM rows").to_arrow_table(), target, csv.WriteOptions(include_header=False)
    )
    return target.getvalue()


def _postgres_value(name: str) -> str:
    if name in INSTANTS:
        return f"make_timestamptz({name})::VARCHAR AS {name}"
    if name in TRUTHS:
        return f"{name}::BOOLEAN AS {name}"
    return f"{name}::VARCHAR AS {name}" if name == "uid" else name


def copy(home: Path, url: str) -> dict[str, Any]:
    """Run the copy as the application does: its own report, its wall and CPU time, its peak memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "vincle.flow.mirror.run", str(home)],
        env=os.environ | {"VINCLE_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
    )
    said = process.stdout.read() if process.stdout else ""
    _, code, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    report = json.loads(said.splitlines()[-1])
    spent = usage.ru_utime + usage.ru_stime
    return report | {"wall": time.perf_counter() - started, "peak": usage.ru_maxrss / 1024, "cpu": spent}


def fill(where: Place, first: int, last: int) -> None:
    if where.database == "postgresql":
        write_postgres(where.url, first, last)
    else:
        fill_sqlite(Path(where.url.removeprefix("sqlite:///")), first, last)


def measure(where: Place, rows: int) -> dict[str, Any]:
    subprocess.run([sys.executable, "-c", MIGRATE, where.url], check=True)
    home = where.folder / "home"
    home.mkdir()
    fill(where, 0, rows)
    first = copy(home, where.url)
    idle = copy(home, where.url)
    fill(where, rows, rows + 1000)
    more = copy(home, where.url)
    size = sum(file.stat().st_size for file in home.rglob("*.parquet"))
    copied = sum(first["added"].values())
    return {
        "database": where.database,
        "interactions": rows,
        "rows copied": copied,
        "seconds": round(first["seconds"], 2),
        "CPU seconds": round(first["cpu"], 2),
        "interactions/s": round(rows / first["seconds"]),
        "rows/s": round(copied / first["seconds"]),
        "peak MB": round(first["peak"]),
        "mirror MB": round(size / 1e6, 1),
        "idle run s": round(idle["wall"], 2),
        "1,000 new s": round(more["wall"], 2),
        "of which copying s": round(more["seconds"], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked(parser)
    given = parser.parse_args()
    tell("mirror", [measure(where, given.rows) for where in places(given.only)])


if __name__ == "__main__":
    main()
