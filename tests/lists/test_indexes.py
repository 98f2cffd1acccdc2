"""Filters walk the indexes made for them, and nothing else does."""

import pytest
from django.db import connection

from people.telling import NOW
from vincle.apps.lists.filters.attributes import Attribute
from vincle.apps.lists.filters.behaviour import Times, in_period
from vincle.apps.lists.filters.language import Did, Known
from vincle.apps.people.facade import everybody

pytestmark = pytest.mark.django_db


def plan(rows) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


def test_values_are_looked_up_by_their_index(three):
    rows = Attribute(Known("town", "is", ("Girona",)))._mentioned()
    assert "lists_value" in plan(rows.values("identity_id"))


def test_what_happened_of_a_kind_is_looked_up_by_its_index(three):
    assert "lists_did" in plan(in_period("order.placed", (NOW, None)).values("identity_id"))


def test_one_person_is_tried_through_their_own_rows(three):
    town = Attribute(Known("town", "is", ("Girona",)))
    bought = Times(Did("order.placed", "at_least", 2), (NOW, None))
    shown = plan(everybody().filter(town.holds(), bought.holds()))
    assert "lists_" not in shown
    assert "timeline" in shown
    assert ("observed_once" if connection.vendor == "postgresql" else "sqlite_autoindex_flow_observation") in shown
