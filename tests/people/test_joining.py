"""Making one person of two in the browser and on the command line, and undoing it."""

import re

import pytest

from flow.append.cases import bought, person_of, say
from vincle.apps.accounts.models import AuditEntry
from vincle.flow.models import Person, SamePerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Person, Person]:
    say(
        bought("a", observations={"name": "Mercè Roca", "town": "Girona"}),
        bought("b", 1, observations={"name": "Merce Roca i Puig", "town": "Salt"}),
        bought("c", 2, observations={"name": "Joan Vila"}),
    )
    return person_of("a"), person_of("b")


def test_who_might_be_the_same_is_found_by_their_name(two, anna, client_of):
    page = client_of(anna).get(f"/people/{two[0].uid}/join/?q=roca").text
    assert f"?with={two[1].uid}" in page
    assert f"?with={two[0].uid}" not in page
    assert "Joan Vila" not in page


def test_both_are_shown_side_by_side_with_what_will_show(two, anna, client_of):
    page = client_of(anna).get(f"/people/{two[0].uid}/join/?with={two[1].uid}").text
    assert "They are one person, with 2 interactions" in page
    assert re.search(r"Town</th><td>Girona</td><td>Salt</td><td><strong>Salt</strong>", page)


def test_they_become_one_and_the_notice_offers_to_undo_it(two, anna, client_of):
    client = client_of(anna)
    answer = client.post(f"/people/{two[1].uid}/join/", {"with": two[0].uid, "verdict": "same", "reason": "Same card"})
    assert f"/people/{two[0].uid}/" == answer.url
    step = SamePerson.objects.get()
    assert ("Anna Puig", "Same card") == (step.author, step.reason)
    assert f"/people/steps/{step.pk}/undo/" in client.get(answer.url).text
    assert "Same card" in client.get(f"/people/{two[0].uid}/history/").text
    client.post(f"/people/steps/{step.pk}/undo/")
    assert {person_of("a"), person_of("b")} == set(two)
    assert ["person.joined", "person.undone"] == list(
        AuditEntry.objects.filter(object_type="person").order_by("id").values_list("action", flat=True)
    )


def test_they_are_said_to_be_two_and_cannot_be_joined_then(two, anna, client_of):
    client = client_of(anna)
    client.post(f"/people/{two[0].uid}/join/", {"with": two[1].uid, "verdict": "different"})
    page = client.get(f"/people/{two[0].uid}/join/?with={two[1].uid}").text
    assert "Anna Puig said on" in page
    assert "They are one person, with" not in page
    assert 403 == client.post(f"/people/{two[0].uid}/join/", {"with": two[1].uid}).status_code


@pytest.mark.parametrize("given", [{}, {"with": "nobody"}, {"with": ""}])
def test_nobody_chosen_is_said_in_a_sentence(two, anna, client_of, given):
    answer = client_of(anna).post(f"/people/{two[0].uid}/join/", given)
    assert 400 == answer.status_code
    assert "Choose the other person first." in answer.text


def test_the_other_half_leads_to_the_whole(two, anna, client_of):
    client = client_of(anna)
    client.post(f"/people/{two[0].uid}/join/", {"with": two[1].uid})
    assert f"/people/{two[0].uid}/" == client.get(f"/people/{two[1].uid}/").url
    assert "Merce Roca i Puig" in client.get(f"/people/{two[0].uid}/").text


def test_whoever_may_only_look_joins_nobody(two, ramon, client_of):
    client = client_of(ramon)
    assert 403 == client.get(f"/people/{two[0].uid}/join/").status_code
    assert 403 == client.post(f"/people/{two[0].uid}/join/", {"with": two[1].uid}).status_code
    assert 200 == client.get(f"/people/{two[0].uid}/history/").status_code


def test_a_step_that_is_none_is_not_found(anna, client_of):
    assert 404 == client_of(anna).post("/people/steps/4242/undo/").status_code
