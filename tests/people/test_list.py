"""The list of people: finding, filtering, sorting."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.telling import happened, person, tell
from vincle.apps.people.queries import directory
from vincle.apps.people.queries.search import FOUND

pytestmark = pytest.mark.django_db

LIST = "/people/"


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def names(response) -> list[str]:
    """The people on the page, in order."""
    assert response.status_code == 200
    return [line.name for line in response.context["lines"]]


def test_an_outsider_is_refused(client_of, outsider):
    assert client_of(outsider).get(LIST).status_code == 403


def test_without_anybody_the_page_says_how_people_come_in(client_of, olga):
    page = client_of(olga).get(LIST).content.decode()
    assert "Nobody here yet" in page
    assert reverse("sources:upload") in page


def test_a_person_is_one_line_with_how_they_are_known(agent):
    tell(
        happened("C1", "2026-03-01 10:00", "order.placed", name="Mercè Roca", amount=Decimal("38.40"), currency="EUR"),
        happened("C1", "2026-05-02 10:00", links=[("email", "merce@example.org")]),
    )
    page = agent.get(LIST)
    assert ["Mercè Roca"] == names(page)
    shown = page.content.decode()
    assert "merce@example.org" in shown
    assert "1 Mar 2026" in shown
    assert "2 May 2026" in shown
    assert "€38" in shown
    assert "1 person" in shown


def test_a_source_s_number_is_shown_with_its_words_and_its_source(agent):
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    assert "customer number · The shop" in agent.get(LIST).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "Mercè",
        "merc",
        "ROCA",
        "roca mer",
        "puig",
        "merce@exam",
        "MERCE@EXAMPLE.ORG",
        "+34612345678",
        "612 345 678",
        "612-345",
        "c00042",
        "C0004",
        "  mercè   roca ",
    ],
)
def test_somebody_is_found_by_the_beginning_of_any_word_or_identity(agent, asked):
    links = [("email", "merce@example.org"), ("phone", "+34612345678")]
    tell(
        happened("C00042", "2026-03-01 10:00", name="Mercè Roca Puig", links=links),
        happened("C7", "2026-03-02 10:00", name="Joan Serra", links=[("email", "joan@example.org")]),
    )
    assert ["Mercè Roca Puig"] == names(agent.get(LIST, {"q": asked}))


@pytest.mark.parametrize("asked", ["oca", "erce", "roca joan", "example.org", "345", "%", "_", "' OR 1=1 --"])
def test_nobody_is_found_by_the_middle_of_a_word(agent, asked):
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca", links=[("email", "merce@example.org")]))
    page = agent.get(LIST, {"q": asked})
    assert [] == names(page)
    assert "Nobody matches" in page.content.decode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=40))
def test_whatever_is_asked_the_list_answers(agent, asked):
    assert agent.get(LIST, {"q": asked}).status_code == 200


def test_a_search_that_finds_very_many_says_that_it_shows_the_first(agent):
    tell(*(happened(f"C{number}", "2026-03-01 10:00", name=f"Maria {number}") for number in range(FOUND + 1)))
    page = agent.get(LIST, {"q": "maria"}).content.decode()
    assert "More than 1,000 people" in page
    assert "type more to narrow it down" in page


def test_somebody_known_twice_is_one_line_and_found_by_either(agent):
    tell(
        happened("C1", "2026-03-01 10:00", name="Mercè Roca"),
        happened("merce@example.org", "2026-03-05 10:00", namespace="email"),
        happened("C1", "2026-03-07 10:00", links=[("email", "merce@example.org")]),
    )
    assert ["Mercè Roca"] == names(agent.get(LIST))
    assert ["Mercè Roca"] == names(agent.get(LIST, {"q": "merce@"}))
    assert 3 == person("C1").interactions


def test_a_contact_that_two_customers_share_is_nobody_of_its_own(agent):
    tell(
        happened("C1", "2026-03-01 10:00", name="Mercè Roca", links=[("phone", "+34972000000")]),
        happened("C2", "2026-03-02 10:00", name="Pau Roca", links=[("phone", "+34972000000")]),
    )
    assert ["Pau Roca", "Mercè Roca"] == names(agent.get(LIST))


@pytest.fixture
def three(agent):
    """Three people who differ in everything that can be sorted by."""
    money = {"kind": "order.placed", "currency": "EUR"}
    tell(
        happened("C1", "2026-01-05 10:00", name="Berta Vila", amount=Decimal(10), **money),
        happened("C1", "2026-06-01 10:00"),
        happened("C1", "2026-06-02 10:00"),
        happened("C2", "2026-02-05 10:00", name="Àngel Soler", amount=Decimal(30), **money),
        happened("C2", "2026-07-01 10:00"),
        happened("C3", "2026-03-05 10:00", name="Carme Font", namespace="member_id@club"),
    )
    return agent


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", "Àngel Soler, Berta Vila, Carme Font"),
        ("last", "Carme Font, Berta Vila, Àngel Soler"),
        ("first", "Berta Vila, Àngel Soler, Carme Font"),
        ("-first", "Carme Font, Àngel Soler, Berta Vila"),
        ("name", "Àngel Soler, Berta Vila, Carme Font"),
        ("-name", "Carme Font, Berta Vila, Àngel Soler"),
        ("-interactions", "Berta Vila, Àngel Soler, Carme Font"),
        ("-money", "Àngel Soler, Berta Vila, Carme Font"),
        ("money", "Carme Font, Berta Vila, Àngel Soler"),
        ("nonsense", "Àngel Soler, Berta Vila, Carme Font"),
    ],
)
def test_the_list_is_sorted_by_any_column_both_ways(three, order, expected):
    assert expected.split(", ") == names(three.get(LIST, {"sort": order}))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"last_from": "2026-06-02"}, "Àngel Soler, Berta Vila"),
        ({"last_from": "2026-06-02", "last_to": "2026-06-02"}, "Berta Vila"),
        ({"first_to": "2026-02-05"}, "Àngel Soler, Berta Vila"),
        ({"first_from": "2026-01-06", "first_to": "2026-02-28"}, "Àngel Soler"),
        ({"at_least": "2"}, "Berta Vila, Àngel Soler"),
        ({"known": "member_id@club"}, "Carme Font"),
        ({"known": "customer_id@shop", "at_least": "3"}, "Berta Vila"),
        ({"q": "a", "at_least": "2"}, "Àngel Soler"),
    ],
)
def test_a_filter_leaves_those_who_pass_it(three, asked, expected):
    assert expected.split(", ") == names(three.get(LIST, asked))


@pytest.mark.parametrize("counted", [0, 1, 10_000])
@pytest.mark.parametrize("reach", [0, 1, 10_000])
def test_however_many_there_are_a_filter_leaves_the_same_people(three, monkeypatch, counted, reach):
    monkeypatch.setattr(directory, "COUNTED", counted)
    monkeypatch.setattr(directory, "REACH", reach)
    asked = {"last_from": "2026-06-01", "first_to": "2026-02-28", "known": "customer_id@shop", "sort": "name"}
    assert ["Àngel Soler", "Berta Vila"] == names(three.get(LIST, asked))


def test_days_are_those_of_the_organisation(agent):
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))  # 1 April at half past midnight in Madrid
    assert ["Mercè Roca"] == names(agent.get(LIST, {"first_from": "2026-04-01", "first_to": "2026-04-01"}))
    assert [] == names(agent.get(LIST, {"first_to": "2026-03-31"}))


def test_every_filter_in_force_is_a_chip_that_takes_it_away(three):
    page = three.get(LIST, {"first_from": "2026-01-01", "first_to": "2026-12-31", "at_least": "2", "sort": "name"})
    chosen = {one.words: one.without for one in page.context["chosen"]}
    assert {
        "First seen: 1 Jan 2026 – 31 Dec 2026": "?at_least=2&sort=name",
        "Interactions, at least: 2": "?first_from=2026-01-01&first_to=2026-12-31&sort=name",
    } == chosen


@pytest.mark.parametrize(
    "asked",
    [
        {"first_from": "yesterday"},
        {"at_least": "-3"},
        {"at_least": "99999999999999999999"},
        {"known": "no such"},
        {"last_to": "2026-02-31"},
        {"q": "a\0b"},
        {"q": "x" * 1000},
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_left_out(three, asked):
    page = three.get(LIST, asked)
    assert 3 == len(names(page))
    assert page.context["form"].errors.keys() == asked.keys()


@pytest.mark.parametrize("asked", [{"first_from": "0001-01-01"}, {"last_to": "9999-12-31"}])
def test_the_ends_of_time_are_days_like_others(three, asked):
    assert 3 == len(names(three.get(LIST, asked)))


@pytest.mark.parametrize("cursor", ["x", "WyJ0Il0:abc:def", "' OR 1=1", "\0", "9" * 5000])
def test_a_cursor_that_is_not_ours_is_refused_in_kind_words(three, cursor):
    page = three.get(LIST, {"page": cursor})
    assert 400 == page.status_code
    assert "Start from the first page." in page.content.decode()


def test_a_cursor_of_another_order_is_refused(agent):
    tell(*(happened(f"C{number}", "2026-03-01 10:00") for number in range(60)))
    cursor = agent.get(LIST, {"sort": "name"}).context["page"].next
    assert 200 == agent.get(LIST, {"sort": "name", "page": cursor}).status_code
    assert 400 == agent.get(LIST, {"sort": "last", "page": cursor}).status_code


def test_names_and_identities_are_text_whatever_they_hold(agent):
    hostile = "<script>alert(1)</script>"
    tell(happened(f"{hostile}'\"", "2026-03-01 10:00", name=f"{hostile} {{{{ 7 }}}}", namespace="x<b>@shop"))
    for page in (agent.get(LIST), agent.get(LIST, {"q": hostile})):
        assert hostile not in page.content.decode()
        assert "x<b>" not in page.content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}" in page.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "maria"},
        {"q": "612 345 678"},
        {"first_from": "2026-01-01", "last_from": "2026-01-01", "at_least": "1", "sort": "name"},
    ],
)
def test_a_page_costs_at_most_thirteen_questions(agent, django_assert_max_num_queries, monkeypatch, asked):
    monkeypatch.setattr(directory, "COUNTED", 10)
    tell(*(happened(f"C{number}", "2026-03-01 10:00", name=f"Maria {number}") for number in range(120)))
    with django_assert_max_num_queries(13):
        names(agent.get(LIST, asked))
