"""What colleagues say of an e-mail or a telephone: that it is verified, bounces, is not to be used, is preferred; and
taking it back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.models import ContactMark
from vincle.apps.people.queries.contacts import Contact, contacts_of
from vincle.apps.people.saying import tell_log
from vincle.flow.models import Person
from vincle.kernel.errors import NotFound, Refused

Kind = ContactMark.Kind

# What is told to the log and to the audit log when it is said, and when it is taken back.
SAID = {
    Kind.VERIFIED: "contact.verified",
    Kind.BOUNCED: "contact.bounced",
    Kind.DO_NOT_USE: "contact.stopped",
    Kind.PREFERRED: "contact.preferred",
}
TAKEN_BACK = {
    Kind.VERIFIED: "contact.unverified",
    Kind.BOUNCED: "contact.works",
    Kind.DO_NOT_USE: "contact.allowed",
    Kind.PREFERRED: "contact.unpreferred",
}


@transaction.atomic
def mark_contact(person: Person, identity: int, kind: Kind, *, actor: Actor, now: datetime) -> ContactMark:
    """Say something of one of somebody's contact points, by its number; `lift_contact` takes it back.

    A preferred one counts instead of what was preferred before, which counts again when it is taken back. Raises
    `NotFound` when it is none of theirs and `Refused` when it is said already.
    """
    contact = contact_of(person, identity)
    if kind in contact.state:
        raise _said_already()
    if kind == Kind.PREFERRED:  # said before, and another one since: it counts from now on
        _lift_all([identity], kind, actor=actor, now=now)
    try:
        with transaction.atomic():
            mark = ContactMark.objects.create(identity_id=identity, kind=kind, set_at=now, set_by=actor.name[:200])
    except IntegrityError as error:
        raise _said_already() from error
    _tell(SAID[kind], person, contact, actor=actor, now=now)
    return mark


@transaction.atomic
def lift_contact(person: Person, mark: ContactMark, *, actor: Actor, now: datetime) -> None:
    """Take back one thing said of a contact point of theirs. Raises `Refused` when it was taken back already."""
    contact = contact_of(person, mark.identity_id)
    if not ContactMark.objects.filter(pk=mark.pk, lifted_at=None).update(lifted_at=now, lifted_by=actor.name[:200]):
        raise Refused(_("That was taken back already."))
    _tell(TAKEN_BACK[Kind(mark.kind)], person, contact, actor=actor, now=now)


@transaction.atomic
def unmark_contact(person: Person, identity: int, kind: Kind, *, actor: Actor, now: datetime) -> None:
    """Say that it holds no more; `mark_contact` says it again. When it was preferred, none of that kind of contact
    point is, also where several were by what joining brought. Raises `Refused` when it does not hold."""
    contact = contact_of(person, identity)
    if kind not in contact.state:
        raise Refused(_("That was taken back already."))
    numbers = [identity]
    if kind == Kind.PREFERRED:
        beside = contacts_of([person.pk])[person.pk]
        numbers = [one.identity.pk for one in beside if one.identity.namespace == contact.identity.namespace]
    _lift_all(numbers, kind, actor=actor, now=now)
    _tell(TAKEN_BACK[kind], person, contact, actor=actor, now=now)


def contact_of(person: Person, identity: int) -> Contact:
    """One of somebody's contact points; raises `NotFound`."""
    for contact in contacts_of([person.pk]).get(person.pk, []):
        if contact.identity.pk == identity:
            return contact
    raise NotFound(_("They are not known by this e-mail or telephone."))


def _said_already() -> Refused:
    return Refused(_("That is said of it already."))


def _lift_all(identities: list[int], kind: Kind, *, actor: Actor, now: datetime) -> None:
    marks = ContactMark.objects.filter(identity_id__in=identities, kind=kind, lifted_at=None)
    marks.update(lifted_at=now, lifted_by=actor.name[:200])


def _tell(what: str, person: Person, contact: Contact, *, actor: Actor, now: datetime) -> None:
    # What a household has is nobody's: it is told of whose page it was said on.
    own = contact.identity.person_id == person.pk
    told = contact.identity.pk if own else person.pk
    tell_log(told, what, actor=actor, now=now, properties={"contact": contact.identity.namespace})
    record(
        actor=actor,
        now=now,
        action=what,
        object_type="person",
        object_uid=str(person.uid),
        summary=person.name,
        details={"contact": contact.identity.namespace},
    )
