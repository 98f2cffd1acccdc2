"""Everybody with a mark in force."""

from collections.abc import Iterator
from dataclasses import dataclass

from vincle.apps.people.models import PersonMark
from vincle.apps.people.queries.visible import visible
from vincle.flow.models import Identity, Person

SHOWN = 500


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody, and the mark they have."""

    person: Person
    mark: PersonMark


def people_marked(kind: PersonMark.Kind) -> list[Marked]:
    """The people with a mark of this kind whom whoever looks may see, the latest mark first: `SHOWN` at most."""
    return list(_marked(kind))


def _marked(kind: PersonMark.Kind) -> Iterator[Marked]:
    marks = list(PersonMark.objects.filter(kind=kind, lifted_at=None).order_by("-set_at", "-pk")[:SHOWN])
    theirs = Identity.objects.filter(pk__in=[mark.identity_id for mark in marks])
    belonging = dict(theirs.values_list("pk", "person_id"))
    people = visible(Person.objects.all()).in_bulk(set(belonging.values()))
    for mark in marks:
        person = people.get(belonging.get(mark.identity_id, 0))
        if person is not None:
            yield Marked(person, mark)
