"""Where a benchmark works: a folder of its own on SQLite, and a database of its own on PostgreSQL, gone at the end.

PostgreSQL is taken from VINCLE_BENCH_POSTGRES (default: the local server) and left out, saying so, where none answers.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

SERVER = os.environ.get("VINCLE_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
DATABASES = ("sqlite", "postgresql")
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Place:
    """A folder and the address of an empty database."""

    database: str
    folder: Path
    url: str


def asked(parser: argparse.ArgumentParser) -> None:
    """Let the command choose one database."""
    parser.add_argument("--only", choices=DATABASES, help="one database; else both")


@contextmanager
def place(database: str) -> Iterator[Place | None]:
    """A place on `database`, None where it does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        if database == "sqlite":
            yield Place(database, Path(folder), f"sqlite:///{folder}/vincle.sqlite3")
            return
        name = f"vincle_bench_{os.getpid()}"
        try:
            _tell_server(f"CREATE DATABASE {name}")
        except psycopg.OperationalError as error:
            print(f"PostgreSQL left out: {error}", file=sys.stderr)
            yield None
            return
        try:
            yield Place(database, Path(folder), f"{SERVER.rpartition('/')[0]}/{name}")
        finally:
            _tell_server(f"DROP DATABASE {name} WITH (FORCE)")


def places(only: str | None) -> Iterator[Place]:
    """One place on each database, one after the other."""
    for database in (only,) if only else DATABASES:
        with place(database) as found:
            if found is not None:
                yield found


def tell(benchmark: str, results: list[dict[str, Any]]) -> None:
    """A table, one column for each result, and a line of JSON, which is kept in benchmarks/results too."""
    if not results:
        raise SystemExit(f"{benchmark}: there was no database to measure")
    width = max(len(name) for name in results[0])
    for name in results[0]:
        print(f"{name:<{width}}", *(f"{result[name]!s:>14}" for result in results))
    keep(benchmark, {"benchmark": benchmark, "results": results})


def keep(benchmark: str, said: dict[str, Any]) -> None:
    """Print one line of JSON and keep it in benchmarks/results."""
    line = json.dumps(said)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{benchmark}.json").write_text(line + "\n", "utf-8")
    print(line)


def _tell_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=5) as server:
        server.execute(statement)
