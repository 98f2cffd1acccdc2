"""What colleagues say of who is who: facts beside those of sources, counted before them, and each can be undone.

Nothing is rewritten when people are joined: every interaction keeps its identity, and which person that makes follows
from the facts in force. So joining costs the same however long a story is, undoing brings back exactly who was there
before, and what arrived in between follows its own identity.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.flow.append.links import project_people
from vincle.flow.append.people import one_at_a_time
from vincle.flow.append.stage import Stage
from vincle.flow.models import Identity, Person, SamePerson
from vincle.kernel.errors import NotFound, Refused

SAME, DIFFERENT = SamePerson.Verdict.SAME, SamePerson.Verdict.DIFFERENT


def say_same(first: Person, second: Person, *, author: str, reason: str = "", now: datetime) -> SamePerson:
    """Two people are one from now on; returns the fact, which `take_back` undoes.

    Raises `Refused` when they are one already, or somebody has said that they are not.
    """
    with Stage() as stage, transaction.atomic():
        one_at_a_time()
        one, other = _as_they_are_now(first), _as_they_are_now(second)
        if one == other:
            raise Refused(_("They are one person already."))
        if said_apart(one, other):
            raise Refused(
                _("Somebody has said that these are two different people."),
                _("Take that back first, in the history of either of them."),
            )
        return _say(one, other, SAME, author=author, reason=reason, now=now, stage=stage)


def say_different(first: Person, second: Person, *, author: str, reason: str = "", now: datetime) -> SamePerson:
    """Two people are not one, and nothing a source says later makes them one; returns the fact.

    Raises `Refused` when they are one person now: then the fact that joined them is to be undone.
    """
    with Stage() as stage, transaction.atomic():
        one_at_a_time()
        one, other = _as_they_are_now(first), _as_they_are_now(second)
        if one == other:
            raise Refused(_("They are one person now."), _("Undo what joined them, in their history."))
        known = said_apart(one, other)
        return known or _say(one, other, DIFFERENT, author=author, reason=reason, now=now, stage=stage)


def take_back(fact: SamePerson, *, author: str, reason: str = "", now: datetime) -> SamePerson:
    """Undo a fact for good: a colleague's is withdrawn; against a source's, which the source may repeat, stands from
    now on that the two are not the same. Returns what was written.

    Raises `Refused` when it has been undone already.
    """
    with Stage() as stage, transaction.atomic():
        one_at_a_time()
        fact = SamePerson.objects.select_for_update().get(pk=fact.pk)
        if fact.withdrawn_at is not None:
            raise Refused(_("This has been undone already."))
        if fact.source_id is None:
            fact.withdrawn_at, fact.withdrawn_by = now, author
            fact.save(update_fields=["withdrawn_at", "withdrawn_by"])
            project_people(f"SELECT id FROM flow_identity WHERE id IN ({fact.a_id}, {fact.b_id})", stage=stage)
            return fact
        if SamePerson.objects.filter(
            a=fact.a_id, b=fact.b_id, verdict=DIFFERENT, source=None, withdrawn_at=None
        ).exists():
            raise Refused(_("This has been undone already."))
        return _say(fact.a_id, fact.b_id, DIFFERENT, author=author, reason=reason, now=now, stage=stage)


def said_apart(one: int, other: int) -> SamePerson | None:
    """The fact in force by which two people (by number) are not the same, if there is one."""
    mine, theirs = _identities([one]), _identities([other])
    facts = SamePerson.objects.filter(verdict=DIFFERENT, withdrawn_at=None)
    return facts.filter(a__in=mine, b__in=theirs).first() or facts.filter(a__in=theirs, b__in=mine).first()


def _say(
    one: int, other: int, verdict: SamePerson.Verdict, *, author: str, reason: str, now: datetime, stage: Stage
) -> SamePerson:
    a, b = sorted((one, other))
    fact = SamePerson.objects.create(a_id=a, b_id=b, verdict=verdict, author=author, reason=reason, recorded_at=now)
    project_people(f"SELECT id FROM flow_identity WHERE id IN ({a}, {b})", stage=stage)
    return fact


def _identities(people: Collection[int]) -> list[int]:
    return list(Identity.objects.filter(person_id__in=people).values_list("id", flat=True))


def _as_they_are_now(person: Person) -> int:
    """The number of the person that somebody is, or is part of, now that nobody else may change it."""
    number = Identity.objects.filter(pk=person.pk).values_list("person_id", flat=True).first()
    if number is None:
        raise NotFound(_("There is nobody at this address any more."))
    return number
