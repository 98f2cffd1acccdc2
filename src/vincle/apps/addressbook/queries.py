"""Reads of the room; all are bounded."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vincle.apps.addressbook.models import AppPassword, Entry
from vincle.apps.people.facade import cards_of
from vincle.engine.cards import Card
from vincle.flow.models import Person
from vincle.kernel.errors import NotFound

SHOWN = 100
AT_ONCE = 1_000


def passwords_of(user_id: int) -> list[AppPassword]:
    """A colleague's passwords, those in force first, the newest first."""
    found = AppPassword.objects.filter(user_id=user_id).order_by("-created_at", "-id")[:SHOWN]
    return sorted(found, key=lambda each: each.ended_at is not None)


def passwords_in_force(user_id: int) -> QuerySet[AppPassword]:
    """Those of a colleague that work."""
    return AppPassword.objects.filter(user_id=user_id, ended_at=None)


def own_password(number: int, *, user_id: int) -> AppPassword:
    """One of a colleague's own passwords; raises `NotFound` for anybody else's."""
    found = AppPassword.objects.filter(pk=number, user_id=user_id).first()
    if found is None:
        raise NotFound(_("You have no such password."))
    return found


def password_in_force(digest: str) -> AppPassword | None:
    """The password with this digest, if it works."""
    return AppPassword.objects.filter(digest=digest, ended_at=None).first()


def entries_there() -> QuerySet[Entry]:
    """Who is in the book."""
    return Entry.objects.filter(is_gone=False).order_by("change")


def entries_named(uids: Sequence[UUID]) -> dict[UUID, Entry]:
    """Those of these people who are in the book."""
    found: dict[UUID, Entry] = {}
    for start in range(0, len(uids), AT_ONCE):
        found |= {each.uid: each for each in Entry.objects.filter(uid__in=uids[start : start + AT_ONCE], is_gone=False)}
    return found


def changed_since(change: int) -> QuerySet[Entry]:
    """Who has changed, come or gone after that change, in order; of a book never seen before, who is there."""
    changed = Entry.objects.filter(change__gt=change).order_by("change")
    return changed if change else changed.filter(is_gone=False)


def cards(uids: Sequence[UUID]) -> dict[UUID, Card]:
    """The cards of these people."""
    found: dict[UUID, Card] = {}
    for start in range(0, len(uids), AT_ONCE):
        people = list(Person.objects.filter(uid__in=uids[start : start + AT_ONCE], into_id=None))
        found |= {person.uid: timeless(card) for person, card in zip(people, cards_of(people), strict=True)}
    return found


def timeless(card: Card) -> Card:
    """The card without its date, which changes whenever anything happens with them: telephones would load it anew."""
    return replace(card, revised=None)
