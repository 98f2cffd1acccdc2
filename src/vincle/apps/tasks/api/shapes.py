"""What the API takes and gives: tasks."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from vincle.apps.people.facade import who_are
from vincle.apps.tasks.actions import LONGEST_DETAILS, LONGEST_TITLE
from vincle.apps.tasks.models import Task
from vincle.apps.tasks.queries import emails
from vincle.web.rest.shapes import Day, Instant, Listing, Text

State = Literal["open", "done"]
Email = Annotated[Text, Field(min_length=1, max_length=254)]
Hour = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class TaskIn(Schema):
    """What a task is to be. `assignee` is a colleague's e-mail; day and hour are by the organisation's clock."""

    title: Annotated[Text, Field(min_length=1, max_length=LONGEST_TITLE)]
    details: Annotated[Text, Field(max_length=LONGEST_DETAILS)] = ""
    assignee: Email | None = None
    due_on: Day | None = None
    due_time: Hour | None = None


class NewTaskIn(TaskIn):
    """A task that is written down; `person` is the address of whom it is about."""

    person: UUID | None = None


class TaskOut(Schema):
    """A task. `person` is null when it is about nobody, or about somebody of whom nothing is shown."""

    uid: UUID
    title: str
    details: str
    assignee: str | None
    person: UUID | None
    due_on: date | None
    due_time: str | None
    created_at: Instant
    created_by: str
    done_at: Instant | None
    done_by: str


class TasksPage(Listing[TaskOut]):
    """Some tasks, and where to go on."""


def tasks_out(tasks: Iterable[Task]) -> list[TaskOut]:
    """Tasks as the API shows them, in three questions however many."""
    listed = list(tasks)
    known = emails() if any(task.assignee_id for task in listed) else {}
    people = who_are([task.identity_id for task in listed if task.identity_id is not None]) if listed else {}
    return [
        TaskOut(
            uid=task.uid,
            title=task.title,
            details=task.details,
            assignee=known.get(task.assignee_id or 0),
            person=people[task.identity_id].uid if task.identity_id in people else None,
            due_on=task.due_on,
            due_time=f"{task.due_time:%H:%M}" if task.due_time else None,
            created_at=task.created_at,
            created_by=task.created_by,
            done_at=task.done_at,
            done_by=task.done_by,
        )
        for task in listed
    ]


def task_out(task: Task) -> TaskOut:
    """One of them."""
    (shown,) = tasks_out([task])
    return shown
