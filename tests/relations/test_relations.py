"""Relations as facts: said once, seen from both ends, ended, withdrawn, and each of it undone."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone, translation

from people.telling import NOW, person
from relations.relating import WAY, met, organisation, relate, seen, who, works
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.relations import facade
from vincle.apps.relations.models import Organisation, Relation
from vincle.flow.models import Interaction
from vincle.kernel.errors import BadInput, NotFound, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _family(db):
    met(C1="Mercè Roca", C2="Pau Roca", C3="Joan Serra")


def test_both_ends_see_it_in_their_own_words():
    relate("C1", "parent", "C2")
    works("C1", "Coop. Ter", role="buyer", since=date(2021, 3, 1))

    assert ["parent of Pau Roca", "works at Coop. Ter"] == seen("C1")
    assert ["child of Mercè Roca"] == seen("C2")
    with translation.override("ca"):
        assert ["fill o filla de Mercè Roca"] == seen("C2")


def test_it_can_be_said_from_the_other_end():
    relate("C1", "referred", "C3", forward=False)

    assert (["referred by Joan Serra"], ["referred Mercè Roca"]) == (seen("C1"), seen("C3"))


def test_nobody_relates_to_themselves():
    with pytest.raises(Refused, match="Nobody relates to themselves"):
        relate("C1", "friend", "C1")


@pytest.mark.parametrize("again", [("C1", "friend", "C2"), ("C2", "friend", "C1")])
def test_nothing_is_said_twice(again):
    relate("C1", "friend", "C2")
    with pytest.raises(Refused, match="known already"):
        relate(*again)
    assert 1 == Relation.objects.count()


def test_the_same_place_twice_is_refused_and_again_after_it_ended_is_not():
    first = works("C1", "Coop. Ter", since=date(2020, 1, 1))
    with pytest.raises(Refused):
        works("C1", "COOP TER")
    facade.end(first, on=date(2021, 1, 1), **WAY)
    works("C1", "coop ter")

    assert (2, 1) == (Relation.objects.count(), Organisation.objects.count())
    with pytest.raises(Refused):
        facade.reopen(first, **WAY)


@pytest.mark.parametrize("kind", ["guardian", "parent"])
def test_nobody_stands_above_whoever_stands_above_them(kind):
    relate("C1", kind, "C2")
    relate("C2", kind, "C3")
    for child in ("C1", "C2"):
        with pytest.raises(Refused, match="circle"):
            relate("C3", kind, child)
    facade.withdraw(Relation.objects.order_by("pk")[0], **WAY)
    relate("C3", kind, "C1")


def test_what_was_taken_back_does_not_come_back_into_a_circle():
    first = relate("C1", "guardian", "C2")
    facade.withdraw(first, **WAY)
    relate("C2", "guardian", "C1")
    with pytest.raises(Refused, match="circle"):
        facade.restore(first, **WAY)


def test_ending_is_undone():
    relation = relate("C1", "friend", "C2")
    facade.end(relation, on=date(2026, 5, 1), **WAY)
    ended = facade.related(who("C1"))
    facade.reopen(relation, **WAY)

    assert [date(2026, 5, 1)] == [each.ended for each in ended]
    assert [None] == [each.ended for each in facade.related(who("C1"))]
    with pytest.raises(Refused):
        facade.reopen(relation, **WAY)


def test_withdrawing_is_undone():
    relation = relate("C1", "friend", "C2")
    facade.withdraw(relation, **WAY)
    assert [] == seen("C1")
    with pytest.raises(Refused):
        facade.withdraw(relation, **WAY)
    facade.restore(relation, **WAY)
    assert ["friend of Pau Roca"] == seen("C1")
    with pytest.raises(Refused):
        facade.restore(relation, **WAY)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (timezone.localdate() + timedelta(days=1), "today or before"),
        (date(2019, 12, 31), "before it began"),
    ],
)
def test_it_ends_after_it_began_and_not_tomorrow(on, words):
    relation = works("C1", "Coop. Ter", since=date(2020, 1, 1))
    with pytest.raises(BadInput, match=words):
        facade.end(relation, on=on, **WAY)


@pytest.mark.parametrize(
    "said",
    [{"role": "x" * 121}, {"since": date(2021, 1, 1), "until": date(2020, 1, 1)}],
)
def test_what_cannot_be_is_refused(said):
    with pytest.raises(BadInput):
        works("C1", "Coop. Ter", **said)
    assert 0 == Organisation.objects.count()


def test_a_kind_is_only_for_those_it_is_for():
    coop = organisation("Coop. Ter")
    for far in ({"kind": "parent", "organisation": coop}, {"kind": "works_at", "other": who("C2")}, {"kind": "friend"}):
        with pytest.raises(BadInput):
            facade.relate(who("C1"), **far, **WAY)
    with pytest.raises(NotFound):
        facade.relate(who("C1"), kind="nemesis", other=who("C2"), **WAY)


def test_both_logs_are_told_without_saying_who_the_other_is():
    relation = relate("C1", "parent", "C2")
    facade.end(relation, on=NOW.date(), **WAY)
    facade.withdraw(relation, **WAY)

    told = Interaction.objects.filter(kind__name__startswith="relation.").order_by("pk").select_related("kind")
    whose = {person("C1").pk, person("C2").pk}
    assert ["relation.made", "relation.made", "relation.ended", "relation.ended", "relation.withdrawn"] == [
        each.kind.name for each in told
    ][:5]
    assert whose == {each.identity_id for each in told}
    assert {"relation", "kind"} == set(told[0].properties)


def test_each_step_is_in_the_audit_log():
    relation = relate("C1", "parent", "C2")
    facade.withdraw(relation, **WAY)

    entries = AuditEntry.objects.filter(action__startswith="relation.").order_by("pk")
    assert ["relation.made", "relation.withdrawn"] == [each.action for each in entries]
    assert ("Mercè Roca · Pau Roca", str(person("C1").uid)) == (entries[0].summary, entries[0].object_uid)
    assert [str(person("C1").uid), str(person("C2").uid)] == entries[0].details["people"]


def test_a_relation_that_is_none_is_not_found():
    with pytest.raises(NotFound):
        facade.relation_by_uid(UUID("019a9d6e-0000-7000-8000-000000000000"))
