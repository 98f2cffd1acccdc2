"""The list of people with a filter, columns and a view."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lists.asking import LIST, cells, f, names
from vincle.apps.lists.filters import behaviour
from vincle.apps.lists.filters.language import Did, Found, Group, Known, Period, Reached, Spent
from vincle.apps.lists.filters.reading import read, write
from vincle.apps.people.queries import directory

pytestmark = pytest.mark.django_db

BUYS = Did("order.placed", "at_least", 2)


def test_a_filter_in_the_address_leaves_those_who_meet_it_and_is_said_as_a_sentence(annas):
    page = annas.get(LIST, {"f": f(BUYS, Known("town", "is", ("girona",)))})
    assert ["Mercè Roca"] == names(page)
    assert "People with “Purchase” at least 2 times and whose town is “girona”" == page.context["sentence"]


def test_groups_are_said_and_kept_together(annas):
    group = Group("any", (Known("town", "is", ("Olot",)), Reached("email", "has")))
    page = annas.get(LIST, {"f": f(Did("order.placed", "at_most", 1), group), "sort": "name"})
    assert ["Joan Vila", "Pau Puig"] == names(page)
    assert "(whose town is “Olot” or with a known e-mail)" in page.context["sentence"]


def test_a_filter_and_what_is_asked_above_the_list_must_both_hold(annas):
    assert ["Pau Puig"] == names(annas.get(LIST, {"f": f(Did("order.placed", "at_least", 1)), "q": "pau"}))


@pytest.mark.parametrize(("counted", "said"), [(10_000, "2 people"), (1, "People who match")])
def test_how_many_they_are_is_said_only_where_it_is_known(annas, monkeypatch, counted, said):
    monkeypatch.setattr(directory, "COUNTED", counted)
    monkeypatch.setattr(behaviour, "EXAMINED", 0)
    page = annas.get(LIST, {"f": f(Did("order.placed", "at_least", 1))})
    assert said in page.content.decode()
    assert 2 == len(names(page))


def test_the_columns_are_those_that_are_chosen(annas):
    page = annas.get(LIST, {"c": ["attribute:town", "did:order.placed:0", "spent:0", "by:email"], "sort": "name"})
    assert [["", "0", "–", "joan@example.org"], ["Girona", "2", "€30", ""], ["Olot", "1", "€5", ""]] == cells(page)
    assert ["Name", "Town", "Purchase", "Money", "E-mail"] == [each.label for each in page.context["headings"]]


def test_only_what_an_index_holds_can_be_sorted_by(annas):
    page = annas.get(LIST, {"c": ["attribute:town", "money"]})
    assert [True, False, True] == [bool(each.url) for each in page.context["headings"]]


def test_the_file_holds_the_people_and_the_columns_of_the_list(three, client_of, cast):
    asked = {"f": f(Did("order.placed", "at_least", 1)), "c": ["known", "attribute:town", "spent:0"], "sort": "name"}
    answer = client_of(cast.members["laia"]).get("/people/export/", asked)
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert ["uid", "name", "known_as", "namespace", "source", "attribute:town", "spent:0"] == rows[0]
    assert [["Mercè Roca", "C1", "customer_id", "The shop", "Girona", "30"]] == [row[1:] for row in rows[1:2]]
    assert 3 == len(rows)


NO_FILTERS = [
    "x",
    "{}",
    "[]",
    "null",
    '["all",[]]',
    '["all",[["group","any",[]]]]',
    '["none",[["by","email","has"]]]',
    '["all",[["by","email","has"],["nonsense"]]]',
    '["all",[["known","town","is",[]]]]',
    '["all",[["known","town","is",[" "]]]]',
    '["all",[["known","town","lacks",["\u0301"]]]]',
    '["all",[["known","twon","is_not",["Girona"]]]]',
    '["all",[["known","town","greater",["many"]]]]',
    '["all",[["known","town","before",["2026-02-31"]]]]',
    '["all",[["did","order.plaecd","at_most",0]]]',
    '["all",[["did","order.placed","at_least",0]]]',
    '["all",[["did","order.placed","at_least",1,[90,"2026-01-01"]]]]',
    '["all",[["did","order.placed","at_least",1,[null,"2026-02-01","2026-01-01"]]]]',
    '["all",[["seen","last","within",[]]]]',
    '["all",[["total","money","at_least","NaN"]]]',
    '["all",[["total","money","at_least","1e400"]]]',
    '["all",[["total","interactions","at_least",1.5]]]',
    '["all",[["by","fax","lacks"]]]',
    '["all",[["list","019a9d6e-0000-7000-8000-000000000000","off"]]]',
    '["all",[["group","all",[["group","all",[["by","email","has"]]]]]]]',
    '["all",[["known","town","is",["a\\u0000b"]]]]',
    "[" * 5_000,
    "x" * 9_000,
]


@pytest.mark.parametrize("path", [LIST, "/lists/choose/", "/lists/views/new/", "/lists/change/"])
def test_what_is_no_filter_is_refused_in_one_sentence_and_shows_nobody(martas, path):
    for asked in NO_FILTERS:
        page = martas.get(path, {"f": asked})
        assert 400 == page.status_code, asked
        assert "Mercè Roca" not in page.content.decode()


def test_a_filter_that_is_refused_takes_nobody_out(three, client_of, cast):
    assert 400 == client_of(cast.members["laia"]).get("/people/export/", {"f": "x"}).status_code


def test_what_is_no_column_is_refused(annas):
    for column in ("", "town", "attribute:", "attribute:twon", "did:order.plaecd:0", "spent:x", "x" * 99):
        assert 400 == annas.get(LIST, {"c": [column, "money"]}).status_code, column


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=60) | st.recursive(st.none() | st.text(max_size=9) | st.integers(), st.lists).map(str))
def test_whatever_stands_in_the_address_the_list_answers(annas, asked):
    assert annas.get(LIST, {"f": asked}).status_code in {200, 400}


@settings(max_examples=50)
@given(words=st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and "\0" not in text))
def test_a_filter_is_read_as_it_was_written(words):
    wanted = read(write(read(f(Found(words), Spent("at_least", "2.5", Period(days=3))))))
    assert (Found(words), "2.5") == (wanted.parts[0], str(wanted.parts[1].amount))


def test_a_list_with_a_filter_and_columns_costs_a_bounded_number_of_questions(annas, django_assert_max_num_queries):
    asked = {
        "f": f(BUYS, Known("town", "contains", ("gir",))),
        "c": ["known", "attribute:town", "did:order.placed:90", "spent:365", "by:email"],
    }
    with django_assert_max_num_queries(32):
        names(annas.get(LIST, asked))
