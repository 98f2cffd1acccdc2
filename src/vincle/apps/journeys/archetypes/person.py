"""The somebody real who stands for a journey: named only to who may see them, and to nobody while their data is to be
kept and not used. No document holds their name: a name that was copied could not be withheld afterwards.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from vincle.apps.people.facade import (
    PersonMark,
    Sight,
    look_at_those,
    marked,
    people_of,
    restricted_among,
    seeing,
    shown,
    who_are,
)
from vincle.engine.journeys.journey import ERASED, Journey
from vincle.flow.models import Person


@dataclass(frozen=True)
class Stands:
    """Who stands for a journey: their `name` and page; empty where they are `gone`, or where who looks may not know."""

    name: str = ""
    url: str = ""
    gone: bool = False


def who_stands(journey: Journey) -> Stands | None:
    """For whoever looks; None where nobody real was chosen."""
    said = journey.archetype.person
    if not said:
        return None
    try:
        numbers = [] if said == ERASED else people_of([UUID(said)])
    except ValueError:  # of another house: what is brought in from a file says what it likes
        return None
    if not numbers:
        return Stands(gone=True)
    if not shown(numbers) or restricted_among(numbers):
        return Stands()
    look_at_those(numbers)
    here = who_are(numbers).get(numbers[0])
    return Stands(here.name, reverse("people:person", args=[here.uid])) if here else Stands()


def named(uids: Collection[str]) -> dict[str, Stands]:
    """Those of these people whom everybody may see, and whose data may be used, by their addresses."""
    found = {}
    with seeing(Sight()):
        for uid in uids:
            numbers = people_of([UUID(uid)])
            if shown(numbers) and not restricted_among(numbers):
                for here in who_are(numbers).values():
                    found[uid] = Stands(here.name, reverse("people:person", args=[here.uid]))
    return found


def who_may_not_stand() -> list[int]:
    """The numbers of those whom not everybody may see: they count, and stand for nobody. Those whose processing is
    restricted are in no figure anyway.
    """
    hidden = Person.objects.filter(pk__in=marked(PersonMark.Kind.CONFIDENTIAL))
    return list(hidden.values_list("pk", flat=True))


def uids_of(numbers: Collection[int]) -> dict[int, str]:
    """The addresses of people by their numbers."""
    return {pk: str(uid) for pk, uid in Person.objects.filter(pk__in=list(numbers)).values_list("pk", "uid")}
