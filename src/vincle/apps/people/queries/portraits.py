"""Several people at once, each with what tells them from others: for lists that show people side by side."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from vincle.apps.people.queries.golden import in_force, unseen_names
from vincle.apps.people.queries.person import recognisable
from vincle.flow.models import Identity, Observation, Person

MOST = 200  # people
IDENTITIES_SHOWN = 12
ATTRIBUTES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Portrait:
    """One person: how they are known (namespace, value; the most telling first) and what sources say of them."""

    number: int
    uid: UUID
    name: str
    interactions: int
    first_at: datetime | None
    last_at: datetime | None
    identities: list[tuple[str, str]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def known_by(self, namespace: str) -> list[str]:
        """The values of one namespace, in alphabetical order."""
        return sorted(value for known, value in self.identities if known == namespace)


def portraits(numbers: Collection[int]) -> dict[int, Portrait]:
    """People by number, `MOST` of them at most, in three queries however many they are."""
    wanted = list(numbers)[:MOST]
    found = {
        person.pk: Portrait(person.pk, person.uid, person.name, person.interactions, person.first_at, person.last_at)
        for person in Person.objects.filter(pk__in=wanted)
    }
    identities: dict[int, list[Identity]] = defaultdict(list)
    for identity in _some_identities(wanted):
        identities[identity.person_id].append(identity)
    for number, known in identities.items():
        if number in found:
            found[number].identities.extend((one.namespace, one.value) for one in sorted(known, key=recognisable))
    for number, name, value in _what_counts(wanted):
        if number in found and len(found[number].attributes) < ATTRIBUTES_SHOWN:
            found[number].attributes[name] = value
    return found


def _some_identities(people: Collection[int]) -> list[Identity]:
    placed = Identity.objects.filter(person_id__in=people).annotate(
        place=Window(RowNumber(), partition_by="person_id", order_by="id")
    )
    return list(placed.filter(place__lte=IDENTITIES_SHOWN))


def _what_counts(people: Collection[int]) -> list[tuple[int, str, str]]:
    """Of each attribute what a colleague pinned, else what was said last."""
    rows = Observation.objects.filter(identity__person_id__in=people).exclude(name__in=unseen_names())
    said = in_force(rows).annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("identity__person_id"), F("name")],
            order_by=[F("pinned").desc(), F("observed_at").desc(), F("id").desc()],
        )
    )
    return list(said.filter(place=1).order_by("name").values_list("identity__person_id", "name", "value"))
