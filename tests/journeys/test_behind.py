"""From a figure to the people behind it: found in the background, once for a state of the log, then a list."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from journeys.readings import keep
from people.telling import NOW, happened, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys import gathering
from vincle.apps.journeys.maps.actions import create
from vincle.apps.lists.models import Gathering
from vincle.engine.journeys.journey import from_data
from vincle.flow.jobs import waiting
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job

BEHIND = "/journeys/behind/"
BUYS = {"kinds": ["order.placed"]}
SHOPPING = {
    "name": "Shopping",
    "stages": [
        {"key": "first", "name": "First purchase", "enters": [BUYS]},
        {"key": "habit", "name": "Habit", "enters": [BUYS | {"times": 2}]},
    ],
}


@pytest.fixture
def agent(transactional_db, client_of, anna):
    """Mercè buys twice, Pau once, Joan visits."""
    tell(
        happened("C1", "2026-03-01 10:00", "order.placed", name="Mercè Roca"),
        happened("C1", "2026-03-02 10:00", "order.placed"),
        happened("C2", "2026-03-01 10:00", "order.placed", name="Pau Puig"),
        happened("C3", "2026-03-03 10:00", "visit.made", name="Joan Vila"),
    )
    return client_of(anna)


def find(client, figure: str, **more: object) -> tuple[list[str], str]:
    """The people behind a figure, and how the list is called."""
    said = {"figure": figure, **more}
    assert "Finding the people" in client.get(BEHIND, said).content.decode()
    Worker().drain()
    answer = client.get(BEHIND, said)
    assert 302 == answer.status_code
    listed = client.get(answer["Location"] + "&sort=name")
    assert parse_qs(urlsplit(answer["Location"]).query).keys() == {"f"}
    return [line.name for line in listed.context["lines"]], listed.context["sentence"]


FIGURES = {
    "entered:first": (["Mercè Roca", "Pau Puig"], "“First purchase”: came here"),
    "entered:habit": (["Mercè Roca"], "“Habit”: came here"),
    "here:first": (["Pau Puig"], "“First purchase”: are here now"),
    "left:first": (["Pau Puig"], "“First purchase”: came here and did not go on"),
    "flow:first:habit": (["Mercè Roca"], "From “First purchase” to “Habit”"),
    "deviation:skipped:habit": (["Pau Puig"], "“Habit” was skipped"),
    "follows": (["Mercè Roca"], "Shopping: follow the design"),
    "edge:order.placed:order.placed": (["Mercè Roca"], "“Purchase” directly after “Purchase”"),
}


def test_a_figure_opens_the_people_it_counts(agent):
    this = create(from_data(SHOPPING), actor=COMMAND_LINE, now=NOW)
    found = {figure: find(agent, figure, map=this.uid) for figure in FIGURES}
    assert {figure: (names, f"People behind “{words}”") for figure, (names, words) in FIGURES.items()} == found


def test_without_a_journey_it_is_one_of_what_really_happens(agent, monkeypatch):
    assert ["Joan Vila"] == find(agent, "step:visit.made")[0]
    assert 1 == Gathering.objects.count()
    agent.get(BEHIND, {"figure": "step:visit.made"})  # found out once for a state of the log
    assert 0 == Job.objects.exclude(state="done").count()
    monkeypatch.setattr(gathering, "FRESH", timedelta(0))
    tell(happened("C4", "2026-03-04 10:00", "visit.made", name="Anna Serra"))
    agent.post("/journeys/refresh/", {"case": "person"})
    Worker().drain()
    assert ["Anna Serra", "Joan Vila"] == find(agent, "step:visit.made")[0]


def test_while_they_are_found_the_page_says_so_and_then_goes_there(agent):
    htmx = {"HX-Request": "true"}
    assert "Finding the people" in agent.get(BEHIND, {"figure": "step:visit.made"}, headers=htmx).content.decode()
    Worker().drain()
    there = agent.get(BEHIND, {"figure": "step:visit.made"}, headers=htmx)
    assert there["HX-Redirect"].startswith("/people/?f=")


@pytest.mark.parametrize(
    "figure",
    [
        "",
        "step",
        "step:unheard.of",
        "step:visit.made:more",
        "entered:first",
        "way:many",
        "cohort:x",
        "cohort:2026-01-01:x",
        "a:b:c",
    ],
)
def test_what_is_no_figure_is_not_looked_for(client_of, anna, db, figure):
    keep()
    assert 404 == client_of(anna).get(BEHIND, {"figure": figure}).status_code
    assert 404 == client_of(anna).get(BEHIND, {"figure": figure, "map": "nowhere"}).status_code
    assert 0 == Job.objects.count()


def test_while_much_waits_no_more_is_begun(agent, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_WAITING", 1)
    assert 200 == agent.get(BEHIND, {"figure": "step:visit.made"}).status_code
    assert 200 == agent.get(BEHIND, {"figure": "step:visit.made"}).status_code  # the same is asked for once
    refused = agent.get(BEHIND, {"figure": "step:order.placed"})
    assert (403, 1) == (refused.status_code, Job.objects.filter(task="journeys.behind").count())
    assert "Much is being worked out already" in refused.content.decode()
