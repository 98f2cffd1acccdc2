"""Rooms show their part of a person on the person's page, to those who may see it."""

import pytest
from django.urls import reverse

from people.telling import happened, person, tell
from vincle.apps.people import panels
from vincle.apps.people.facade import PersonPanel, register_panel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_those_of_the_test(monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})


def shown_to(client) -> bytes:
    return client.get(reverse("people:person", args=[person("C1").uid])).content


def test_a_part_is_asked_of_its_room_by_who_may_see_it(client_of, marta, anna):
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))
    register_panel(PersonPanel("people:why", "people.erase", "right"))
    asked = f'hx-get="{reverse("people:why", args=[person("C1").uid])}" hx-trigger="load"'.encode()

    assert (True, False) == (asked in shown_to(client_of(marta)), asked in shown_to(client_of(anna)))


def test_parts_stand_in_their_order(marta):
    register_panel(PersonPanel("people:why", "people.view", "left", order=2))
    register_panel(PersonPanel("people:history", "people.view", "left", order=1))

    assert ["people:history", "people:why"] == [panel.url_name for panel in panels.panels_for(marta)["left"]]


def test_a_permission_that_is_not_in_the_registry_is_refused():
    with pytest.raises(LookupError):
        register_panel(PersonPanel("people:why", "everything", "left"))
