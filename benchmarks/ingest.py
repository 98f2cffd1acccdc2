"""Importing from CSV, to the last step: in the log, counted, mirrored, visible; against the bare database.

    python benchmarks/ingest.py [--rows 1000000] [--people 100000] [--database URL] [--home DIR]

The limit is `adbc_ingest` of the same rows into a table without indexes, in the same run: the fastest any program
could put them there without saying what they mean. Prints a table and JSON.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COLUMNS = "event_id,date,customer_id,what,place,amount,comment"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", default="", help="postgresql://..., an empty database; else SQLite in the home")
    parser.add_argument("--home", default="", help="where to work; else a temporary folder, removed at the end")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(given.home or temporary)
        csv = folder / "interactions.csv"
        generate(csv, rows=given.rows, people=given.people)
        bare = limit(csv, given.database, folder)
        took, peak, status = run_import(csv, given.database, folder)
    if status["interactions"] != given.rows:
        raise SystemExit(f"{status['interactions']} of {given.rows} rows arrived")
    result = {
        "benchmark": "ingest",
        "database": "postgresql" if given.database else "sqlite",
        "rows": given.rows,
        "people": status["people"],
        "limit_seconds": round(bare, 2),
        "import_seconds": round(took, 2),
        "times_the_limit": round(took / bare, 1),
        "rows_per_second": round(given.rows / took),
        "peak_memory_mb": round(peak),
    }
    for name, value in result.items():
        print(f"{name:>18}  {value}")
    print(json.dumps(result))


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


def limit(csv: Path, database: str, folder: Path) -> float:
    """Seconds that ADBC takes to put the typed rows into a table without indexes."""
    import duckdb

    table = duckdb.sql(f"SELECT * FROM read_csv('{csv}')").to_arrow_table()
    if database:
        import adbc_driver_postgresql.dbapi as adbc

        connection = adbc.connect(database)
    else:
        import adbc_driver_sqlite.dbapi as adbc

        connection = adbc.connect(f"file:{folder / 'limit.sqlite3'}")
    with connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ingest_limit")
        began = time.perf_counter()
        cursor.adbc_ingest("ingest_limit", table, mode="create")
        connection.commit()
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE ingest_limit")
        connection.commit()
    return took


def run_import(csv: Path, database: str, folder: Path) -> tuple[float, float, dict[str, int]]:
    """Seconds of the whole `vincle import`, the peak memory in MB of its largest process, and the log's status."""
    home = folder / "home"
    vincle = [sys.executable, "-m", "vincle"]
    environment = {**os.environ, "VINCLE_HOME": str(home)}
    init = [*vincle, "init", *(["--database-url", database] if database else [])]
    subprocess.run(init, check=True, env=environment, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    subprocess.run([*vincle, "import", str(csv), "--source", "bench"], check=True, env=environment, stdout=sys.stderr)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    said = subprocess.run([*vincle, "status", "--json"], check=True, env=environment, capture_output=True, text=True)
    return took, peak, json.loads(said.stdout)


if __name__ == "__main__":
    main()
