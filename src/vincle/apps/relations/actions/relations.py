"""Saying how people relate, saying that it is over, taking back either."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.facade import Somebody, tell_log, who_are
from vincle.apps.relations import rules
from vincle.apps.relations.actions.organisations import organisation_called
from vincle.apps.relations.catalogue import kind_named
from vincle.apps.relations.models import Organisation, OrganisationKind, Relation
from vincle.apps.relations.names import tidy
from vincle.apps.relations.standing import one_at_a_time, today
from vincle.kernel.errors import BadInput, NotFound, Refused

MADE, ENDED, REOPENED = "relation.made", "relation.ended", "relation.reopened"
WITHDRAWN, RESTORED = "relation.withdrawn", "relation.restored"
LONGEST_ROLE = 120

# What an organisation mostly is of which no more is known than how somebody relates to it.
_MOSTLY = {"studies_at": OrganisationKind.SCHOOL, "member": OrganisationKind.ASSOCIATION}


@dataclass(frozen=True)
class Said:
    """What may be known of a relation besides its kind."""

    role: str = ""
    since: date | None = None
    until: date | None = None

    def checked(self) -> "Said":
        """The same, tidy; raises `BadInput` for what cannot be."""
        role = tidy(self.role)
        if len(role) > LONGEST_ROLE:
            raise BadInput(_("Say the role in at most %(count)d letters.") % {"count": LONGEST_ROLE})
        if self.since and self.until and self.until < self.since:
            raise BadInput(_("It cannot have ended before it began."))
        return Said(role, self.since, self.until)


@transaction.atomic
def relate(
    someone: Somebody,
    *,
    kind: str,
    forward: bool = True,
    other: Somebody | None = None,
    organisation: Organisation | None = None,
    said: Said = Said(),
    together: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Relation:
    """Say that `someone` relates to `other`, or to `organisation`; not `forward`: that it is the other who does.

    Raises `BadInput` when the kind is not for these two, `Refused` for what cannot be (`rules`).
    """
    of, known = kind_named(kind), said.checked()
    if (other is None) == (organisation is None):
        raise BadInput(_("Choose who it is first."))
    if of.archived or not (of.with_people if other else of.with_organisations and forward):
        raise BadInput(_("These two cannot relate in this way."), _("Choose other words for it."))
    first, second = (someone, other) if forward or other is None else (other, someone)
    one_at_a_time()
    over = known.until is not None and known.until < today()
    rules.refuse_what_cannot_be(first, of, second=second, organisation=organisation, over=over)
    relation = Relation.objects.create(
        from_identity=first.number,
        to_identity=second.number if second else None,
        organisation=organisation,
        kind=of.name,
        role=known.role,
        since=known.since,
        until=known.until,
        said_by=actor.name,
        said_at=now,
        together=together,
    )
    _tell(MADE, relation, actor=actor, now=now)
    return relation


@transaction.atomic
def relate_to_name(someone: Somebody, *, kind: str, name: str, said: Said, actor: Actor, now: datetime) -> Relation:
    """The same with an organisation by its name, which is made when there is none."""
    one_at_a_time()
    of = _MOSTLY.get(kind, OrganisationKind.COMPANY)
    organisation = organisation_called(name, kind=of, actor=actor, now=now)
    return relate(someone, kind=kind, organisation=organisation, said=said, actor=actor, now=now)


@transaction.atomic
def end(relation: Relation, *, on: date, actor: Actor, now: datetime) -> Relation:
    """Say that it was over on that day; `reopen` takes it back."""
    this = _held(relation)
    if this.withdrawn_at or this.ended_on:
        raise Refused(_("It is over already."))
    if on > today():
        raise BadInput(_("Choose the day it ended, today or before."))
    if this.since and on < this.since:
        raise BadInput(_("It cannot have ended before it began."))
    this.ended_on, this.ended_at, this.ended_by = on, now, actor.name
    this.save(update_fields=["ended_on", "ended_at", "ended_by"])
    _tell(ENDED, this, actor=actor, now=now)
    return this


@transaction.atomic
def reopen(relation: Relation, *, actor: Actor, now: datetime) -> Relation:
    """It is not over after all."""
    this = _held(relation)
    if this.withdrawn_at or not this.ended_on:
        raise Refused(_("There is nothing to take back any more."))
    _refuse_what_cannot_be(this)
    this.ended_on, this.ended_at, this.ended_by = None, None, ""
    this.save(update_fields=["ended_on", "ended_at", "ended_by"])
    _tell(REOPENED, this, actor=actor, now=now)
    return this


@transaction.atomic
def withdraw(relation: Relation, *, actor: Actor, now: datetime) -> Relation:
    """It never was so; `restore` takes it back."""
    this = _held(relation)
    if this.withdrawn_at:
        raise Refused(_("This has been undone already."))
    this.withdrawn_at, this.withdrawn_by = now, actor.name
    this.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _tell(WITHDRAWN, this, actor=actor, now=now)
    return this


@transaction.atomic
def restore(relation: Relation, *, actor: Actor, now: datetime) -> Relation:
    """It was so after all."""
    this = _held(relation)
    if not this.withdrawn_at:
        raise Refused(_("There is nothing to take back any more."))
    if not this.ended_on:
        _refuse_what_cannot_be(this)
    this.withdrawn_at, this.withdrawn_by = None, ""
    this.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _tell(RESTORED, this, actor=actor, now=now)
    return this


# What each change is in the log; that it is not over, or was so after all, says again that it is so.
_IN_THE_LOG = {
    MADE: "relation.made",
    REOPENED: "relation.made",
    RESTORED: "relation.made",
    ENDED: "relation.ended",
    WITHDRAWN: "relation.withdrawn",
}


def _tell(action: str, relation: Relation, *, actor: Actor, now: datetime) -> None:
    """Tell the log of both, and the audit log. What the log says of one does not say who the other is: it stays when
    the other is erased."""
    people = who_are([each for each in (relation.from_identity, relation.to_identity) if each is not None])
    what: dict[str, Any] = {"relation": str(relation.uid), "kind": relation.kind}
    if relation.organisation is not None:
        what["organisation"] = relation.organisation.name
    for identity in people:
        tell_log(identity, _IN_THE_LOG[action], actor=actor, now=now, properties=what)
    there = [people[each] for each in (relation.from_identity, relation.to_identity) if each in people]
    names = [each.name for each in there] + ([relation.organisation.name] if relation.organisation else [])
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(there[0].uid) if there else "",
        summary=" · ".join(names),
        details={**what, "people": [str(each.uid) for each in there]},
    )


def _held(relation: Relation) -> Relation:
    one_at_a_time()
    held = Relation.objects.select_for_update(of=("self",)).select_related("organisation")
    this = held.filter(pk=relation.pk).first()
    if this is None:
        raise NotFound(_("This relation is not here any more."))
    return this


def _refuse_what_cannot_be(relation: Relation) -> None:
    """The rules for something that was said before and shall hold again."""
    people = who_are([each for each in (relation.from_identity, relation.to_identity) if each is not None])
    first = people.get(relation.from_identity)
    second = people.get(relation.to_identity) if relation.to_identity is not None else None
    if first is None or (second is None and relation.organisation is None):
        raise NotFound(_("There is nobody at this address any more."))
    rules.refuse_what_cannot_be(
        first,
        kind_named(relation.kind),
        second=second,
        organisation=relation.organisation,
        over=relation.until is not None and relation.until < today(),
    )
