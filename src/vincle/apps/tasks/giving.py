"""The same task about each of many people, and taking all of them back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.facade import tell_log_of_each
from vincle.apps.tasks.actions import ADDED, Wanted, read_task
from vincle.apps.tasks.models import OPEN, Task
from vincle.kernel.ids import uuid7


def check_task(wanted: Wanted) -> None:
    """Raise `BadInput` for what is no task, as `add` does."""
    read_task(wanted, None)


@transaction.atomic
def give_each(wanted: Wanted, people: Sequence[int], *, together: UUID, actor: Actor, now: datetime) -> None:
    """Add the same task about each of `people`, given by the numbers of identities; `take_back_given` undoes it.

    The log hears it of each; whoever calls writes into the audit log what it was for.
    """
    said = read_task(wanted, None)
    given = [
        Task(
            uid=uuid7(),
            identity_id=number,
            created_at=now,
            created_by=actor.name,
            changed_at=now,
            together=together,
            **said,
        )
        for number in people
    ]
    Task.objects.bulk_create(given)
    tell_log_of_each({task.identity_id or 0: {"task": str(task.uid)} for task in given}, ADDED, actor=actor, now=now)


def take_back_given(together: UUID, *, now: datetime) -> int:
    """Take away those of them that are not done yet; how many."""
    theirs = Task.objects.filter(OPEN, together=together)
    return theirs.update(removed_at=now, changed_at=now, sequence=F("sequence") + 1)
