"""The tracking doors: events a second that are committed before they are answered, and how long a batch waits.

    python benchmarks/tracking.py [--batches 2000] [--clients 8] [--size 100] [--only sqlite]

Eight clients, each a process's connection of its own, send batches as Segment's libraries do to a running
`vincle serve` on the same machine, which they share its cores with. Some batches are sent twice, as retries are; at
the end the log must hold each event once. The limit is the same rows bare, in the same run. Prints a table and JSON.
"""

import argparse
import http.client
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
from places import Place, asked, places, tell
from psycopg.types.json import Json

PEOPLE = 20_000
RETRIED = 0.02  # of the batches
NAMES = ("Product Viewed", "Product Added", "Order Completed", "Article Bookmarked", "Video Played")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=2_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--size", type=int, default=100)
    asked(parser)
    given = parser.parse_args()
    tell("tracking", [measure(where, given) for where in places(given.only)])


def measure(where: Place, given: argparse.Namespace) -> dict[str, Any]:
    home = str(where.folder / "home")
    vincle = [sys.executable, "-m", "vincle"]
    init = [*vincle, "init", "--home", home, *(["--database-url", where.url] if where.database == "postgresql" else [])]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL)
    key = _ask([*vincle, "source", "add", "--name", "Web", "--home", home])["write_key"]
    bodies = [batch(number, given.size, key) for number in range(given.batches)]
    with subprocess.Popen(
        [*vincle, "serve", "--port", "0", "--workers", "1", "--home", home], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            base = next(line for line in server.stdout if "Vincle is open at" in line).split()[-1]
            send(base, bodies[: given.clients])  # everything is loaded and every thread has its connection
            web = web_server(server.pid)
            began, worked = time.perf_counter(), processor_seconds(web)
            shares = [bodies[given.clients + number :: given.clients] for number in range(given.clients)]
            with ThreadPoolExecutor(given.clients) as pool:
                waits = [wait for waited in pool.map(lambda share: send(base, share), shares) for wait in waited]
            took, worked = time.perf_counter() - began, processor_seconds(web) - worked
        finally:
            server.terminate()
            server.wait()
    status = _ask([*vincle, "status", "--home", home])
    wanted = given.batches * given.size
    if status["interactions"] != wanted:
        raise SystemExit(f"{status['interactions']} of {wanted} events are in the log")
    limit = bare_rows_per_second(where, home)
    waits.sort()
    sent = sum(map(len, shares)) * given.size
    return {
        "database": where.database,
        "clients": given.clients,
        "events_a_batch": given.size,
        "events": sent,
        "retried_batches": len(waits) - sum(map(len, shares)),
        "seconds": round(took, 2),
        "web_cpu_ms_per_1000": round(worked / sent * 1_000_000),
        "events_per_second": round(sent / took),
        "limit_per_second": round(limit),
        "times_the_limit": round(limit * took / sent, 1),
        "batch_p50_ms": round(waits[len(waits) // 2] * 1000),
        "batch_p99_ms": round(waits[int(len(waits) * 0.99)] * 1000),
    }


def bare_rows_per_second(where: Place, home: str) -> float:
    """The limit: the same rows into a table without indexes by the database's own fastest way, a commit each 800."""
    sqlite = where.database == "sqlite"
    database: Any = sqlite3.connect(f"{home}/vincle.sqlite3") if sqlite else psycopg.connect(where.url)
    with closing(database):
        database.execute("CREATE TABLE bare AS SELECT * FROM flow_interaction LIMIT 0")
        rows = database.execute("SELECT * FROM flow_interaction").fetchall()
        database.commit()
        began = time.perf_counter()
        for first in range(0, len(rows), 800):
            part = rows[first : first + 800]
            if sqlite:
                database.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(part[0]))})", part)
            else:
                _copy(database, part)
            database.commit()
        return len(rows) / (time.perf_counter() - began)


def _copy(database: psycopg.Connection, rows: list[tuple[Any, ...]]) -> None:
    with database.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as stream:
        for row in rows:
            stream.write_row([Json(value) if isinstance(value, dict) else value for value in row])


def web_server(supervisor: int) -> list[psutil.Process]:
    """The processes that answer requests; the background workers beside them are not of them."""
    children = psutil.Process(supervisor).children()
    (first,) = (each for each in children if "vincle.cli.serving.web" in each.cmdline())
    return [first, *first.children(recursive=True)]


def processor_seconds(processes: list[psutil.Process]) -> float:
    """What processes have used of the processor; steadier than the clock where other work goes on."""
    return sum(sum(each.cpu_times()[:2]) for each in processes)


def send(base: str, bodies: list[bytes]) -> list[float]:
    """Send each body, now and then twice, over one connection; seconds each answer took."""
    where = urlsplit(base)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=120)
    chance = random.Random(len(bodies))
    waits = []
    for body in bodies:
        for _ in range(2 if chance.random() < RETRIED else 1):
            began = time.perf_counter()
            connection.request("POST", "/v1/batch", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"the server answered {answer.status}")
            waits.append(time.perf_counter() - began)
    connection.close()
    return waits


def batch(number: int, size: int, key: str) -> bytes:
    """A request as analytics-node writes it; one event in twenty says who the visitor is."""
    chance = random.Random(number)
    events = [event(f"{number}-{place}", chance) for place in range(size)]
    return json.dumps({"batch": events, "sentAt": _now(), "writeKey": key}).encode()


def event(number: str, chance: random.Random) -> dict[str, Any]:
    person = chance.randrange(PEOPLE)
    said: dict[str, Any] = {
        "messageId": f"node-next-{number}",
        "timestamp": _now(),
        "anonymousId": f"0d8a2c1e-{person:08d}-4c5f",
        "context": {
            "library": {"name": "@segment/analytics-node", "version": "2.2.1"},
            "page": {"url": f"https://shop.example.org/product/{person % 500}", "path": f"/product/{person % 500}"},
        },
        "integrations": {},
    }
    if chance.random() < 0.05:
        traits = {"name": f"Person {person}", "email": f"person{person}@example.org"}
        return said | {"type": "identify", "userId": f"u{person}", "traits": traits}
    if chance.random() < 0.4:
        return said | {"type": "page", "name": "Product", "properties": {"url": said["context"]["page"]["url"]}}
    name = chance.choice(NAMES)
    properties: dict[str, Any] = {"category": "Bread", "position": chance.randrange(20)}
    if name == "Order Completed":
        properties |= {"order_id": f"o-{number}", "revenue": chance.randrange(10_000) / 100, "currency": "EUR"}
    return said | {"type": "track", "event": name, "properties": properties}


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())


def _ask(command: list[str]) -> Any:
    done = subprocess.run([*command, "--json"], check=True, env=os.environ, capture_output=True, text=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
