"""People as the API shows them."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from vincle.apps.people.api.shapes import AttributeOut, ContactState, IdentityOut, NamedOut, PersonLine, PersonOut
from vincle.apps.people.queries.contacts import marks_among
from vincle.apps.people.queries.person import (
    attributes_of,
    identities_of,
    main_identities,
    person_by_uid,
    person_they_are_now,
)
from vincle.apps.people.queries.visible import look_at_those
from vincle.flow.models import Identity, Person
from vincle.kernel.house import house


def now_at(uid: UUID) -> Person:
    """Whoever answers at that address now: the one they are part of, when they are; raises `NotFound`."""
    return person_they_are_now(person_by_uid(uid))


def whole(person: Person) -> PersonOut:
    """One person with all that is known of them."""
    identities = identities_of(person)
    return PersonOut(
        uid=person.uid,
        name=person.name,
        attributes={
            known.name: AttributeOut(
                value=known.shown.value,
                source=known.shown.source.name,
                at=known.shown.observed_at,
                pinned=known.shown.pinned,
            )
            for known in attributes_of(identities)
        },
        identities=identities_out(identities, person.uid),
        interactions=person.interactions,
        amount=str(person.amount),
        currency=house().currency,
        first=person.first_at,
        last=person.last_at,
    )


def lines(people: Sequence[Person]) -> list[PersonLine]:
    """People as the list shows them."""
    look_at_those([person.pk for person in people])
    best, currency = main_identities(person.pk for person in people), house().currency
    return [_line(person, best.get(person.pk), currency) for person in people]


def identities_out(identities: Sequence[Identity], person: UUID | None) -> list[IdentityOut]:
    """Identities of one person, whose address `person` is."""
    marks = marks_among(identities)
    return [_identity(each, person, cast("list[ContactState]", sorted(marks.get(each.pk, ())))) for each in identities]


def _identity(identity: Identity, person: UUID | None, state: list[ContactState]) -> IdentityOut:
    return IdentityOut(
        namespace=identity.namespace,
        value=identity.value,
        state=state,
        person=person,
        interactions=identity.interactions,
        first=identity.first_at,
        last=identity.last_at,
    )


def _line(person: Person, known: Identity | None, currency: str) -> PersonLine:
    return PersonLine(
        uid=person.uid,
        name=person.name,
        known_as=NamedOut(namespace=known.namespace, value=known.value) if known else None,
        interactions=person.interactions,
        amount=str(person.amount),
        currency=currency,
        first=person.first_at,
        last=person.last_at,
    )
