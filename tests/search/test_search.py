"""One search over people, words and pages."""

from pathlib import Path

import pytest
from django.db import connection

from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.people import facade as people
from vincle.apps.search import providers
from vincle.apps.search.facade import Hit, Provider, excerpt, register
from vincle.apps.search.texts import find_texts
from vincle.flow.replay import replay

SEARCH = "/search/"


@pytest.fixture
def told(db):
    tell(
        happened(
            "C1",
            "2026-03-01 10:00",
            "email.received",
            name="Mercè Roca",
            text="La caixa ve sense els Ous, una altra vegada",
        ),
        happened("C1", "2026-04-01 10:00", "email.received", text="Where is my box of eggs?"),
        happened("C2", "2026-04-02 10:00", "call.received", name="Pau Ous", text="<script>alert('eggs')</script>"),
        happened("C3", "2026-04-03 10:00", name="Imma Ports"),
    )


def groups(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {group.name: [hit.title for hit in group.hits] for group in response.context["groups"]}


def test_people_and_what_was_said_are_found_apart(told, client_of, anna):
    found = groups(client_of(anna).get(SEARCH, {"q": "ous"}))
    assert {"people": ["Pau Ous"], "texts": ["Mercè Roca"]} == found


def test_a_name_is_found_with_a_letter_wrong(told, client_of, anna):
    assert {"people": ["Mercè Roca"]} == groups(client_of(anna).get(SEARCH, {"q": "Merce Rocca"}))


def test_pages_are_found_by_their_names_by_whoever_may_open_them(told, client_of, anna, cast):
    assert ["Imports"] == groups(client_of(anna).get(SEARCH, {"q": "impo"}))["pages"]
    assert "pages" not in groups(client_of(cast.members["quim"]).get(SEARCH, {"q": "impo"}))


def test_the_words_are_marked_in_a_piece_of_the_text_that_stays_text(told, client_of, anna):
    page = client_of(anna).get(SEARCH, {"q": "eggs"}).content.decode()
    assert "Where is my box of <mark>eggs</mark>?" in page
    assert "&lt;script&gt;alert(&#x27;<mark>eggs</mark>&#x27;)" in page


def test_under_the_field_there_is_only_what_is_found(told, client_of, anna):
    panel = client_of(anna).get(SEARCH, {"q": "eggs"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in panel
    assert "<mark>eggs</mark>" in panel


def test_an_outsider_finds_nothing(told, client_of, outsider):
    assert 403 == client_of(outsider).get(SEARCH, {"q": "ous"}).status_code


@pytest.mark.parametrize("words", ["", " ", "\0", "%", '"', "a" * 500, "ous AND (", "NEAR(a b)", "-x", "*", "' OR 1=1"])
def test_whatever_is_asked_the_page_answers(told, client_of, anna, words):
    assert 200 == client_of(anna).get(SEARCH, {"q": words}).status_code


def test_a_room_answers_those_who_may_see_what_it_keeps(told, client_of, anna, ramon, monkeypatch):
    monkeypatch.setattr(providers, "_providers", {})
    register(Provider("notes", "Notes", "people.edit", lambda words, reader: [Hit(f"{words} by {reader.name}", "/")]))
    assert {"notes": ["eggs by Anna Puig"]} == groups(client_of(anna).get(SEARCH, {"q": "eggs"}))
    assert {} == groups(client_of(ramon).get(SEARCH, {"q": "eggs"}))
    with pytest.raises(LookupError):
        register(Provider("notes", "Notes", "no.such", lambda _words, _reader: []))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("one two three", ["two"], "one [two] three"),
        ("Mercè va dir", ["merce", "dir"], "[Mercè] va [dir]"),
        ("a" * 90 + " egg", ["egg"], "…[egg]"),
        ("egg " + "b " * 200, ["egg"], "[egg] " + "b " * 68 + "…"),
        ("nothing here", ["egg"], "nothing here"),
        ("", ["egg"], ""),
    ],
)
def test_an_excerpt_shows_the_words_among_their_neighbours(text, words, expected):
    assert expected == "".join(f"[{piece}]" if found else piece for piece, found in excerpt(text, words))


def test_replay_works_the_index_out_again(told):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_text (search_text, rowid, text) "
                "SELECT 'delete', id, text FROM flow_interaction WHERE text LIKE '%eggs?'"
            )
        assert 1 == len(find_texts("eggs", most=9))
    replay()
    assert 2 == len(find_texts("eggs", most=9))


def test_what_was_said_follows_who_is_who(told):
    from vincle.flow.append.same import say_same

    say_same(person("C2"), person("C1"), author="Anna", now=NOW)
    assert {person("C1")} == {whose for _row, whose in find_texts("eggs", most=9)}


@pytest.mark.django_db(transaction=True)
def test_whoever_is_erased_leaves_no_letter_of_what_they_said(told):
    tell(happened("C9-erased", "2026-03-01 10:00", name="Zqxwname", text="Esclarmonda zqxwtext"))
    assert 1 == len(find_texts("zqxwtext", most=9))
    certificate = people.erase(person("C9-erased"), actor=COMMAND_LINE, now=NOW)
    assert certificate["verified"]
    assert [] == find_texts("zqxwtext", most=9)
    assert [] == people.close_people("zqxwnam", most=9)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = Path(connection.settings_dict["NAME"]).read_bytes().lower()
        for word in (b"zqxwtext", b"zqxwname", b"zqx"):
            assert word not in data


def test_a_search_costs_at_most_thirty_five_questions(told, client_of, anna, django_assert_max_num_queries):
    with django_assert_max_num_queries(35):
        client_of(anna).get(SEARCH, {"q": "ous"})


def test_what_was_said_is_looked_up_by_its_index(told):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN SELECT rowid FROM search_text WHERE search_text MATCH 'eggs'")
            assert "VIRTUAL TABLE INDEX" in str(cursor.fetchall())
            return
        for way in ("seqscan", "indexscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM flow_interaction WHERE text IS NOT NULL "
            "AND to_tsvector('simple', search_plain(text)) @@ to_tsquery('simple', 'eggs')"
        )
        assert "search_text" in str(cursor.fetchall())
