"""What people are worth, in lists: columns, filters and files, also of people who were joined since."""

import csv
import io
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lists import naive
from lists.asking import CHOOSE, LIST, cells, f, names
from lists.test_builder import filled
from people.telling import NOW, happened, person, tell
from value.worths import worth
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.lists.facade import people_worth_url
from vincle.apps.lists.filters.asking import conditions
from vincle.apps.lists.filters.language import Filter, Group, Reached, Total, Worth
from vincle.apps.lists.filters.reading import read
from vincle.apps.people.facade import Criteria, join, numbers_of
from vincle.apps.people.queries import directory

pytestmark = pytest.mark.django_db
COLUMNS = {"c": ["worth", "present", "alive", "expected", "paid"], "sort": "name"}


@pytest.fixture
def valued(three):
    """Mercè is with the shop and worth much, of Pau nothing can be told, Joan never paid."""
    worth("C1", money=230, present=120, alive=0.9998, expected=6.25, worth=431.5, last_on=date(2026, 4, 1))
    worth("C2", money=5, present=5, last_on=date(2026, 2, 1))


@pytest.fixture
def shop(three):
    """Seven customers, two of whom were joined to others after they were valued."""
    tell(
        happened("C4", "2026-05-02 10:00", name="Carme Font"),
        happened("C5", "2026-05-03 10:00", name="Àngel Soler", links=[("email", "angel@example.org")]),
        happened("C6", "2026-05-04 10:00", name="Carme F."),
        happened("C7", "2026-05-05 10:00", name="M. Roca"),
    )
    worth("C1", money=230, present=120, alive=0.95, expected=6.25, worth=431.5)
    worth("C2", money=5, present=5)
    worth("C4", money=50, present=0, alive=0.02, expected=0.1, worth=0)
    worth("C5", money=60, present=-10, alive=0.5, expected=1, worth=431.5)
    worth("C6", money=70, present=70, alive=0.7, expected=0.4, worth=30)
    worth("C7", money=20, present=0, alive=0.3, expected=9, worth=12)
    for one, other in (("C4", "C6"), ("C1", "C7")):
        join(person(one), person(other), actor=COMMAND_LINE, now=NOW)
    return naive.everybody()


leaves = st.one_of(
    st.builds(
        Worth,
        st.sampled_from(["worth", "present", "expected"]),
        st.sampled_from(["at_least", "at_most"]),
        st.sampled_from([Decimal(each) for each in ("-10", "0", "0.4", "1", "6.25", "30", "120", "431.5", "431.5001")]),
    ),
    st.builds(
        Worth,
        st.just("alive"),
        st.sampled_from(["at_least", "at_most"]),
        st.sampled_from([Decimal(each) for each in ("0", "0.02", "0.3", "0.5", "0.7", "1")]),
    ),
    st.builds(Reached, st.just("email"), st.sampled_from(["has", "lacks"])),
    st.builds(Total, st.just("interactions"), st.just("at_least"), st.integers(1, 3).map(Decimal)),
)
matches = st.sampled_from(["all", "any"])
groups = st.builds(Group, matches, st.lists(leaves, min_size=1, max_size=3).map(tuple))
filters = st.builds(Filter, matches, st.lists(leaves | groups, min_size=1, max_size=3).map(tuple))


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=filters, limits=st.tuples(*(st.sampled_from([0, 1, 3, 10_000]) for _ in range(2))))
def test_a_filter_wants_whom_a_naive_evaluation_wants(shop, wanted, limits):
    with pytest.MonkeyPatch.context() as patch, timezone.override("Europe/Madrid"):
        patch.setattr(directory, "COUNTED", limits[0])
        patch.setattr(directory, "REACH", limits[1])
        criteria = Criteria(order="name", further=conditions(wanted, now=NOW))
        page, _way = directory.page(criteria)
        expected = {one.row.pk for one in shop if naive.meets(one, wanted, NOW)}
        assert expected == {one.pk for one in page}
        assert expected == set(numbers_of(criteria))


def test_columns_say_what_is_known_and_a_dash_where_nothing_is(valued, annas):
    page = annas.get(LIST, COLUMNS)
    assert ["Joan Vila", "Mercè Roca", "Pau Puig"] == names(page)
    assert [
        ["–", "–", "–", "–", ""],
        ["€432", "€120", "over 99%", "6.2", "1 Apr 2026"],
        ["–", "€5", "–", "–", "1 Feb 2026"],
    ] == cells(page)


def test_of_people_who_were_joined_the_highest_of_each_counts(shop, annas):
    page = annas.get(LIST, COLUMNS | {"q": "Carme"})
    assert [["€30", "€70", "70%", "0.4"]] == [line[:4] for line in cells(page)]


def test_a_column_costs_as_many_questions_as_another_however_many_people(valued, annas):
    annas.get(LIST, {"c": ["worth"]})
    with CaptureQueriesContext(connection) as few:
        annas.get(LIST, {"c": ["worth"]})
    tell(*(happened(f"D{number}", "2026-01-01 10:00") for number in range(30)))
    for number in range(30):
        worth(f"D{number}", present=number)
    with CaptureQueriesContext(connection) as many:
        annas.get(LIST, {"c": ["worth"]})
    assert len(few) == len(many)


def test_the_file_holds_the_figures_as_they_are(valued, martas):
    answer = martas.get("/people/export/", COLUMNS)
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert ["uid", "name", "worth", "present", "alive", "expected", "paid"] == rows[0]
    assert ["Mercè Roca", "431.5", "120", "0.9998", "6.25", "2026-04-01"] == rows[2][1:]
    assert ["Joan Vila", "", "", "", "", ""] == rows[1][1:]


def test_the_sentence_says_it_and_the_address_of_a_stretch_of_worth_opens_it(valued, annas):
    page = annas.get(people_worth_url(Decimal(100), Decimal(500)))
    assert ["Mercè Roca"] == names(page)
    assert "People expected to bring at least €100.00 and expected to bring at most €500.00" == page.context["sentence"]
    assert "/people/" == people_worth_url(None, None)
    said = f(
        Worth("alive", "at_most", Decimal("0.125")),
        Worth("present", "at_least", Decimal(5)),
        Worth("expected", "at_most", Decimal("2.5")),
    )
    assert (
        "People with a probability of at most 12.5% that they are still with us and who brought at least €5.00 in the "
        "last 12 months and expected to come at most 2.5 times"
    ) == annas.get(LIST, {"f": said}).context["sentence"]


@pytest.mark.parametrize("match", ["all", "any"])
def test_the_builder_asks_for_it_and_takes_probabilities_in_percent(valued, annas, match):
    wanted = f(
        Worth("alive", "at_least", Decimal("0.125")),
        Worth("worth", "at_most", Decimal(250)),
        Worth("expected", "at_least", Decimal("1.5")),
        match=match,
    )
    page = annas.get(CHOOSE, {"f": wanted})
    assert "12.5" == page.context["built"].blocks[0].rows[0]["value"].value()
    answer = annas.get(CHOOSE, filled(page) | {"do": "show"})
    assert read(wanted) == read(parse_qs(urlsplit(answer["Location"]).query)["f"][0])
    page = annas.get(CHOOSE, {"row": ["0"], "r0-what": "worth:alive", "r0-op": "at_least", "r0-value": "130", "do": ""})
    assert "A probability is from 0 to 100 percent." == page.context["built"].trouble
