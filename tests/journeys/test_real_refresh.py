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
from vincle.apps.journeys.real.actions import refresh_aim, refresh_chart
from vincle.apps.journeys.real.queries import newest_aim, newest_chart
from vincle.engine.journeys import behind, chart, moments_of
from vincle.engine.journeys.journey import Journey, as_data, from_data
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job
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


def test_who_looks_has_the_aim_worked_out_too_as_the_engine_says_it(client_of, anna):
    some_people()
    tell(*(happened(f"L{number:02}", "2026-05-01 10:00") for number in range(70)))
    tell(*(happened(f"L{number:02}", "2026-05-02 11:00", "page.viewed") for number in range(35)))
    tell(
        *(happened(f"L{number:02}", f"2026-05-{day} 11:00", "order.placed") for number in range(40) for day in (21, 23))
    )
    tell(happened("Z", "2026-06-30 10:00"))
    aimed = from_data(as_data(journey()) | {"aim": {"stage": "buys", "first_days": 10, "within_days": 20}})
    this = create(aimed, actor=COMMAND_LINE, now=NOW)
    client, address = client_of(anna), f"/journeys/maps/{this.uid}/real/"
    client.get(address)
    client.get(address)
    assert ["journeys.chart", "journeys.aim"] == list(Job.objects.order_by("pk").values_list("task", flat=True))
    Worker().drain()
    kept = newest_aim(this.uid)
    assert kept is not None
    with ve.open(Home.at()) as log:
        assert json.loads(json.dumps(moments_of(log, aimed).as_json())) == kept.said
    page = unescape(client.get(address).text)
    assert "73 people were followed for 10 days and 20 after; 40 of them" in page
    assert not refresh_aim(this.uid, aimed, revision=1, now=NOW)
    few = from_data(as_data(aimed) | {"aim": {"kind": "page.viewed", "first_days": 30, "within_days": 90}})
    assert refresh_aim(this.uid, few, revision=1, now=NOW)
    kept = newest_aim(this.uid)
    assert kept is not None
    assert (None, {"reason": "few", "followed": 8, "needed": 60}) == (kept.said, kept.why)
