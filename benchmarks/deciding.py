"""The queue of duplicates when it is long: its pages, the count in the sidebar, joining a thousand pairs, parting them.

    python benchmarks/deciding.py [--pairs 100000] [--only sqlite]

Brings in two people for each pair, keeps the pairs as a search would, and asks for each page several times as a
signed-in owner: the time is that of the whole Django stack. Prints a table and JSON.
"""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from places import Place, asked, places, tell

TIMES = 9
DEEP = 40  # pages into the queue

DECIDE = f"""
import json, re, statistics, sys, time
from vincle.cli.django import ready
ready(sys.argv[1])
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.db import connection
from django.test import Client
from vincle.apps.accounts.actions import add_user
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import User
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.models import Candidate
from vincle.apps.duplicates.queries import bulks, queue
from vincle.flow.models import Identity
from vincle.kernel import clock

PAIRS, MANY = int(sys.argv[2]), 1_000
who = dict(Identity.objects.values_list("value", "id"))
told = [["before comparing", "", -20.0, -20.0], ["given name", "the same", 8.0, 8.0],
        ["birth date", "the same", 12.0, 12.0], ["town", "differs", -1.5, -1.5]]
Candidate.objects.bulk_create((
    Candidate(first_id=min(who[f"p{{n}}a"], who[f"p{{n}}b"]), second_id=max(who[f"p{{n}}a"], who[f"p{{n}}b"]),
              probability=0.3 + 0.7 * n / PAIRS, agrees=5, reasons=told, found_at=clock.now(), seen_in=1)
    for n in range(PAIRS)), batch_size=5_000)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
client = Client()
add_user(actor=COMMAND_LINE, now=clock.now(), name="Owner", email="owner@example.org", role="owner")
client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")

def took(what):
    times = []
    for _ in range({TIMES}):
        began = time.perf_counter()
        answer = what()
        times.append(time.perf_counter() - began)
    return round(statistics.median(times) * 1000, 1), answer

def page(address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.text

page("/duplicates/")
found = {{}}
found["first_page_ms"], text = took(lambda: page("/duplicates/"))
for _ in range({DEEP}):
    address = "/duplicates/" + re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    text = page(address)
found["deep_page_ms"], _ = took(lambda: page(address))
found["filter_of_nothing_ms"], _ = took(lambda: page("/duplicates/?same=phone"))
found["sidebar_count_ms"], _ = took(queue.waiting_count)
threshold = 0.3 + 0.7 * (PAIRS - MANY) / PAIRS
began = time.perf_counter()
seen = bulks.preview(0.9, now=clock.now())
found["preview_pairs"], found["preview_ms"] = seen.pairs, round((time.perf_counter() - began) * 1000)
bulk = actions.start(threshold, expected=MANY, actor=COMMAND_LINE, now=clock.now())
began = time.perf_counter()
actions.go_on(bulk, clock=clock.now)
found["join_1000_ms"] = round((time.perf_counter() - began) * 1000)
began = time.perf_counter()
actions.undo_bulk(bulk, actor=COMMAND_LINE, now=clock.now())
actions.go_on(bulk, clock=clock.now)
found["part_1000_ms"] = round((time.perf_counter() - began) * 1000)
print(json.dumps(found))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=100_000)
    asked(parser)
    given = parser.parse_args()
    tell("deciding", [measure(where, given.pairs) for where in places(given.only)])


def measure(where: Place, pairs: int) -> dict[str, Any]:
    import duckdb

    csv = where.folder / "people.csv"
    duckdb.sql(
        "COPY (SELECT 'e' || i || side AS event_id, 'p' || i || side AS customer_id, TIMESTAMP '2024-01-01' + "
        "to_seconds(i) AS date, 'visit' AS what, 'Maria Puig ' || (i % 997) AS name, 'Town ' || (i % 89) AS town, "
        f"'1980-01-01' AS birthday FROM range({pairs}) t(i), (VALUES ('a'), ('b')) s(side)) TO '{csv}' (HEADER)"
    )
    home = str(where.folder / "home")
    vincle = [sys.executable, "-m", "vincle"]
    environment = {**os.environ, "VINCLE_HOME": home}
    url = ["--database-url", where.url] if where.database == "postgresql" else []
    for command in ([*vincle, "init", *url], [*vincle, "import", str(csv), "--source", "bench"]):
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run = [sys.executable, "-c", DECIDE, home, str(pairs)]
    said = subprocess.run(run, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return {"database": where.database, "pairs": pairs, **json.loads(said.stdout.splitlines()[-1])}


if __name__ == "__main__":
    main()
