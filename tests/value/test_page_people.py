"""From a figure to the people behind it, and a bridge between days that somebody chooses."""

from decimal import Decimal

import pytest

from people.telling import NOW, person
from value.customers import purchases, tell_purchases
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys.maps.actions import create
from vincle.apps.lists.models import Gathered, Gathering
from vincle.apps.value import asking
from vincle.apps.value.models import Worth
from vincle.apps.value.queries import newest_value
from vincle.apps.value.refreshing import refresh_value
from vincle.engine.journeys.journey import from_data
from vincle.flow.jobs import waiting
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Reading

pytestmark = pytest.mark.django_db(transaction=True)
BEHIND = "/value/behind/"


@pytest.fixture
def agent(client_of, anna):
    tell_purchases(purchases(120))
    refresh_value(now=NOW)
    return client_of(anna)


def gathered(client, figure: str) -> tuple[set[int], str]:
    """The people behind a figure, and what their list is called."""
    assert "Finding the people" in client.get(BEHIND, {"figure": figure}).content.decode()
    Worker().drain()
    answer = client.get(BEHIND, {"figure": figure})
    assert (302, "/people/") == (answer.status_code, answer["Location"].partition("?")[0])
    made = Gathering.objects.latest("pk")
    return set(Gathered.objects.filter(gathering=made).values_list("identity_id", flat=True)), made.words


def test_who_is_in_each_part_of_the_bridge(agent):
    said = newest_value().page["bridge"]
    for part, people in said["people"].items():
        found, _words = gathered(agent, f"bridge:{part}:{said['opening_day']}:{said['closing_day']}:91")
        assert people == len(found)


def test_who_is_worth_most(agent):
    best = Worth.objects.order_by("-worth", "pk")
    top, words = gathered(agent, "top:worth:10")
    assert (set(best.values_list("pk", flat=True)[:12]), "The 10% who are expected to bring most") == (top, words)


def test_who_began_in_a_month_and_came_again(agent):
    first = newest_value().page["cohorts"][0]
    began, words = gathered(agent, f"cohort:{first['period']}:0")
    assert (first["people"], "First paid in Jan 2025") == (len(began), words)
    again, words = gathered(agent, f"cohort:{first['period']}:2")
    assert (first["came"][2][0], "First paid in Jan 2025, and again 2 months later") == (len(again), words)


def test_who_is_at_a_stage_of_a_journey(agent):
    buys = {"kinds": ["order.placed"]}
    stages = [
        {"key": "first", "name": "First", "enters": [buys]},
        {"key": "habit", "name": "Habit", "enters": [buys | {"times": 10}]},
    ]
    this = create(from_data({"name": "Shopping", "stages": stages}), actor=COMMAND_LINE, now=NOW)
    Reading.objects.all().delete()
    refresh_value(now=NOW)
    (told,) = (each for each in newest_value().page["groups"] if each["by"] == "stage")
    people = {each["of"]: each["people"] for each in told["groups"]}
    assert 120 == sum(people.values())
    found, words = gathered(agent, f"group:stage:{this.uid}:habit")
    assert (people["habit"], "“Habit”: are here now") == (len(found), words)
    page = agent.get("/value/", {"by": f"stage:{this.uid}"}).context["page"]
    assert ("Stage of “Shopping”", {"First", "Habit"}) == (page.groups.title, {row.words for row in page.groups.rows})


def test_who_is_in_a_group(agent):
    origin = next(each for each in newest_value().page["groups"] if each["by"] == "origin")
    found, words = gathered(agent, "group:origin:origin:shop\tGirona")
    assert (origin["groups"][0]["people"], "Began here: shop · Girona") == (len(found), words)
    assert person("C3").pk in found


@pytest.mark.parametrize(
    "figure",
    ["", "all", "top:worth", "top:worth:0", "top:name:10",
     "bridge:all:2025-01-01:2025-02-01:91", "bridge:new:2025-02-01:2025-01-01:91", "bridge:new:2025-02-01:2025-03-01:x",
     "cohort:2025:1", "cohort:2025-01-01:-1", "group:origin", "group:stage:x:y", "group:other:x:y"],
)  # fmt: skip
def test_what_is_no_figure_is_not_looked_for(client_of, anna, figure):
    assert 404 == client_of(anna).get(BEHIND, {"figure": figure}).status_code
    assert not Job.objects.exists()


def test_a_form_leads_to_those_who_bring_so_much(agent):
    answer = agent.get(f"{BEHIND}worth/", {"low": "300", "high": "400"})
    assert 302 == answer.status_code
    expected = Worth.objects.filter(worth__gte=300, worth__lte=400).count()
    assert expected == len(agent.get(answer["Location"]).context["lines"]) > 0


@pytest.mark.parametrize(("low", "high"), [("", ""), ("5", "1"), ("a", "b"), ("nan", "9"), ("0", "1e99"), ("-1", "2")])
def test_sums_that_make_no_sense_lead_nowhere(client_of, anna, low, high):
    assert 404 == client_of(anna).get(f"{BEHIND}worth/", {"low": low, "high": high}).status_code


def test_a_bridge_between_two_days(agent):
    asked = {"opening": "2025-06-30", "closing": "2025-12-31", "window": "28"}
    answer = agent.post("/value/bridge/", asked)
    assert 302 == answer.status_code
    assert "Comparing both days" in agent.get(answer["Location"]).content.decode()
    Worker().drain()
    shown = agent.get(answer["Location"]).context["shown"]
    said = Reading.objects.get(name__startswith=asking.BRIDGES).payload["found"]
    sums = {name: Decimal(said[name]) for name in ("opening", "new", "kept", "recovered", "lost", "closing")}
    assert sums["closing"] == sums["opening"] + sums["new"] + sums["kept"] + sums["recovered"] - sums["lost"]
    assert f"€{sums['closing']:,.2f}" == shown.closing
    assert "HX-Refresh" in agent.get("/value/bridge/newer/", asked).headers


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closing": "2025-06-30"}, "Choose a day after the first one."),
        ({"opening": "0001-01-01"}, "This day is too far away."),
        ({"window": "7"}, "Select a valid choice"),
        ({"closing": "soon"}, "Enter a valid date"),
    ],
)
def test_days_that_make_no_bridge(client_of, anna, change, words):
    asked = {"opening": "2025-06-30", "closing": "2025-12-31", "window": "28"}
    answer = client_of(anna).post("/value/bridge/", asked | change)
    assert 400 == answer.status_code
    assert words in answer.content.decode()
    assert 200 == client_of(anna).get("/value/bridge/", asked | change).status_code
    assert not Job.objects.exists()


def test_while_much_waits_no_more_is_begun(agent, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_WAITING", 1)
    assert 200 == agent.get(BEHIND, {"figure": "present"}).status_code
    assert 200 == agent.get(BEHIND, {"figure": "present"}).status_code
    assert 403 == agent.get(BEHIND, {"figure": "top:worth:5"}).status_code
