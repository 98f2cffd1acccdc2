"""The figures of a map worked out for real: they are those of the engine."""

import json
import re
import shutil
from html import unescape
from urllib.parse import parse_qs

import pytest

import vincle.engine as ve
from people.telling import NOW, happened, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys.maps.actions import create
from vincle.apps.journeys.real.actions import refresh_chart
from vincle.apps.journeys.real.queries import newest_chart
from vincle.engine.journeys import behind, chart
from vincle.engine.journeys.journey import Journey, from_data
from vincle.flow.jobs.worker import Worker
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_mirror_yet() -> None:
    """The tests of one process share a home, and its mirror would outlive the database's rows."""
    shutil.rmtree(Home.at().mirror, ignore_errors=True)


def journey(times: int = 2) -> Journey:
    return from_data({
        "name": "Comes and buys",
        "stages": [
            {"key": "visit", "name": "Visit", "enters": [{"kinds": ["visit.made"]}]},
            {"key": "buys", "name": "Buys", "enters": [{"kinds": ["order.placed"], "times": times}]},
        ],
    })  # fmt: skip


def some_people() -> None:
    tell(*(happened(f"C{number}", "2026-03-01 10:00") for number in range(8)))
    tell(*(happened(f"C{number}", f"2026-03-0{day} 11:00", "order.placed") for number in range(5) for day in (2, 4)))


def linked(page: str) -> dict[str, int]:
    """The numbers on a page that lead to people, by their figures."""
    links = re.findall(r'href="/journeys/behind/\?([^"]*)"[^>]*>([\d,]+)</a>', page)
    return {parse_qs(unescape(asked))["figure"][0]: int(number.replace(",", "")) for asked, number in links}


def test_looking_has_the_worker_read_what_the_engine_says_and_figures_count_those_behind_them(client_of, anna):
    some_people()
    this = create(journey(), actor=COMMAND_LINE, now=NOW)
    client, address = client_of(anna), f"/journeys/maps/{this.uid}/real/"
    assert "is being worked out" in client.get(address).text
    Worker().drain()
    page = client.get(address).text
    assert ("is being worked out" in page, "How far they come" in page) == (False, True)
    kept = newest_chart(this.uid)
    assert kept is not None
    with ve.open(Home.at()) as log:
        assert json.loads(json.dumps(chart(log, journey(), zone="Europe/Madrid"))) == kept.said
        figures = linked(page)
        assert {"entered:visit", "reached:buys", "flow:visit:buys", "follows", "left:visit"} <= set(figures)
        assert figures == {figure: len(behind(log, journey(), figure)) for figure in figures}
    assert (8, 5, 5) == (kept.cases, kept.said["stages"][1]["entered"], kept.said["conformance"]["conforming"])


def test_nothing_is_worked_out_twice_and_log_and_design_are_followed():
    some_people()
    this = create(journey(), actor=COMMAND_LINE, now=NOW)
    assert refresh_chart(this.uid, journey(), revision=0, now=NOW)
    assert not refresh_chart(this.uid, journey(), revision=1, now=NOW)
    tell(happened("C9", "2026-03-09 10:00"))
    assert refresh_chart(this.uid, journey(), revision=1, now=NOW)
    assert refresh_chart(this.uid, journey(times=3), revision=2, now=NOW)
    kept = newest_chart(this.uid)
    assert kept is not None
    assert (9, 0, 2) == (kept.cases, kept.said["stages"][1]["entered"], kept.revision)
