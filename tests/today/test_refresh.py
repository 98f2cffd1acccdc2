"""The figures worked out for real: through the mirror and the engine, and each one opens the people it counts."""

import shutil
from datetime import date, timedelta
from decimal import Decimal

import pytest

from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actions import change_organisation
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.people.facade import PersonMark, lift, mark
from vincle.apps.today.actions import refresh_reading
from vincle.flow.jobs.queue import enqueue
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Reading
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_mirror_yet() -> None:
    """The tests of one process share a home, and its mirror would outlive the database's rows."""
    shutil.rmtree(Home.at().mirror, ignore_errors=True)


def a_quarter() -> None:
    """Forty people: all new in January, half of them coming every other day until the middle of February, the other
    half until the end of March."""
    start = date(2026, 1, 5)
    events = []
    for number in range(40):
        until = date(2026, 2, 14) if number % 2 else date(2026, 3, 31)
        day = start + timedelta(days=number % 7)
        while day <= until:
            events.append(
                happened(
                    f"C{number}",
                    f"{day} 10:00",
                    "order.placed",
                    amount=Decimal(2),
                    currency="EUR",
                    name=f"Maria {number}",
                )
            )
            day += timedelta(days=2 + number % 3)
    tell(*events)


def listed(client, url: str) -> int:
    """How many people the list at `url` holds."""
    count = client.get(url).context["plan"].count
    assert not count.more
    return int(count.number)


def test_every_figure_of_the_page_opens_exactly_the_people_it_counts(client_of, olga):
    a_quarter()
    assert refresh_reading(now=NOW)
    client = client_of(olga)
    page = client.get("/").context
    assert 40 == page["today"].said["people"] == listed(client, page["everybody"])
    assert page["gained"] == listed(client, page["gained_url"])
    assert page["lost"] == listed(client, page["lost_url"])
    opened = 0
    for series in page["comings"].option["series"]:
        for point in series["data"]:
            if isinstance(point, dict):
                assert abs(point["value"]) == listed(client, point["url"])
                opened += abs(point["value"])
    assert 40 + 20 == opened  # everybody was gained once, and half of them lost


def test_the_page_follows_the_log_and_nothing_is_worked_out_twice(client_of, olga):
    tell(happened("C1", "2026-03-01 10:00"))
    assert refresh_reading(now=NOW)
    assert not refresh_reading(now=NOW)
    tell(happened("C2", "2026-03-02 10:00"))
    assert refresh_reading(now=NOW)
    assert 2 == client_of(olga).get("/").context["today"].said["people"]


def test_another_currency_or_time_zone_is_another_reading():
    tell(happened("C1", "2026-03-01 10:00", "order.placed", amount=Decimal(5), currency="USD"))
    assert refresh_reading(now=NOW)
    change_organisation(actor=COMMAND_LINE, now=NOW, currency="USD", timezone="America/Bogota")
    assert refresh_reading(now=NOW)
    payload = Reading.objects.get(name="today").payload
    assert ("USD", "America/Bogota", [5.0]) == (payload["currency"], payload["zone"], payload["money"]["amount"])


def test_an_empty_log_is_read_too_and_the_page_still_teaches(client_of, olga):
    assert refresh_reading(now=NOW)
    assert "Your relationships begin here" in client_of(olga).get("/").content.decode()


def test_the_worker_does_it_when_asked(client_of, olga):
    tell(happened("C1", "2026-03-01 10:00"))
    enqueue("today.refresh", key="today.refresh", now=NOW)
    Worker().drain()
    assert {Job.State.DONE} == set(Job.objects.filter(task="today.refresh").values_list("state", flat=True))
    assert 1 == client_of(olga).get("/").context["today"].said["people"]


def test_whose_processing_is_restricted_is_in_no_figure(client_of, olga):
    for who, month in (("C1", "03"), ("C2", "04")):
        bought = happened(who, f"2026-{month}-01 10:00", "order.placed", amount=Decimal(5), currency="EUR")
        tell(bought, happened(who, f"2026-{month}-02 10:00", name=f"Person {who}"))
    refresh_reading(now=NOW)
    client = client_of(olga)

    def seen() -> tuple[int, int, float, bool]:
        Worker().drain()
        page = client.get("/")
        said = page.context["today"].said
        return said["people"], said["interactions"], sum(said["money"]["amount"]), "Person C1" in page.text

    assert (2, 4, 10.0, True) == seen()
    made = mark(person("C1"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)
    assert (1, 2, 5.0, False) == seen()
    lift(made, actor=COMMAND_LINE, now=NOW)
    assert (2, 6, 10.0, True) == seen()  # with what was done by those here
