"""The first page: what it tells, whom it lets in, what it says when there is little to tell."""

import re
from datetime import date

import pytest
from django.urls import reverse

from people.telling import NOW, happened, person, tell
from today.readings import SILENCE, figures, keep
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.today import queries
from vincle.flow.catalogue import seed

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def read(client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_outsider_is_refused(client_of, outsider):
    for path in ("/", "/today/newer/"):
        assert 403 == client_of(outsider).get(path).status_code


def test_an_empty_log_teaches_how_to_begin(client_of, olga, anna):
    page = read(client_of(olga))
    assert "Your relationships begin here" in page
    assert "vincle demo" in page
    assert reverse("sources:upload") in page
    assert reverse("sources:upload") not in read(client_of(anna))  # an agent brings in no files


def test_until_the_figures_are_there_the_page_says_so_and_asks_again(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    page = read(agent)
    assert "The figures are being worked out" in page
    assert f'hx-get="{reverse("today:newer")}"' in page
    keep()
    assert "150" in read(agent, "/today/newer/")


def test_newer_figures_are_given_once(agent):
    keep()
    assert 204 == agent.get("/today/newer/", {"version": "7"}).status_code
    keep(version=8)
    assert 200 == agent.get("/today/newer/", {"version": "7"}).status_code


def test_the_figures_say_how_it_is_and_lead_to_the_people_behind_them(agent):
    keep()
    page = read(agent)
    assert re.search(r'href="/people/">150</a>', page)
    assert "120 came on more than one day" in page
    assert re.search(
        r'Gained in Mar 2026</p>.{0,80}<a href="/people/\?first_from=2026-03-01&amp;first_to=2026-03-31">40<', page
    )
    assert re.search(
        r'Lost from sight in Mar 2026</p>.{0,80}<a href="/people/\?last_from=2026-01-20&amp;last_to=2026-02-18">4<',
        page,
    )
    assert "silent for more than 40 days (38–43): 95 of 100 returns come sooner · 120 people" in page
    assert "Money in Mar 2026" in page
    assert "€50" in page


def test_with_few_who_came_back_nobody_is_called_lost(agent):
    unknown = SILENCE | {"days": None, "low": None, "high": None, "people": 12}
    keep(comings=figures()["comings"] | {"lost": None, "silence": unknown})
    page = read(agent)
    assert "not enough people yet: 12 of 30 came back" in page
    assert "last_from" not in page


def test_the_limit_may_have_no_upper_bound(agent):
    keep(comings=figures()["comings"] | {"silence": SILENCE | {"high": None}})
    assert "silent for more than 40 days (38–?)" in read(agent)


def test_a_log_that_ends_long_ago_is_told_as_of_its_last_day(agent):
    keep(as_of="2017-12-31T22:00:00+00:00")
    page = read(agent)
    assert "The log ends on 31 Dec 2017: everything here is as of that day." in page
    assert "The last that happened" in page
    assert "Happening now" not in page


def test_what_just_happened_leads_to_whom_it_happened_with(agent):
    seed()
    keep()
    page = read(agent)
    assert '/people/01a20017-7cba-7b53-bd6c-d0fbacd69776/">Mercè Roca</a>' in page
    assert "€38.40" in page
    assert "Purchase · shop · Girona" in page


def test_activity_is_shown_by_week_or_by_month(agent):
    keep()
    assert "Interactions by kind each week" in read(agent)
    assert "Interactions by kind each month" in read(agent, "/?by=month")
    assert "Interactions by kind each week" in read(agent, "/?by=century")


def test_the_bar_that_dwarfs_all_others_is_cut_and_said(agent):
    keep(comings=figures()["comings"] | {"gained": [900, 50, 40]})
    page = read(agent)
    assert (
        'The bar of Jan 2026 is cut: <a href="/people/?first_from=2026-01-01&amp;first_to=2026-01-31">900 people</a>'
        in page
    )
    assert agent.get("/").context["comings"].option["yAxis"]["max"] < 900


def test_what_the_log_holds_is_text_whatever_it_is(agent):
    hostile = "<img src=x onerror=alert(1)>"
    latest = figures()["latest"][0] | {"name": hostile, "place": hostile, "channel": hostile, "kind": hostile}
    places = [{"channel": hostile, "place": hostile, "interactions": 1, "people": 1}]
    activity = {unit: said | {"kinds": {hostile: [1, 2, 3]}} for unit, said in figures()["activity"].items()}
    keep(latest=[latest], touchpoints=places, activity=activity)
    assert "<img src=x" not in read(agent).lower()


def test_who_may_not_be_seen_is_not_among_the_latest(agent, client_of, olga):
    tell(happened("C1", "2026-03-31 15:00", name="Mercè Roca"))
    keep(latest=[figures()["latest"][0] | {"person_uid": str(person("C1").uid)}])
    assert "Mercè Roca" in read(agent)
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    assert (False, True) == ("Mercè Roca" in read(agent), "Mercè Roca" in read(client_of(olga)))


def test_the_page_costs_at_most_twelve_questions(agent, django_assert_max_num_queries):
    keep()
    with django_assert_max_num_queries(12):
        read(agent)


@pytest.mark.parametrize(
    ("as_of", "month"),
    [
        ("2026-03-31T15:00:00+00:00", date(2026, 3, 1)),
        ("2026-03-31T23:00:00+00:00", date(2026, 3, 1)),  # in Madrid it is April
        ("2026-03-30T15:00:00+00:00", date(2026, 2, 1)),
        ("2026-01-01T15:00:00+00:00", date(2025, 12, 1)),
    ],
)
def test_the_last_whole_month_is_one_that_is_over(as_of, month):
    keep(as_of=as_of)
    today = queries.newest_reading()
    assert today is not None
    assert month == today.whole_month.first
