"""People as other rooms speak of them: an address, a name, the numbers their rows are kept under."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from vincle.apps.people.queries.person import IDENTITIES, person_by_uid, person_they_are_now
from vincle.apps.people.queries.visible import visible
from vincle.flow.models import Identity, Person


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person. `number` is what a room keeps with what it writes now; it is also one of `identities`, and whatever
    was kept under any of those is theirs."""

    number: int
    uid: UUID
    name: str
    identities: tuple[int, ...] = ()


def somebody(uid: UUID, *, although_restricted: bool = False) -> Somebody:
    """Who lives at this address, or whom they are part of now; raises `NotFound`, and `Refused` when something of
    them is about to be changed that may not be, save what must be taken `although_restricted`."""
    person = person_they_are_now(person_by_uid(uid, although_restricted=although_restricted))
    numbers = Identity.objects.filter(person_id=person.pk).order_by("pk").values_list("pk", flat=True)
    return Somebody(person.pk, person.uid, person.name, tuple(numbers[:IDENTITIES]))


def who_are(identities: Collection[int]) -> dict[int, Somebody]:
    """For each of these numbers the person it belongs to now, in two questions; who has gone, or may not be seen, is
    left out."""
    belonging = dict(Identity.objects.filter(pk__in=set(identities)).values_list("pk", "person_id"))
    people = visible(Person.objects.all()).in_bulk(list(set(belonging.values())))
    return {
        identity: Somebody(number, people[number].uid, people[number].name)
        for identity, number in belonging.items()
        if number in people
    }
