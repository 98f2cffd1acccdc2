"""What a map's page says of the moments that matter for its aim."""

import re
from html import unescape

import pytest

from journeys.charts import found, journey, keep_aim, keep_chart, moment, stage
from people.telling import NOW, happened, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys.maps.actions import create
from vincle.apps.journeys.real.aim import asked_of
from vincle.apps.journeys.web.aim import url_of
from vincle.engine.journeys.journey import Journey
from vincle.flow.catalogue import seed
from vincle.flow.models import Job

pytestmark = pytest.mark.django_db
PROBLEM = {"stage": "problem", "first_days": 60, "within_days": 180}
WAIT = {"what": "wait", "seconds": 5 * 86_400.0, "estimate": 0.115, "low": 0.075, "high": 0.154}


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def aimed(**aim) -> Journey:
    return journey(aim=aim or PROBLEM)


def page_of(client, of: Journey, said=None, *, language: str = "en", **why) -> str:
    """The page with that kept of its aim; without tags, but for where a card or a cell ends."""
    seed()
    this = create(of, actor=COMMAND_LINE, now=NOW)
    keep_chart(of, this.uid)
    if said or why:
        keep_aim(of, this.uid, said, **why)
    html = client.get(f"/journeys/maps/{this.uid}/real/", headers={"Accept-Language": language}).content.decode()
    html = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<(?!/?td\b)[^>]*>", "", html)).split())


def row_of(page: str) -> list[str]:
    """The cells of the moments on the map, one for each stage."""
    row = page[page.index("Moments that matter observational") : page.index("Money")]
    return [cell.strip() for cell in re.findall(r"<td>(.*?)</td>", row)]


def test_each_clear_moment_stands_in_the_stage_of_its_step_with_its_interval_and_which_way_it_goes(agent):
    page = page_of(
        agent,
        aimed(),
        found(
            moment("order.delivered"),
            moment("page.viewed", "page.viewed", **WAIT, balance={"start": [0.9, 0.2]}),
            moment("page.viewed", q=0.2),
            moment("neighbour.asked"),
            moment("order.placed", estimate=None, low=None, high=None, p=None, q=None, having=12),
        ),
    )
    looks, box, *others = row_of(page)
    assert "Visit to a page → Visit to a page · after more than 5 days: +11.5 points of “A problem” (7.5" in looks
    assert ("for the worse" in looks, "both sides still unlike" in looks) == (True, True)
    assert "order.delivered: −9.0 points of “A problem” (−13.0 to −5.0), for the better" == box
    assert ["–no clear moment"] * 3 == others


def test_the_card_says_the_aim_and_the_answer_in_sentences(agent):
    page = page_of(agent, aimed(), found(moment("order.delivered"), moment("page.viewed", q=0.2)))
    for words in (
        "Coming into “A problem” in the 180 days after the first 60",
        "Nobody should: the less often, the better",
        "2,016 people were followed for 60 days and 180 after; 584 of them (29%) came into “A problem”",
        "People with “order.delivered” came into “A problem” less often: −9.0 points (−13.0 to −5.0), 410 with and",
        "People with “Visit to a page”: no clear difference from the others in coming into “A problem”",
        "Observational",
    ):
        assert words in page


def test_of_an_absence_it_is_said_that_it_may_have_begun_before(agent):
    away = {"key": "away", "name": "Away", "enters": [{"kinds": ["order.placed"], "absent_days": 42}]}
    of = journey(stages=[away, stage("problem", "A problem")], aim={"stage": "away"})
    assert "may have begun to in the first days" in page_of(agent, of, reason="none")
    assert "may have begun to" not in page_of(agent, aimed(), reason="none")


def test_more_of_what_should_come_is_well(agent):
    said = found(moment("order.delivered"), outcome="order.placed", outcome_kind="step")
    page = page_of(agent, aimed(kind="order.placed"), said)
    assert "Nobody should" not in page
    assert row_of(page)[1].endswith("points of “Purchase” (−13.0 to −5.0), for the worse")


def test_nothing_is_invented_where_nothing_can_be_told(agent):
    page = page_of(agent, aimed(), reason="few", followed=12, needed=60)
    assert ["–it cannot be told yet"] * 5 == row_of(page)
    assert "12 of 60" in page


def test_of_an_aim_that_changed_nothing_old_is_shown(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    of = aimed(kind="order.placed")
    this = create(of, actor=COMMAND_LINE, now=NOW)
    keep_chart(of, this.uid)
    keep_aim(aimed(), this.uid, found(moment("order.delivered")))
    response = agent.get(f"/journeys/maps/{this.uid}/real/")
    assert ("A problem less often" in response.text, "Comparing those with each step" in response.text) == (False, True)
    assert {"journeys.chart", "journeys.aim"} == set(Job.objects.values_list("task", flat=True))
    Job.objects.filter(task="journeys.chart").delete()
    going = agent.get(f"/journeys/maps/{this.uid}/real/newer/?shown=1&moments=1")
    assert ("Comparing those" in going.text, "HX-Retarget" in going.headers) == (True, False)
    Job.objects.all().delete()
    done = agent.get(f"/journeys/maps/{this.uid}/real/newer/?shown=1&moments=1")
    assert "#real-figures" == done.headers["HX-Retarget"]


def test_the_whole_form_asks_the_same_or_for_a_stage_the_same_days(agent):
    of = aimed(kind="order.placed", first_days=14, within_days=60, again=True)
    address = url_of(of, of.aim)
    assert address.startswith("/journeys/?outcome=order.placed&first_days=14&within_days=60&again=on&kind=step&")
    assert "exposures=steps&exposures=pairs&exposures=waits&heeded=beginning" in address
    assert "/journeys/?first_days=60&within_days=180#moments" == url_of(aimed(), aimed().aim)


def test_only_what_moments_depend_on_makes_them_old():
    assert asked_of(aimed()) == asked_of(journey(aim=PROBLEM, name="Another", about="Words"))
    assert asked_of(aimed()) != asked_of(journey(aim=PROBLEM | {"first_days": 59}))
    assert asked_of(aimed()) != asked_of(journey(aim=PROBLEM, case="order"))


@pytest.mark.parametrize(("language", "words"), [
    ("ca", ["van arribar a «A problem» menys sovint", "punts de «A problem»", "Moments que compten"]),
    ("es", ["llegaron a «A problem» menos a menudo", "puntos de «A problem»", "Momentos que cuentan"]),
])  # fmt: skip
def test_it_is_said_in_every_language(agent, language, words):
    page = page_of(agent, aimed(), found(moment("order.delivered")), language=language)
    for each in words:
        assert each in page
