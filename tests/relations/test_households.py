"""Who shares a contact point might live together: asked once, answered by a colleague, and undone."""

import pytest
from django.urls import reverse

from people.telling import address, happened, person, tell
from relations.relating import WAY, merge, relate, seen, who
from vincle.apps.people.facade import undo
from vincle.apps.relations.models import NoHousehold
from vincle.apps.relations.queries.households import MOST, household_of, sharing

pytestmark = pytest.mark.django_db


def at_home(*numbers: str, contact: tuple[str, str] = ("email", "casa@example.org")) -> None:
    tell(*(happened(each, "2026-03-01 10:00", name=f"Somebody {each}", links=[contact]) for each in numbers))


def asked(number: str) -> list[str]:
    found = sharing(who(number))
    return [each.name for each in found.others] if found else []


def lives_with(number: str) -> list[str]:
    return [each.name for each in household_of(who(number))]


def test_who_shares_an_e_mail_is_suggested_to_each():
    at_home("C1", "C2")
    at_home("C3", contact=("email", "other@example.org"))
    assert (["Somebody C2"], ["Somebody C1"], []) == (asked("C1"), asked("C2"), asked("C3"))


def test_a_contact_point_of_a_crowd_is_no_household():
    at_home(*(f"C{number}" for number in range(MOST + 2)))
    assert [] == asked("C1")


def test_they_live_together_and_it_is_undone(client_of, anna):
    at_home("C1", "C2", "C3")
    client = client_of(anna)
    assert "Shares an e-mail with" in client.get(address("C1", "relations", "card")).text
    page = client.post(address("C1", "household"), {"answer": "yes"}, follow=True)
    assert (["Somebody C2", "Somebody C3"], ["Somebody C1", "Somebody C3"]) == (lives_with("C1"), lives_with("C2"))
    assert ([], []) == (asked("C1"), asked("C2"))
    assert "Lives with" in client.get(address("C3", "relations", "card")).text

    undoing = "/households/" + page.text.split('action="/households/')[1].split('"')[0]
    client.post(undoing)
    assert ([], ["Somebody C2", "Somebody C3"]) == (lives_with("C1"), asked("C1"))
    assert 403 == client.post(undoing).status_code


def test_they_do_not_and_are_not_asked_again_until_it_is_undone(client_of, anna):
    at_home("C1", "C2")
    client = client_of(anna)
    client.post(address("C1", "household"), {"answer": "no"})
    assert ([], []) == (asked("C1"), asked("C2"))
    again = reverse("relations:ask_again", args=[NoHousehold.objects.get().together])
    client.post(again)
    assert ["Somebody C2"] == asked("C1")
    assert 403 == client.post(again).status_code


def test_only_who_is_suggested_can_be_said_to_live_there(client_of, anna):
    at_home("C1", "C2")
    at_home("C9", contact=("phone", "+34600000001"))
    client_of(anna).post(address("C1", "household"), {"answer": "yes", "others": str(person("C9").uid)})
    assert ["Somebody C2"] == lives_with("C1")
    assert 403 == client_of(anna).post(address("C9", "household"), {"answer": "yes"}).status_code


def test_a_household_is_known_through_others_and_parts_with_its_people():
    at_home("C1")
    at_home("C2", contact=("email", "b@example.org"))
    at_home("C3", contact=("email", "c@example.org"))
    relate("C1", "household", "C2")
    relate("C2", "household", "C3")
    assert ["Somebody C2", "Somebody C3"] == lives_with("C1")
    step = merge("C1", "C2")
    assert ["Somebody C3"] == lives_with("C1")
    undo(step, **WAY)
    assert ["Somebody C2", "Somebody C3"] == lives_with("C1")
    assert ["shares a home with Somebody C2"] == seen("C1")
