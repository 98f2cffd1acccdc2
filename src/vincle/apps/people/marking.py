"""Making somebody confidential, restricting what may be done with what is known of them, and taking either back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.models import PersonMark
from vincle.apps.people.queries.person import person_they_are_now
from vincle.apps.people.queries.visible import nobody_here
from vincle.apps.people.saying import tell_log
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Identity, Person
from vincle.kernel.errors import Refused

Kind = PersonMark.Kind
MADE_CONFIDENTIAL, NOT_CONFIDENTIAL = "person.made_confidential", "person.not_confidential"
RESTRICTED, UNRESTRICTED = "person.restricted", "person.unrestricted"

# What is told to the log and to the audit log when a mark is set, and when it is lifted.
_SET = {Kind.CONFIDENTIAL: MADE_CONFIDENTIAL, Kind.RESTRICTED: RESTRICTED}
_LIFTED = {Kind.CONFIDENTIAL: NOT_CONFIDENTIAL, Kind.RESTRICTED: UNRESTRICTED}


@transaction.atomic
def mark(person: Person, kind: Kind, *, actor: Actor, now: datetime, reason: str = "") -> PersonMark:
    """Mark somebody; `lift` takes it back. Raises `Refused` when they are marked so already."""
    whole = person_they_are_now(person)
    if in_force(whole, kind) is not None:
        raise Refused(
            _("%(name)s is confidential already.") % {"name": whole.name}
            if kind == Kind.CONFIDENTIAL
            else _("The processing of %(name)s is restricted already.") % {"name": whole.name}
        )
    made = PersonMark.objects.create(
        kind=kind, identity_id=whole.pk, reason=reason.strip()[:400], set_at=now, set_by=actor.name[:200]
    )
    _tell(_SET[kind], whole, made, actor=actor, now=now)
    return made


@transaction.atomic
def lift(mark: PersonMark, *, actor: Actor, now: datetime) -> PersonMark:
    """Take a mark back; marking again takes that back. Raises `Refused` when it was lifted already."""
    lifted = PersonMark.objects.filter(pk=mark.pk, lifted_at=None).update(lifted_at=now, lifted_by=actor.name[:200])
    if not lifted:
        raise Refused(_("That was taken back already."))
    _tell(_LIFTED[Kind(mark.kind)], person_of(mark), mark, actor=actor, now=now)
    return PersonMark.objects.get(pk=mark.pk)


def in_force(person: Person, kind: Kind) -> PersonMark | None:
    """The mark of this kind that somebody has, the first where joining brought several."""
    return next((each for each in marks_of(person) if each.kind == kind), None)


def marks_of(person: Person) -> list[PersonMark]:
    """The marks in force of somebody, the oldest first."""
    theirs = Identity.objects.filter(person_id=person.pk).values("pk")
    return list(PersonMark.objects.filter(lifted_at=None, identity_id__in=theirs).order_by("set_at", "pk"))


def person_of(mark: PersonMark) -> Person:
    """Whom a mark belongs to now; raises `NotFound` when they have gone."""
    belonging = Identity.objects.filter(pk=mark.identity_id).values("person_id")
    person = Person.objects.filter(pk__in=belonging).first()
    if person is None:
        raise nobody_here()
    return person


def _tell(what: str, person: Person, mark: PersonMark, *, actor: Actor, now: datetime) -> None:
    tell_log(mark.identity_id, what, actor=actor, now=now)
    if mark.kind == Kind.RESTRICTED:  # figures count them, or do so no more
        enqueue("today.refresh", key="today.refresh", now=now)
    record(
        actor=actor,
        now=now,
        action=what,
        object_type="person",
        object_uid=str(person.uid),
        summary=person.name,
    )
