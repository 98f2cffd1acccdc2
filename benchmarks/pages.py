"""Server time of the list of people and of a person's page, in a log of any size.

    python benchmarks/pages.py [--interactions 10000000] [--people N] [--requests 200] [--only sqlite]

Fills an empty database (see crowd.py: a long tail of people, and one with a hundredth of everything), then asks for
each page many times, every time another person, cursor or name where there is one, as a signed-in owner. The time is
that of the whole Django stack, from request to answer. Prints a table and JSON; the JSON is kept in benchmarks/results.
"""

import argparse
import html
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from places import DATABASES, Place, asked, keep, places

WARMING = 5
DEEP = 100  # pages into the list

NEXT_PAGE = re.compile(r'rel="next"\s+href="([^"]+)"')
FURTHER_BACK = re.compile(r'hx-get="([^"]+)"')

Address = Callable[[], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--people", type=int, default=0, help="a tenth of the interactions, unless said")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--kept", type=Path, help="a folder for SQLite, to find it filled again")
    asked(parser)
    given = parser.parse_args()
    if given.kept:
        measure(Place("sqlite", given.kept, ""), given)
    elif given.only:
        for where in places(given.only):
            measure(where, given)
    else:  # Django wakes for one database in a process
        for database in DATABASES:
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", database], check=True)


def measure(where: Place, given: argparse.Namespace) -> None:
    people = given.people or given.interactions // 10
    wake(where)
    seconds = prepare(given.interactions, people)
    results = time_pages(given.requests)
    table(results)
    keep(
        f"pages-{where.database}",
        {
            "benchmark": "pages",
            "database": where.database,
            "interactions": given.interactions,
            "people": people,
            "requests": given.requests,
            "filled_in_seconds": round(seconds),
            "pages": results,
        },
    )


def wake(where: Place) -> None:
    """Django, for a home with its tables."""
    database = where.url if where.database == "postgresql" else ""
    os.environ["VINCLE_HOME"] = str(where.folder / "home")
    os.environ.pop("VINCLE_DATABASE_URL", None)
    if database:
        os.environ["VINCLE_DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincle.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from vincle.kernel.home import Home

    Home.at().create(database_url=database)
    call_command("migrate", verbosity=0)


def prepare(interactions: int, people: int) -> float:
    """Fill the database unless an earlier run has; seconds it took."""
    import crowd
    from django.db import connection

    from vincle.flow.catalogue import seed
    from vincle.flow.models import Interaction, Kind
    from vincle.kernel.home import Home

    seed()
    if Interaction.objects.exists():
        return 0.0
    kinds = dict(Kind.objects.filter(name__in=crowd.KINDS).values_list("name", "id"))
    url = Home.at().database_url
    connection.close()
    started = time.perf_counter()
    written = crowd.fill(url, interactions=interactions, people=people, busiest=interactions // 100, kinds=kinds)
    seconds = time.perf_counter() - started
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(", ".join(f"{rows:,} {table.removeprefix('flow_')}" for table, rows in written.items()), file=sys.stderr)
    return seconds


def time_pages(requests: int) -> list[dict[str, Any]]:
    """p50, p99, processor time and the most questions to the database of each page."""
    client = signed_in()
    return [{"page": name, **timed(client, address, requests)} for name, address in scenarios(client).items()]


def signed_in() -> Any:
    """A client in which the owner is signed in."""
    import_module("vincle.site.wsgi")  # as the web server does before its first request
    from django.test import Client

    from vincle.apps.accounts.facade import COMMAND_LINE, add_user
    from vincle.apps.accounts.models import User
    from vincle.kernel import clock
    from vincle.web.permissions import Role

    if not User.objects.exists():
        add_user(actor=COMMAND_LINE, now=clock.now(), name="Olga", email="olga@example.org", role=Role.OWNER)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def timed(client: Any, address: Address, requests: int) -> dict[str, Any]:
    milliseconds, processor, most = [], [], 0
    for turn in range(WARMING + requests):
        path = address()
        with counted() as questions:
            started, spent = time.perf_counter(), time.process_time()
            response = client.get(path)
            took, spent = (time.perf_counter() - started) * 1000, (time.process_time() - spent) * 1000
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        if turn >= WARMING:
            milliseconds.append(took)
            processor.append(spent)
            most = max(most, len(questions))
    return {
        "p50_ms": quantile(milliseconds, 0.5),
        "p99_ms": quantile(milliseconds, 0.99),
        "processor_ms": quantile(processor, 0.5),  # what this process spent, however busy the machine
        "questions": most,
    }


def quantile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 1)


@contextmanager
def counted() -> Iterator[list[str]]:
    from django.db import connection

    asked: list[str] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield asked


def scenarios(client: Any) -> dict[str, Address]:
    """What is asked, by name; each gives an address anew."""
    import crowd

    chance = random.Random(7)
    first, last = (words.split() for words in crowd.NAMES.values())
    busy, ordinary, double = who_is_there(chance)

    def a_day() -> str:
        return f"{chance.randint(2022, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"

    def a_month() -> tuple[str, str]:
        month = f"{chance.randint(2022, 2025)}-{chance.randint(1, 12):02d}"
        return f"{month}-01", f"{month}-28"

    def always(path: str) -> Address:
        return lambda: path

    people: dict[str, Address] = {
        f"list, by {order.removeprefix('-')}": always(f"/people/?sort={order}")
        for order in ("-last", "-first", "name", "-interactions", "-money")
    }
    people |= {
        f"list, by {order.removeprefix('-')}, {DEEP} pages in": turning(client, f"/people/?sort={order}")
        for order in ("-last", "name")
    }
    return people | {
        "list, first seen in a month": lambda: "/people/?first_from={}&first_to={}".format(*a_month()),
        "list, last seen in a month, by name": lambda: "/people/?sort=name&last_from={}&last_to={}".format(*a_month()),
        "list, last seen on a day, by money": lambda: "/people/?sort=-money&last_from={0}&last_to={0}".format(a_day()),
        "list, 20 interactions, by last": always("/people/?at_least=20&sort=-last"),
        "list, known by e-mail": always("/people/?known=email"),
        "list, a surname": lambda: f"/people/?q={chance.choice(last)}",
        "list, name and surname": lambda: f"/people/?q={chance.choice(first)}+{chance.choice(last)}",
        "list, three letters": lambda: f"/people/?q={chance.choice(last)[:3]}",
        "list, a customer number": lambda: f"/people/?q=C{chance.randint(1, 10**6):08d}",
        "list, nobody": lambda: f"/people/?q=zz{chance.randint(0, 10**6)}",
        "person": lambda: f"/people/{chance.choice(ordinary)}/",
        "person with two identities": lambda: f"/people/{chance.choice(double)}/",
        "person, the busiest": always(f"/people/{busy}/"),
        "person, the busiest, one kind": always(f"/people/{busy}/?kind=review.written"),
        "person, the busiest, words": always(f"/people/{busy}/?text=broken"),
        "person, the busiest, a period": lambda: "/people/{}/?when_from={}&when_to={}".format(busy, *a_month()),
        "more of the busiest's story": scrolling(client, busy),
        "story in figures": lambda: f"/people/{chance.choice(ordinary)}/story/",
        "story in figures, the busiest": always(f"/people/{busy}/story/"),
        "interests, the busiest": always(f"/people/{busy}/interests/"),
    }


def who_is_there(chance: random.Random) -> tuple[str, list[str], list[str]]:
    """The addresses of the busiest person, of some ordinary ones, and of some known by two identities."""
    from vincle.flow.models import Identity, Person

    there = Person.objects.filter(last_at__isnull=False)
    busy = there.order_by("-interactions", "-id")[0]
    numbers = chance.sample(range(1, busy.pk), min(1000, busy.pk - 1))
    ordinary = there.filter(pk__in=numbers).values_list("uid", flat=True)
    owners = Identity.objects.filter(namespace="email").values_list("person_id", flat=True)[:1000]
    double = there.filter(pk__in=list(owners)).values_list("uid", flat=True)
    return str(busy.uid), [str(uid) for uid in ordinary], [str(uid) for uid in double]


def turning(client: Any, path: str) -> Address:
    """Further and further into the list, from `DEEP` pages on."""
    at = {"address": ""}

    def further() -> None:
        found = NEXT_PAGE.search(client.get(at["address"] or path).content.decode())
        at["address"] = f"/people/{html.unescape(found.group(1))}" if found else ""

    def address() -> str:
        for _ in range(1 if at["address"] else DEEP):
            further()
        return at["address"] or path

    return address


def scrolling(client: Any, person: str) -> Address:
    """Further and further back in somebody's story."""
    start = f"/people/{person}/timeline/"
    at = {"address": start}

    def address() -> str:
        found = FURTHER_BACK.search(client.get(at["address"]).content.decode())
        at["address"] = html.unescape(found.group(1)) if found else start
        return at["address"]

    return address


def table(results: list[dict[str, Any]]) -> None:
    columns = ("p50_ms", "p99_ms", "processor_ms", "questions")
    width = max(len(each["page"]) for each in results)
    print(f"{'':<{width}}", *(f"{name:>13}" for name in columns))
    for each in results:
        print(f"{each['page']:<{width}}", *(f"{each[name]:>13}" for name in columns))


if __name__ == "__main__":
    main()
