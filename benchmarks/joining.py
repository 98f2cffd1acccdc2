"""Joining two people and parting them again, whatever there has been with them.

    python benchmarks/joining.py [--rows 100000] [--only sqlite]

Two people of one interaction each, then two of `--rows` each: facts are written, not interactions, so both should cost
the same. Prints a table and JSON.
"""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from places import Place, asked, places, tell

TIMES = 15

JOIN = f"""
import json, statistics, sys, time
from vincle.cli.django import ready
ready(sys.argv[1])
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.people import facade as people
from vincle.flow.models import Identity, Person
from vincle.kernel import clock

def pair(first, second):
    return [Person.objects.get(pk=Identity.objects.get(value=value).person_id) for value in (first, second)]

def measured(first, second):
    joining, parting = [], []
    for _ in range({TIMES}):
        began = time.perf_counter()
        step = people.join(*pair(first, second), actor=COMMAND_LINE, now=clock.now())
        joined = time.perf_counter()
        people.undo(step, actor=COMMAND_LINE, now=clock.now())
        joining.append(joined - began)
        parting.append(time.perf_counter() - joined)
    return [round(statistics.median(each) * 1000, 2) for each in (joining, parting)]

measured("small-1", "small-2")  # what is asked for the first time is read from disk
print(json.dumps([measured("small-1", "small-2"), measured("large-1", "large-2")]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    asked(parser)
    given = parser.parse_args()
    tell("joining", [measure(where, given.rows) for where in places(given.only)])


def measure(where: Place, rows: int) -> dict[str, Any]:
    import duckdb

    csv = where.folder / "two.csv"
    duckdb.sql(
        f"COPY (SELECT 'e' || i AS event_id, TIMESTAMP '2024-01-01' + to_seconds(i) AS date, CASE WHEN i < 2 THEN "
        f"'small-' || (1 + i) ELSE 'large-' || (1 + i % 2) END AS customer_id, 'visit' AS what "
        f"FROM range({2 * rows + 2}) t(i)) TO '{csv}' (HEADER)"
    )
    home = str(where.folder / "home")
    vincle = [sys.executable, "-m", "vincle"]
    environment = {**os.environ, "VINCLE_HOME": home}
    url = ["--database-url", where.url] if where.database == "postgresql" else []
    for command in ([*vincle, "init", *url], [*vincle, "import", str(csv), "--source", "bench"]):
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run = [sys.executable, "-c", JOIN, home]
    said = subprocess.run(run, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    (join_small, part_small), (join_large, part_large) = json.loads(said.stdout.splitlines()[-1])
    return {
        "database": where.database,
        "interactions_each": rows,
        "join_ms_of_one": join_small,
        "join_ms": join_large,
        "part_ms_of_one": part_small,
        "part_ms": part_large,
        "times": round((join_large + part_large) / (join_small + part_small), 2),
    }


if __name__ == "__main__":
    main()
