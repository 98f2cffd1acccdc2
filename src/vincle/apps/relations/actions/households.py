"""Who share a contact point: a household, or not."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.facade import Somebody, who_are
from vincle.apps.relations.actions.relations import relate, withdraw
from vincle.apps.relations.catalogue import HOUSEHOLD
from vincle.apps.relations.models import NoHousehold, Relation
from vincle.apps.relations.standing import standing
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.ids import uuid7

NO_HOUSEHOLD, ASKED_AGAIN = "household.none", "household.asked_again"


@transaction.atomic
def make_household(someone: Somebody, others: Sequence[Somebody], *, actor: Actor, now: datetime) -> UUID:
    """`someone` shares a home with each of the others; returns what `part_household` takes back."""
    if not others:
        raise BadInput(_("Choose who it is first."))
    together = uuid7()
    for other in others:
        relate(someone, kind=HOUSEHOLD, other=other, together=together, actor=actor, now=now)
    return together


@transaction.atomic
def part_household(together: UUID, *, actor: Actor, now: datetime) -> list[Relation]:
    """Take back what `make_household` said."""
    said = list(standing().filter(together=together, kind=HOUSEHOLD))
    if not said:
        raise Refused(_("There is nothing to take back any more."))
    return [withdraw(relation, actor=actor, now=now) for relation in said]


@transaction.atomic
def no_household(someone: Somebody, others: Sequence[Somebody], *, actor: Actor, now: datetime) -> UUID:
    """They only share a contact point; returns what `ask_again` takes back."""
    if not others:
        raise BadInput(_("Choose who it is first."))
    together = uuid7()
    for other in others:
        a, b = sorted((someone.number, other.number))
        NoHousehold.objects.create(a_identity=a, b_identity=b, together=together, said_by=actor.name, said_at=now)
    _record(NO_HOUSEHOLD, [someone, *others], actor=actor, now=now)
    return together


@transaction.atomic
def ask_again(together: UUID, *, actor: Actor, now: datetime) -> list[Somebody]:
    """Suggest it again; returns who they are."""
    rows = NoHousehold.objects.filter(together=together)
    numbers = sorted({number for pair in rows.values_list("a_identity", "b_identity") for number in pair})
    if not numbers:
        raise Refused(_("There is nothing to take back any more."))
    rows.delete()
    people = list(who_are(numbers).values())
    _record(ASKED_AGAIN, people, actor=actor, now=now)
    return people


def _record(action: str, people: Sequence[Somebody], *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(people[0].uid) if people else "",
        summary=" · ".join(each.name for each in people),
        details={"people": [str(each.uid) for each in people]},
    )
