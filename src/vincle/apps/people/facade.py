"""What other rooms may call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.people.queries.person import people_behind
from vincle.apps.people.words import CHANNEL_ICONS, place_words
from vincle.flow.models import Person

__all__ = ["PersonRef", "channel_icon", "everybody_url", "people_url", "place_words", "refs_of_identities"]


@dataclass(frozen=True)
class PersonRef:
    """Somebody, as much as is needed to name them and lead to their page."""

    uid: str
    name: str

    @property
    def url(self) -> str:
        return reverse("people:person", args=[self.uid])

    @classmethod
    def of(cls, person: Person) -> "PersonRef":
        return cls(str(person.uid), person.name)


def refs_of_identities(identities: Iterable[int]) -> dict[int, PersonRef]:
    """The person behind each identity, by the identity's number."""
    return {identity: PersonRef.of(person) for identity, person in people_behind(identities).items()}


def channel_icon(channel: str) -> str:
    """What a channel looks like."""
    return CHANNEL_ICONS.get(channel, "map-pin")


def everybody_url() -> str:
    """The list of everybody."""
    return reverse("people:list")


def people_url(
    *,
    first_from: date | None = None,
    first_to: date | None = None,
    last_from: date | None = None,
    last_to: date | None = None,
) -> str:
    """The list of those whose first or last interaction lies between two days, both included."""
    wanted = {"first_from": first_from, "first_to": first_to, "last_from": last_from, "last_to": last_to}
    return f"{everybody_url()}?{urlencode({name: day.isoformat() for name, day in wanted.items() if day})}"
