"""Writes of the room."""

from collections.abc import Collection, Sequence
from datetime import datetime

from vincle.apps.accounts.facade import Actor, record
from vincle.flow.append import same, same_many
from vincle.flow.models import Identity, Person, SamePerson

LIST_EXPORTED = "people.exported"
CARD_TAKEN = "person.card_taken"
JOINED = "person.joined"
KEPT_APART = "person.kept_apart"
UNDONE = "person.undone"


def note_export(*, actor: Actor, now: datetime, wanted: dict[str, str]) -> None:
    """Write in the audit log who took a list of people out, and which: `wanted` is the list's filters."""
    record(actor=actor, now=now, action=LIST_EXPORTED, object_type="people", details=wanted)


def note_card(person: Person, *, actor: Actor, now: datetime) -> None:
    """Write in the audit log who took a person's card."""
    record(
        actor=actor, now=now, action=CARD_TAKEN, object_type="person", object_uid=str(person.uid), summary=person.name
    )


def join(first: Person, second: Person, *, actor: Actor, now: datetime, reason: str = "") -> SamePerson:
    """Make one person of two; `undo` takes it back. Raises `Refused` when they are one, or are said not to be."""
    step = same.say_same(first, second, author=actor.name, reason=reason, now=now)
    _note(JOINED, first, second, step, actor=actor, now=now)
    return step


def keep_apart(first: Person, second: Person, *, actor: Actor, now: datetime, reason: str = "") -> SamePerson:
    """Say that two people are not the same, for ever; `undo` takes it back. Raises `Refused` when they are one."""
    step = same.say_different(first, second, author=actor.name, reason=reason, now=now)
    _note(KEPT_APART, first, second, step, actor=actor, now=now)
    return step


def undo(step: SamePerson, *, actor: Actor, now: datetime) -> SamePerson:
    """Take back what joined people or keeps them apart; raises `Refused` when that has been done."""
    written = same.take_back(step, author=actor.name, now=now)
    first, second = (_person_of(identity) for identity in (step.a_id, step.b_id))
    _note(UNDONE, first, second, step, actor=actor, now=now)
    return written


def join_all(
    pairs: Sequence[tuple[int, int]], *, actor: Actor, now: datetime, reason: str = ""
) -> list[same_many.Done]:
    """Make one person of each pair of identities (numbers); what became of each. Whoever chose them writes the line in
    the audit log: one for all."""
    return same_many.say_all_same(pairs, author=actor.name, reason=reason, now=now)


def undo_all(steps: Collection[int], *, actor: Actor, now: datetime) -> int:
    """Take back those of these steps (by number) that are in force still; how many. The audit log as in `join_all`."""
    return same_many.take_all_back(steps, author=actor.name, now=now)


def _person_of(identity: int) -> Person | None:
    belonging = Identity.objects.filter(pk=identity).values("person_id")
    return Person.objects.filter(pk__in=belonging).first()


def _note(
    action: str, first: Person | None, second: Person | None, step: SamePerson, *, actor: Actor, now: datetime
) -> None:
    people = [person for person in (first, second) if person is not None]
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(people[0].uid) if people else "",
        summary=" · ".join(dict.fromkeys(person.name for person in people)),
        details={"step": step.pk, "people": [str(person.uid) for person in people]},
    )
