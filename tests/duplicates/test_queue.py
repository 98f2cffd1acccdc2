"""The queue's page: what waits, in which order, and how it is asked for."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duplicates.queueing import ALIKE, BY, pair, people
from vincle.apps.duplicates.likeness import PLACES
from vincle.apps.duplicates.queries import queue
from vincle.apps.people import facade
from vincle.engine.duplicates.comparisons import COMPARISONS
from vincle.flow.models import SamePerson
from vincle.kernel import clock

pytestmark = pytest.mark.django_db


def shown(client, query: str = "") -> list[int]:
    """The numbers of the pairs on a page, in order."""
    return [int(number) for number in re.findall(r'id="pair-(\d+)"', client.get(f"/duplicates/{query}").text)]


def test_an_empty_queue_says_what_would_be_there(anna, client_of):
    page = client_of(anna).get("/duplicates/").text
    assert "Nobody has looked yet" in page
    assert "Look for duplicates now" in page


def test_pairs_come_the_most_probable_first_with_both_side_by_side(anna, client_of):
    people()
    less, more = pair("c", "d", 0.55), pair("a", "b", 0.992)
    page = client_of(anna).get("/duplicates/").text
    assert [more.pk, less.pk] == shown(client_of(anna))
    assert "almost certainly · 99.2%" in page
    assert "rather yes than no · 55%" in page
    assert re.search(r"Birthday</th>\s*<td>1971-02-03</td>\s*<td[^>]*>.*?the same</span>", page, re.DOTALL)
    assert re.search(r"Town</th>\s*<td>Girona</td>\s*<td[^>]*>.*?differs</span></td>\s*<td>Salt", page, re.DOTALL)


def test_values_are_read_as_they_are_now(anna, client_of):
    people()
    pair("a", "b")
    assert "Figueres" not in client_of(anna).get("/duplicates/").text
    people(a={"name": "Mercè Roca", "town": "Girona"}, f={"name": "Pau", "town": "Figueres"})
    pair("a", "f")
    assert "Figueres" in client_of(anna).get("/duplicates/").text


def test_the_queue_is_asked_for_by_probability_and_by_what_agrees(anna, client_of):
    people()
    low, high = pair("c", "d", 0.6, [["town", "the same", 3.0, 3.0]]), pair("a", "b", 0.97)
    client = client_of(anna)
    assert [high.pk] == shown(client, "?least=0.9")
    assert [low.pk] == shown(client, "?same=town")
    assert [high.pk] == shown(client, "?same=birth+date&same=given+name")
    assert [] == shown(client, "?same=birth+date&same=town")
    assert [high.pk, low.pk] == shown(client, "?least=nonsense&same=nothing")
    assert "No pair is like that" in client.get("/duplicates/?same=phone").text


def test_two_who_are_one_or_are_kept_apart_do_not_wait_until_that_is_undone(anna, client_of):
    people()
    first, second = pair("a", "b"), pair("c", "d", 0.9)
    one = facade.join(*queue.people_of(first), now=clock.now(), **BY)
    other = facade.keep_apart(*queue.people_of(second), now=clock.now(), **BY)
    assert [] == shown(client_of(anna))
    for step in (one, other):
        facade.undo(SamePerson.objects.get(pk=step.pk), now=clock.now(), **BY)
    assert [first.pk, second.pk] == shown(client_of(anna))


def test_what_others_they_were_joined_with_are_kept_apart_from_counts_too(anna, client_of):
    people()
    this = pair("a", "b")
    pair("a", "c", 0.9)
    facade.keep_apart(*queue.people_of(this), now=clock.now(), **BY)
    facade.join(*queue.people_of(pair("b", "c", 0.8)), now=clock.now(), **BY)
    assert [] == shown(client_of(anna))


def test_several_pairs_of_what_are_two_people_by_now_are_shown_once(anna, client_of):
    people()
    best, _other = pair("a", "c", 0.9), pair("a", "d", 0.8)
    facade.join(*queue.people_of(pair("c", "d", 0.7)), now=clock.now(), **BY)
    assert [best.pk] == shown(client_of(anna))


def test_pages_follow_each_other_without_missing_or_repeating_a_pair(anna, client_of, monkeypatch):
    people(**{f"x{n}": {"name": f"Maria {n}"} for n in range(12)})
    made = [pair("a", f"x{n}", 0.5 + n // 3 / 10) for n in range(12)]
    monkeypatch.setattr(queue, "PAGE_SIZE", 5)
    client, seen, address = client_of(anna), [], "/duplicates/"
    while address:
        page = client.get(address).text
        seen += [int(number) for number in re.findall(r'id="pair-(\d+)"', page)]
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/duplicates/{following[1]}".replace("&amp;", "&") if following else ""
    assert [each.pk for each in sorted(made, key=lambda each: (-each.probability, -each.pk))] == seen
    assert 400 == client.get("/duplicates/?page=made-up").status_code


def test_a_page_takes_as_many_questions_however_many_pairs_there_are(anna, client_of):
    people(**{f"x{n}": {"name": f"Maria {n}", "town": "Olot"} for n in range(30)})
    pair("a", "b")
    client = client_of(anna)
    client.get("/duplicates/")
    with CaptureQueriesContext(connection) as few:
        client.get("/duplicates/")
    for n in range(29):
        pair(f"x{n}", f"x{n + 1}", 0.8)
    with CaptureQueriesContext(connection) as many:
        assert queue.PAGE_SIZE == len(shown(client))
    assert len(few) == len(many)
    assert len(many) <= 17


def test_the_sidebar_says_how_many_wait(anna, client_of):
    people()
    pair("a", "b")
    pair("c", "d")
    page = client_of(anna).get("/people/").text
    assert re.search(r'Duplicates <span class="room-count"[^>]*>2<', page)


def test_whoever_may_only_look_is_offered_nothing_to_decide(ramon, client_of):
    people()
    pair("a", "b")
    page = client_of(ramon).get("/duplicates/").text
    assert "Same person" not in page
    assert "Look for duplicates now" not in page
    assert "Why?" in page


def test_every_comparison_of_the_finder_has_its_place():
    assert {each.name for each in COMPARISONS} == set(PLACES)
    assert {"given name", "birth date"} <= {what for what, *_ in ALIKE}
