"""Deciding about one pair. What is decided becomes a fact of identity, and the pair waits no more because of that."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.duplicates.models import Candidate
from vincle.apps.duplicates.queries.queue import is_open, people_of
from vincle.apps.duplicates.words import reason_for
from vincle.apps.people import facade as people
from vincle.flow.models import SamePerson
from vincle.kernel.errors import Refused

SKIPPED = "duplicates.skipped"
BROUGHT_BACK = "duplicates.brought_back"
SKIP_FOR = timedelta(days=30)


def accept(candidate: Candidate, *, actor: Actor, now: datetime, reason: str = "") -> SamePerson:
    """The two are one person; returns the step, which `undo` takes back. Raises `Refused` when that is decided."""
    _require_open(candidate)
    first, second = people_of(candidate)
    return people.join(first, second, actor=actor, now=now, reason=reason or reason_for(candidate.probability))


def reject(candidate: Candidate, *, actor: Actor, now: datetime, reason: str = "") -> SamePerson:
    """The two are not the same, for ever; returns the step, which `undo` takes back. Raises `Refused` likewise."""
    _require_open(candidate)
    first, second = people_of(candidate)
    return people.keep_apart(first, second, actor=actor, now=now, reason=reason or reason_for(candidate.probability))


def undo(step: SamePerson, *, actor: Actor, now: datetime) -> None:
    """Take a decision back: the pair waits again. Raises `Refused` for what no colleague said, or that is undone."""
    if step.source_id is not None:
        raise Refused(_("This was not decided here."), _("A person's history has what can be undone."))
    people.undo(step, actor=actor, now=now)


@transaction.atomic
def skip(candidate: Candidate, *, actor: Actor, now: datetime) -> None:
    """Put a pair aside for a month."""
    _require_open(candidate)
    Candidate.objects.filter(pk=candidate.pk).update(skipped_until=now + SKIP_FOR, skipped_by=actor.name)
    _note(SKIPPED, candidate, actor=actor, now=now)


@transaction.atomic
def bring_back(candidate: Candidate, *, actor: Actor, now: datetime) -> None:
    """Let a pair that was put aside wait again."""
    if Candidate.objects.filter(pk=candidate.pk).exclude(skipped_until=None).update(skipped_until=None, skipped_by=""):
        _note(BROUGHT_BACK, candidate, actor=actor, now=now)


def _require_open(candidate: Candidate) -> None:
    if not is_open(candidate):
        raise Refused(
            _("This pair has been decided meanwhile."), _("Nothing was changed. Their history says who said what.")
        )


def _note(action: str, candidate: Candidate, *, actor: Actor, now: datetime) -> None:
    both = people_of(candidate)
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(both[0].uid),
        summary=" · ".join(person.name for person in both),
        details={"people": [str(person.uid) for person in both]},
    )
