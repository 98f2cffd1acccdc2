"""Making an organisation of a name that many people give, or saying that it is none."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.relations.actions.organisations import add_organisation
from vincle.apps.relations.catalogue import WORKS_AT
from vincle.apps.relations.described import Described
from vincle.apps.relations.models import NoOrganisation, Organisation, Relation
from vincle.apps.relations.queries.named import Named, named
from vincle.apps.relations.standing import one_at_a_time, standing
from vincle.kernel.errors import NotFound, Refused
from vincle.kernel.ids import uuid7

ACCEPTED, TAKEN_BACK = "organisations.accepted", "organisations.not_accepted"
DISMISSED, ASKED_AGAIN = "organisations.dismissed", "organisations.asked_again"
AT_ONCE = 1_000


@transaction.atomic
def accept_name(key: str, *, actor: Actor, now: datetime) -> tuple[Organisation, UUID, int]:
    """All who give this name work at the organisation that has it, which is made when there is none.

    Returns it, what `take_back_name` takes back, and how many people there are. The log is told nothing new: that they
    said so is in it already.
    """
    one_at_a_time()
    said = _still_said(key)
    together = uuid7()
    organisation = said.organisation or add_organisation(Described(said.name), actor=actor, now=now, together=together)
    rows = [
        Relation(
            from_identity=identity,
            organisation=organisation,
            kind=WORKS_AT,
            said_by=actor.name,
            said_at=now,
            together=together,
        )
        for _person, identity in sorted(said.people.items())
    ]
    Relation.objects.bulk_create(rows, batch_size=AT_ONCE)
    _record(ACCEPTED, organisation.name, actor=actor, now=now, organisation=organisation, people=len(said.people))
    return organisation, together, len(said.people)


@transaction.atomic
def take_back_name(together: UUID, *, actor: Actor, now: datetime) -> int:
    """Withdraw what `accept_name` said, and put away the organisation it made, if nobody else is there. How many."""
    one_at_a_time()
    said = standing().filter(together=together).exclude(organisation=None)
    organisation = Organisation.objects.filter(pk__in=said.values("organisation")).first()
    if organisation is None:
        raise Refused(_("There is nothing to take back any more."))
    count = said.update(withdrawn_at=now, withdrawn_by=actor.name)
    if organisation.together == together and not standing().filter(organisation=organisation).exists():
        Organisation.objects.filter(pk=organisation.pk).update(archived_at=now, archived_by=actor.name)
    _record(TAKEN_BACK, organisation.name, actor=actor, now=now, organisation=organisation, people=count)
    return count


@transaction.atomic
def dismiss_name(key: str, *, actor: Actor, now: datetime) -> NoOrganisation:
    """This name is no organisation; `suggest_again` takes it back."""
    said = _still_said(key)
    row, _made = NoOrganisation.objects.get_or_create(
        match_key=said.key, defaults={"said_by": actor.name, "said_at": now}
    )
    _record(DISMISSED, said.name, actor=actor, now=now)
    return row


@transaction.atomic
def suggest_again(number: int, *, actor: Actor, now: datetime) -> None:
    """It may be one after all."""
    row = NoOrganisation.objects.filter(pk=number).first()
    if row is None:
        raise Refused(_("There is nothing to take back any more."))
    row.delete()
    _record(ASKED_AGAIN, row.match_key, actor=actor, now=now)


def _still_said(key: str) -> Named:
    found = named(key)
    if found is None:
        raise NotFound(_("Nobody gives this name any more, or all who do are linked already."))
    return found


def _record(
    action: str,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    organisation: Organisation | None = None,
    people: int | None = None,
) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="organisation",
        object_uid=str(organisation.uid) if organisation else "",
        summary=name,
        details={"people": people} if people is not None else {},
    )
