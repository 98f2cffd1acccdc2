"""People found although a letter is wrong."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.telling import happened, person, tell
from vincle.apps.people.queries.close import close_people, halves, one_letter_away
from vincle.flow.append.same import say_same

NAMES = {"C1": "Mercè Roca", "C2": "Joan Vilafranca i Puig", "C3": "Mercè Soler", "C4": "Ann-Marie O'Neil"}


@pytest.fixture
def four(db):
    tell(*(happened(number, "2026-03-01 10:00", name=name) for number, name in NAMES.items()))


def found(text: str) -> list[str]:
    numbers = {person(number).pk: name for number, name in NAMES.items()}
    return [numbers[number] for number in close_people(text, most=10)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Merce Rocca", "Mercè Roca"),
        ("merse roca", "Mercè Roca"),
        ("MERCE ROAC", "Mercè Roca"),
        ("erce roca", "Mercè Roca"),
        ("roca merc", "Mercè Roca"),
        ("vilafrnca", "Joan Vilafranca i Puig"),
        ("villafranca joan", "Joan Vilafranca i Puig"),
        ("vilafrx", "Joan Vilafranca i Puig"),
        ("anne marie", "Ann-Marie O'Neil"),
        ("oneil", "Ann-Marie O'Neil"),
        ("mercedes rocasa", ""),
        ("%", ""),
        ('" OR "', ""),
        ("ro", ""),
        ("", ""),
    ],
)
def test_a_name_is_found_with_a_letter_wrong_in_each_word(four, typed, expected):
    assert expected == " ".join(found(typed)[:1])


def test_the_closest_comes_first(four):
    assert ["Mercè Soler", "Mercè Roca"] != found("merce")
    assert "Mercè Soler" == found("merce solar")[0]


def test_whoever_is_part_of_somebody_else_is_not_found_apart(four):
    say_same(person("C1"), person("C3"), author="Anna", now=person("C1").last_at)
    assert 1 == len(close_people("merce", most=10))


words = st.text(alphabet="abcdeè", min_size=3, max_size=9)


@given(word=words, place=st.integers(0, 8), letter=st.sampled_from("abcx"), how=st.sampled_from("+-=~"))
def test_one_wrong_letter_leaves_half_of_a_word(word, place, letter, how):
    at = place % len(word)
    wrong = {
        "+": word[:at] + letter + word[at:],
        "-": word[:at] + word[at + 1 :],
        "=": word[:at] + letter + word[at + 1 :],
        "~": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[how]
    assert wrong == word or one_letter_away(wrong, word)
    if len(wrong) >= 4 and how != "~":
        assert any(half in f" {word} " for half in halves(wrong))


@pytest.mark.parametrize(("one", "other"), [("roca", "rosas"), ("abc", "cba"), ("abcd", "ab"), ("", "ab")])
def test_two_letters_are_too_many(one, other):
    assert not one_letter_away(one, other)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30))
def test_whatever_is_typed_is_looked_for(four, typed):
    assert len(close_people(typed, most=3)) <= 3


def test_the_names_are_looked_up_by_their_index(four):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN SELECT rowid FROM people_close WHERE people_close MATCH 'abc' LIMIT 9")
            assert "VIRTUAL TABLE INDEX" in str(cursor.fetchall())
            return
        cursor.execute("SET LOCAL enable_seqscan = off")
        for name in ("last", "first", "name", "interactions", "amount"):  # of so few people any index is as good
            cursor.execute(f"DROP INDEX person_by_{name}")
        cursor.execute(
            "EXPLAIN SELECT id FROM flow_person WHERE last_at IS NOT NULL AND (' ' || name_key || ' ') LIKE '% mer%'"
        )
        assert "people_close" in str(cursor.fetchall())
