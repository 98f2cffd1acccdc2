"""Joining people moves no relation, and parting them gives each back exactly what was theirs."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.telling import person
from relations.relating import WAY, merge, met, organisation, relate, seen, who, works
from vincle.apps.people.facade import undo
from vincle.apps.relations import facade
from vincle.apps.relations.models import Relation
from vincle.kernel.errors import Refused

PEOPLE = ("C1", "C2", "C3", "C4")
KINDS = ("parent", "friend", "guardian", "colleague", "contact")


def all_of_it():
    return {each: facade.told(who(each)) for each in PEOPLE}


@pytest.mark.django_db
def test_a_relation_between_two_who_are_one_is_hidden_and_comes_back():
    met(C1="Mercè Roca", C2="Pau Roca", C3="Joan Serra")
    relate("C1", "friend", "C2")
    relate("C2", "friend", "C3")
    step = merge("C1", "C2")
    assert (["friend of Joan Serra"], 2) == (seen("C1"), Relation.objects.count())
    undo(step, **WAY)
    assert (["friend of Pau Roca"], 2) == (seen("C1"), len(seen("C2")))


@pytest.mark.django_db
def test_what_both_said_shows_once_while_they_are_one():
    met(C1="Mercè Roca", C2="Merce Roca", C3="Joan Serra")
    relate("C1", "friend", "C3")
    relate("C3", "friend", "C2")
    works("C1", "Coop. Ter")
    works("C2", "Coop. Ter")
    step = merge("C1", "C2")
    assert ["works at Coop. Ter", "friend of Joan Serra"] == seen("C1")
    assert 1 == len(seen("C3"))
    undo(step, **WAY)
    assert 2 == len(seen("C3"))


@pytest.mark.django_db
def test_a_circle_that_joining_makes_is_walked_to_its_end():
    met(C1="Mercè Roca", C2="Pau Roca", C3="Joan Serra", C4="Lia Mas")
    relate("C1", "parent", "C2")
    relate("C2", "parent", "C3")
    merge("C1", "C3")
    relate("C4", "parent", "C1")
    with pytest.raises(Refused, match="circle"):
        relate("C2", "parent", "C4")


@pytest.mark.django_db
def test_what_is_said_while_they_are_one_stays_where_it_was_said():
    met(C1="Mercè Roca", C2="Merce Roca", C3="Joan Serra")
    step = merge("C1", "C2")
    relate("C2", "friend", "C3")
    undo(step, **WAY)
    assert (["friend of Joan Serra"], []) == (seen("C1"), seen("C2"))


pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda pair: pair[0] != pair[1])
saying = st.tuples(pairs, st.sampled_from(KINDS))


@pytest.mark.django_db
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(saying, max_size=5), joined=st.lists(pairs, min_size=1, max_size=2))
def test_joining_and_parting_again_is_as_if_it_had_not_been(first, joined):
    _begin_again()
    for (one, other), kind in first:
        try:
            relate(one, kind, other)
        except Refused:
            continue
    works("C1", "Coop. Ter")
    before, rows = all_of_it(), list(Relation.objects.order_by("pk").values())
    steps = []
    for one, other in joined:
        if person(one) != person(other):
            steps.append(merge(one, other))
    assert rows == list(Relation.objects.order_by("pk").values())
    for each in PEOPLE:
        assert str(who(each).uid) not in {str(tie["other"]) for tie in facade.told(who(each))}
    for step in reversed(steps):
        undo(step, **WAY)
    assert before == all_of_it()


def _begin_again():
    """Every example has the same four people, apart, and no relation."""
    met(**dict.fromkeys(PEOPLE, "Somebody"))
    Relation.objects.all().delete()


@pytest.mark.django_db
def test_an_organisation_s_people_follow_their_identities_too():
    met(C1="Mercè Roca", C2="Merce Roca")
    coop = organisation("Coop. Ter")
    works("C1", "Coop. Ter")
    works("C2", "Coop. Ter")
    step = merge("C1", "C2")
    assert 1 == len(facade.people_page([coop]))
    undo(step, **WAY)
    assert 2 == len(facade.people_page([coop]))
