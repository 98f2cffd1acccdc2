"""Discovering journeys: what follows what, how long after, and the ways there are, against the bare engine and pm4py.

    python benchmarks/journeys.py [--events 1000000 10000000 30000000] [--pm4py PYTHON]

Generated logs, ten events a case, of thirty steps some of which are usual. The limit is DuckDB's own SQL that does no
more than sort, look one event ahead and count, on the same Parquet file in the same run. pm4py (AGPL, no part of
Vincle) is measured where PYTHON is one that has it: reading BPI 2012's XES where it is found, and the same files up to
five million events. Each in a process of its own, the best of three. Prints a table and JSON.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from places import tell

HOUSE = Path(__file__).parents[1]
XES = HOUSE.parent / "shared" / "data" / "event_logs" / "bpic2012.xes.gz"
TRIES = 3
LARGEST_FOR_PM4PY = 5_000_000

OURS = """
from vincle.engine import journeys
journeys.read, journeys.discover  # brought in by name; the bare engine has been brought in before it is timed, too
began = perf_counter()
with journeys.read(FILE, **COLUMNS) as log:
    found = journeys.discover(log)
took = perf_counter() - began
told = [found.events, found.edges.num_rows, found.variants.num_rows]
"""
BARE = """
import duckdb
began = perf_counter()
with duckdb.connect(config={"memory_limit": "2GB"}) as duck:
    duck.execute("SET enable_progress_bar = false")
    edges = duck.execute(
        "SELECT activity, next, count(*) FROM (SELECT activity, lead(activity) OVER (PARTITION BY case_id "
        "ORDER BY moment, file_row_number) AS next FROM read_parquet(?, file_row_number = true)) "
        "WHERE next IS NOT NULL GROUP BY ALL", [FILE]).fetchall()
took = perf_counter() - began
told = [None, len(edges), None]
"""
PM4PY = """
import pandas, pm4py
began = perf_counter()
frame = pandas.read_parquet(FILE)
frame = pm4py.format_dataframe(frame, case_id="case_id", activity_key="activity", timestamp_key="moment")
edges, begin, end = pm4py.discover_performance_dfg(frame)
variants = pm4py.get_variants(frame)
took = perf_counter() - began
told = [len(frame), len(edges), len(variants)]
"""
PM4PY_XES = """
import pm4py
began = perf_counter()
log = pm4py.read_xes(FILE)
took = perf_counter() - began
told = [len(log), None, None]
"""
COLUMNS = {"case": "case_id", "activity": "activity", "time": "moment"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000_000, 10_000_000, 30_000_000])
    parser.add_argument("--pm4py", metavar="PYTHON", help="an interpreter that has pm4py")
    given = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for events in given.events:
            file = generated(Path(folder) / f"{events}.parquet", events)
            results.append({"log": f"{events:,} events", **compared(file, events, given.pm4py)})
            file.unlink()
    if XES.is_file():
        results.append({"log": "BPI 2012 (XES)", **read_xes(given.pm4py)})
    tell("journeys", results)


def compared(file: Path, events: int, pm4py: str | None) -> dict[str, Any]:
    ours, bare = in_turn((OURS, file), (BARE, file))
    if ours["told"][1] != bare["told"][1]:
        raise SystemExit(f"{ours['told'][1]} connections, and the bare engine found {bare['told'][1]}")
    row = told(ours) | {
        "bare_seconds": bare["seconds"],
        "times_bare": round(ours["seconds"] / bare["seconds"], 2),
    }
    if pm4py and events <= LARGEST_FOR_PM4PY:
        theirs = measured(PM4PY, file, python=pm4py)
        if ours["told"] != theirs["told"]:
            raise SystemExit(f"pm4py found {theirs['told']}, not {ours['told']}")
        row |= {"pm4py_seconds": theirs["seconds"], "times_faster": round(theirs["seconds"] / ours["seconds"], 1)}
    return row


def read_xes(pm4py: str | None) -> dict[str, Any]:
    ours = measured(OURS, XES, columns={})
    row = told(ours)
    if pm4py:
        theirs = measured(PM4PY_XES, XES, python=pm4py)
        row |= {"pm4py_seconds": theirs["seconds"], "times_faster": round(theirs["seconds"] / ours["seconds"], 1)}
    return row


def told(ours: dict[str, Any]) -> dict[str, Any]:
    """A row of the table, in which what is not compared stays empty."""
    empty = dict.fromkeys(("bare_seconds", "times_bare", "pm4py_seconds", "times_faster"), "")
    return {"seconds": ours["seconds"], "peak_memory_mb": ours["peak_memory_mb"]} | empty


def measured(
    code: str, file: Path, *, python: str = sys.executable, columns: dict[str, str] = COLUMNS
) -> dict[str, Any]:
    """The best of some runs, each in a process of its own."""
    return best([run(code, file, python, columns) for _ in range(TRIES)])


def in_turn(*asked: tuple[str, Path]) -> list[dict[str, Any]]:
    """The best of some runs of each, one after the other, so that what else the machine does meets all alike."""
    rounds = [[run(code, file, sys.executable, COLUMNS) for code, file in asked] for _ in range(TRIES)]
    return [best(list(runs)) for runs in zip(*rounds, strict=True)]


def run(code: str, file: Path, python: str, columns: dict[str, str]) -> list[Any]:
    before = f"from time import perf_counter\nFILE = {str(file)!r}\nCOLUMNS = {columns!r}\n"
    after = "import json, resource\npeak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
    after += "print()\nprint(json.dumps([took, peak, told]))\n"  # pm4py draws how far it is
    done = subprocess.run([python, "-c", before + code + after], check=True, capture_output=True, text=True)
    return list(json.loads(done.stdout.splitlines()[-1]))


def best(runs: list[list[Any]]) -> dict[str, Any]:
    took, peak, told = min(runs, key=lambda each: each[0])
    return {"seconds": round(took, 2), "peak_memory_mb": peak, "told": told}


def generated(file: Path, events: int) -> Path:
    """Events in order of time, as logs are written; steps follow one another as chance has it, some more often."""
    import duckdb

    with duckdb.connect() as duck:
        duck.execute(
            f"""
            COPY (
                SELECT 'case-' || (hash(i) % {events // 10}) AS case_id,
                       'step ' || floor(30 * pow((hash(i * 7 + 1) % 10007) / 10007.0, 2.5))::INTEGER AS activity,
                       make_timestamp(1600000000000000 + i * 1000000) AS moment
                FROM range({events}) t(i)
            ) TO '{file}' (FORMAT parquet)
            """
        )
    return file


if __name__ == "__main__":
    main()
