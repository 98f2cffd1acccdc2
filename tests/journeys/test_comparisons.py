"""Two groups, or two periods, side by side: the numbers are the engine's, and what cannot be told says why."""

import json
import re
from html import unescape

import pytest

from journeys.crowd import crowd
from journeys.designs import mapped
from journeys.readings import keep
from people.telling import NOW
from vincle.apps.fields.models import CustomField
from vincle.apps.journeys.asking import Comparison
from vincle.apps.journeys.comparisons.actions import refresh_comparison
from vincle.apps.journeys.comparisons.page import comparison_shown
from vincle.apps.journeys.comparisons.queries import newest_comparison
from vincle.engine.journeys import Group, compare, of_log
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Person
from vincle.kernel.home import Home

COMPARE = "/journeys/compare/"
JANUARY, MARCH = "2026-01-01/2026-01-31", "2026-03-01/2026-03-31"
PERIODS = {"since": "2026-01-01", "until": "2026-01-31", "other_since": "2026-03-01", "other_until": "2026-03-31"}
BUYERS = {"stages": [{"key": "buys", "name": "Buys", "enters": [{"kinds": ["order.placed"], "times": 3}]}]}


@pytest.fixture
def agent(transactional_db, client_of, anna):
    crowd()
    client = client_of(anna)
    client.get("/journeys/")
    Worker().drain()
    return client


def read(client, path=COMPARE, status=200, **asked):
    response = client.get(path, asked)
    assert status == response.status_code
    return unescape(" ".join(response.content.decode().split()))


def ask(client, **asked):
    """What the page says once it is worked out."""
    asked = {"asked": "1"} | asked
    assert 302 == client.post(COMPARE, asked).status_code
    assert "Comparing both" in read(client, f"{COMPARE}newer/", **asked)
    Worker().drain()
    return read(client, **asked)


def found(*asked, **more):
    return newest_comparison(Comparison("person", *asked, **more))


def by_engine(first, second, **asked):
    import vincle.engine as ve

    with ve.open(Home.at()) as log:
        return json.loads(json.dumps(compare(of_log(log), first, second, **asked).as_json()))


def numbers(letter):
    return list(Person.objects.filter(name__startswith=letter).values_list("pk", flat=True))


def a_sensitive_field():
    CustomField.objects.create(slug="illness", labels={"en": "Illness"}, type="text", sensitive=True, created_at=NOW)


def test_two_periods_are_compared_as_the_engine_does_and_said_in_sentences(agent):
    told = ask(agent, by="period", within=7, **PERIODS)
    kept = found("period", JANUARY, MARCH, within=7)
    expected = by_engine(Group(JANUARY, numbers("F")), Group(MARCH, numbers("M")), within_days=7)
    assert expected["compared"] == kept.said["compared"]
    assert ([12, 12], [0, 0]) == (kept.said["cases"], kept.said["not_over"])
    assert "Fewer of them have “Visit”: 1 Mar 2026 to 31 Mar 2026" in told
    assert "0% against 100%, −100.0 points" in told
    assert "Observational" in told
    shown = comparison_shown(Comparison("person", "period", JANUARY, MARCH, within=7), kept, ("January", "March"))
    [steps] = [sort for sort in shown.sorts if sort.key == "step"]
    visit = next(row for row in steps.rows if row.runs[0][0].name == "visit.made")
    assert ("100%", "12 of 12", "0%", "clear") == (
        visit.sides[0].at, visit.sides[0].cases, visit.sides[1].at, visit.verdict,
    )  # fmt: skip
    assert (("100.0%", "0.0%"), False) == ((visit.bars.first.length, visit.bars.second.length), visit.is_more)
    assert not re.search(r'\sstyle="', told)


def test_what_is_said_of_people_and_a_stage_are_compared_too(agent, olga):
    page = read(agent, by="attribute")
    assert "town: Girona (12)" in page
    told = ask(agent, by="attribute", first=GIRONA)
    assert "Nothing is clear: whatever differs may be chance." in told
    assert "town: any other" in told
    kept = found("attribute", "Girona", attribute="town")
    assert [12, 12] == kept.said["cases"]
    this = mapped(olga, now=NOW, aim=None, **BUYERS)
    told = ask(agent, by="stage", map=this.uid, stage="buys")
    expected = by_engine(Group("a", numbers("M")), Group("b", numbers("F")))
    assert expected["compared"] == found("stage", "buys", map=str(this.uid)).said["compared"]
    assert "never came into “Buys”" in told
    # What only some may see is neither offered nor compared, also when it became so after it was asked.
    a_sensitive_field()
    asked = Comparison("person", "attribute", "yes", attribute="field:illness")
    refresh_comparison(asked, now=NOW)
    assert (None, {"reason": "gone"}) == (newest_comparison(asked).said, newest_comparison(asked).why)


def test_of_too_few_the_numbers_are_said(agent):
    told = ask(agent, by="period", **PERIODS | {"until": "2026-01-05"})
    assert "1 Jan 2026 to 5 Jan 2026: 5 of 10 that are needed." in told
    told = ask(agent, by="period", within=700, **PERIODS)
    assert "0 of 10 that are needed. 12 more are not known for that long yet." in told


GIRONA = '["town", "Girona"]'
WRONG = {
    "overlap": ("The two periods overlap", PERIODS | {"other_since": "2026-01-31"}),
    "backwards": ("A period ends on the day it begins, or later.", PERIODS | {"until": "2025-12-31"}),
    "no day": ("Enter a valid date", PERIODS | {"since": "soon"}),
    "far": ("This day is too far away.", PERIODS | {"other_until": "9999-12-31"}),
    "days": ("Ensure this value is greater than or equal to 1.", PERIODS | {"within": 0}),
    "other": (
        "Compare two values of the same.",
        {"by": "attribute", "first": GIRONA, "second": '["age", "x"]'},
    ),
    "same": (
        "Choose another value",
        {"by": "attribute", "first": GIRONA, "second": GIRONA},
    ),
    "hidden": ("Select a valid choice", {"by": "attribute", "first": '["field:illness", "yes"]'}),
    "strange": ("Select a valid choice", {"by": "attribute", "first": "[" * 9}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("which", WRONG)
def test_what_cannot_be_compared_is_refused_in_words(client_of, anna, which):
    words, asked = WRONG[which]
    a_sensitive_field()
    keep(values={"town": [["Girona", 40]], "age": [["x", 20]], "field:illness": [["yes", 20]]},
         attributes=[["town", 60], ["age", 40], ["field:illness", 40]])  # fmt: skip
    answer = client_of(anna).post(COMPARE, {"by": "period", "asked": "1"} | asked)
    assert 400 == answer.status_code
    assert words in unescape(answer.content.decode())
    assert "illness" not in read(client_of(anna), by="attribute")
    assert 0 == Job.objects.count()


@pytest.mark.django_db
def test_before_anything_is_known_and_who_may_not_look(client_of, anna, outsider):
    assert "Nothing has been worked out yet" in read(client_of(anna))
    assert 403 == client_of(outsider).get(COMPARE).status_code
    assert 404 == client_of(anna).get(COMPARE, {"map": "nowhere"}).status_code
