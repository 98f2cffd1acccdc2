"""Writes of the room. One action, one change, one line in the audit log; the log hears what concerns somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.facade import Somebody, tell_log, who_are
from vincle.apps.tasks.due import deadline
from vincle.apps.tasks.models import Task
from vincle.apps.tasks.queries import assignees
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.house import house
from vincle.kernel.ids import uuid7
from vincle.kernel.words import written

LONGEST_TITLE, LONGEST_DETAILS = 200, 10_000
KEPT_HIDDEN = timedelta(days=30)  # how long what was taken away can be brought back
ADDED, CHANGED, DONE, REOPENED = "task.added", "task.changed", "task.done", "task.reopened"
REMOVED, BROUGHT_BACK = "task.removed", "task.brought_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a task is to be: `assignee` is a colleague's number."""

    title: str
    details: str = ""
    assignee: int | None = None
    due_on: date | None = None
    due_time: time | None = None


@transaction.atomic
def add(wanted: Wanted, about: Somebody | None, *, actor: Actor, now: datetime) -> Task:
    """Write down that something is to be done, about somebody or about nobody.

    Raises `BadInput` for a task without a title, an hour without a day, or a colleague who cannot be given one.
    """
    task = Task.objects.create(
        uid=uuid7(),
        identity_id=about.number if about else None,
        created_at=now,
        created_by=actor.name,
        changed_at=now,
        **read_task(wanted, None),
    )
    _tell(ADDED, task, actor=actor, now=now)
    return task


@transaction.atomic
def change(task: Task, wanted: Wanted, *, actor: Actor, now: datetime) -> Task:
    """Have a task be something else; raises `BadInput` as `add` does."""
    task = _locked(task)
    return _changed(task, read_task(wanted, task), actor=actor, now=now)


@transaction.atomic
def set_due(task: Task, day: date | None, hour: time | None, *, actor: Actor, now: datetime) -> Task:
    """Let a task be due at another time, or at none."""
    return _changed(_locked(task), _due(day, hour), actor=actor, now=now)


@transaction.atomic
def assign(task: Task, colleague: int | None, *, actor: Actor, now: datetime) -> Task:
    """Give a task to somebody else, or to nobody; raises `BadInput` for who cannot be given one."""
    task = _locked(task)
    return _changed(task, {"assignee_id": _assignable(colleague, task)}, actor=actor, now=now)


@transaction.atomic
def finish(task: Task, *, actor: Actor, now: datetime) -> Task:
    """Say that a task is done; `reopen` undoes it."""
    task = _locked(task)
    if task.done_at is None:
        _set(task, {"done_at": now, "done_by": actor.name}, now=now)
        _tell(DONE, task, actor=actor, now=now)
    return task


@transaction.atomic
def reopen(task: Task, *, actor: Actor, now: datetime) -> Task:
    """Say that a task is not done after all."""
    task = _locked(task)
    if task.done_at is not None:
        _set(task, {"done_at": None, "done_by": ""}, now=now)
        _tell(REOPENED, task, actor=actor, now=now)
    return task


@transaction.atomic
def remove(task: Task, *, actor: Actor, now: datetime) -> None:
    """Take a task away; `bring_back` undoes it until it goes for good."""
    task = _locked(task)
    if task.removed_at is None:
        _set(task, {"removed_at": now}, now=now)
        _record(REMOVED, task, actor=actor, now=now)


@transaction.atomic
def bring_back(task: Task, *, actor: Actor, now: datetime) -> None:
    """Show a task again that was taken away."""
    task = _locked(task)
    if task.removed_at is not None:
        _set(task, {"removed_at": None}, now=now)
        _record(BROUGHT_BACK, task, actor=actor, now=now)


def forget_removed(*, now: datetime) -> int:
    """Delete for good what was taken away long enough ago; how many tasks."""
    return Task.objects.filter(removed_at__lt=now - KEPT_HIDDEN).delete()[0]


def read_task(wanted: Wanted, task: Task | None) -> dict[str, Any]:
    """What a task is to be, as fields of `Task`; raises `BadInput` as `add` does."""
    title, details = " ".join(written(wanted.title).split()), written(wanted.details)
    if not title:
        raise BadInput(_("Say what is to be done."))
    if len(title) > LONGEST_TITLE or len(details) > LONGEST_DETAILS:
        raise BadInput(
            _("A task has at most %(title)d letters, and its details %(details)d.")
            % {"title": LONGEST_TITLE, "details": LONGEST_DETAILS}
        )
    assignee = _assignable(wanted.assignee, task)
    return {"title": title, "details": details, "assignee_id": assignee, **_due(wanted.due_on, wanted.due_time)}


def _due(day: date | None, hour: time | None) -> dict[str, Any]:
    return {"due_on": day, "due_time": hour, "due": deadline(day, hour, ZoneInfo(house().timezone))}


def _assignable(colleague: int | None, task: Task | None) -> int | None:
    """The number, when that colleague may be given the task, or has it already."""
    if colleague is None or (task is not None and task.assignee_id == colleague):
        return colleague
    if colleague not in {each.id for each in assignees()}:
        raise BadInput(_("This colleague cannot be given a task."), _("Choose somebody who works here."))
    return colleague


def _changed(task: Task, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> Task:
    before = {name: value for name, value in values.items() if getattr(task, name) != value}
    if before:
        _set(task, before, now=now)
        _record(CHANGED, task, actor=actor, now=now)
    return task


def _set(task: Task, values: Mapping[str, Any], *, now: datetime) -> None:
    changes = {**values, "changed_at": now, "sequence": task.sequence + 1}
    Task.objects.filter(pk=task.pk).update(**changes)
    for name, value in changes.items():
        setattr(task, name, value)


def _locked(task: Task) -> Task:
    found = Task.objects.select_for_update().filter(pk=task.pk).first()
    if found is None:
        raise NotFound(_("This task is not here any more."))
    return found


def _tell(action: str, task: Task, *, actor: Actor, now: datetime) -> None:
    """Tell the log, under the kind of the action's name, and the audit log."""
    if _about(task) is not None and task.identity_id is not None:
        tell_log(task.identity_id, action, actor=actor, now=now, properties={"task": str(task.uid)})
    _record(action, task, actor=actor, now=now)


def _about(task: Task) -> Somebody | None:
    """Whom it is about now; None when about nobody, or they left with the import that brought them."""
    return who_are([task.identity_id]).get(task.identity_id) if task.identity_id is not None else None


def _record(action: str, task: Task, *, actor: Actor, now: datetime) -> None:
    about = _about(task)
    details = {"task": str(task.uid)}
    if about is None:
        # Without its title, which may name somebody who asks to be forgotten.
        record(actor=actor, now=now, action=action, object_type="task", object_uid=str(task.uid), details=details)
        return
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(about.uid),
        summary=about.name,
        details=details,
    )
