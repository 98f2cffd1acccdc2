"""Importing from CSV, to the last step: in the log, counted, mirrored, visible; against the bare database.

    python benchmarks/ingest.py [--rows 1000000 5000000] [--people 100000] [--only sqlite]

The limit is `adbc_ingest` of the same rows into a table without indexes, in the same run: the fastest any program
could put them there without saying what they mean. Prints a table and JSON; that memory is flat shows in its columns.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from places import Place, asked, places, tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--people", type=int, default=100_000)
    asked(parser)
    given = parser.parse_args()
    tell("ingest", [measure(where, rows, given.people) for rows in given.rows for where in places(given.only)])


def measure(where: Place, rows: int, people: int) -> dict[str, Any]:
    csv = where.folder / "interactions.csv"
    generate(csv, rows=rows, people=people)
    bare = limit(csv, where)
    took, peak, status = run_import(csv, where)
    if status["interactions"] != rows:
        raise SystemExit(f"{status['interactions']} of {rows} rows arrived")
    return {
        "database": where.database,
        "rows": rows,
        "people": status["people"],
        "limit_seconds": round(bare, 2),
        "import_seconds": round(took, 2),
        "times_the_limit": round(took / bare, 1),
        "rows_per_second": round(rows / took),
        "peak_memory_mb": round(peak),
    }


def generate(path: Path, *, rows: int, people: int) -> None:
    """A CSV in the order things happened, 40 interactions a minute."""
    import duckdb

    duckdb.sql(
        f"""COPY (
            SELECT 'e' || i AS event_id, strftime(TIMESTAMP '2024-01-01' + to_milliseconds(i * 1500),
                   '%Y-%m-%d %H:%M:%S.%g') AS date, 'customer-' || (hash(i) % {people}) AS customer_id,
                   (['purchase', 'visit', 'email'])[1 + i % 3] AS what, 'Store ' || (hash(i * 7) % 60) AS place,
                   CASE WHEN i % 3 = 0 THEN printf('%.2f', (hash(i * 3) % 20000) / 100) END AS amount,
                   CASE WHEN i % 10 = 0 THEN 'A few words about number ' || i END AS comment
            FROM range({rows}) t(i)) TO '{path}' (HEADER)"""
    )


def limit(csv: Path, where: Place) -> float:
    """Seconds that ADBC takes to put the typed rows into a table without indexes."""
    import duckdb

    with duckdb.connect() as duck:
        table = duck.sql(f"SELECT * FROM read_csv('{csv}')").to_arrow_table()
    if where.database == "postgresql":
        import adbc_driver_postgresql.dbapi as adbc

        connection = adbc.connect(where.url)
    else:
        import adbc_driver_sqlite.dbapi as adbc

        connection = adbc.connect(f"file:{where.folder / 'limit.sqlite3'}")
    with connection, connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.adbc_ingest("ingest_limit", table, mode="create")
        connection.commit()
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE ingest_limit")
        connection.commit()
    return took


def run_import(csv: Path, where: Place) -> tuple[float, float, dict[str, int]]:
    """Seconds of the whole `vincle import`, the peak memory in MB of its largest process, and the log's status."""
    vincle = [sys.executable, "-m", "vincle"]
    environment = {**os.environ, "VINCLE_HOME": str(where.folder / "home")}
    init = [*vincle, "init", *(["--database-url", where.url] if where.database == "postgresql" else [])]
    subprocess.run(init, check=True, env=environment, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    peak = largest([*vincle, "import", str(csv), "--source", "bench"], environment)
    took = time.perf_counter() - began
    said = subprocess.run([*vincle, "status", "--json"], check=True, env=environment, capture_output=True, text=True)
    return took, peak, json.loads(said.stdout)


def largest(command: list[str], environment: dict[str, str]) -> float:
    """Run a command; the peak memory in MB of the largest process in it, whatever this one has run before."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    run = [sys.executable, "-c", code, *command]
    done = subprocess.run(run, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return int(done.stdout) / 1024


if __name__ == "__main__":
    main()
