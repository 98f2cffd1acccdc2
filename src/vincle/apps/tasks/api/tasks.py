"""Tasks: the list, one of them, adding and changing them, doing them."""

from datetime import time
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema, Status

from vincle.apps.accounts.facade import colleague_by_email
from vincle.apps.people.facade import somebody
from vincle.apps.tasks import actions, queries
from vincle.apps.tasks.actions import Wanted
from vincle.apps.tasks.api.shapes import Email, NewTaskIn, State, TaskIn, TaskOut, TasksPage, task_out, tasks_out
from vincle.apps.tokens.facade import actor_behind
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.rest import etags
from vincle.web.rest.router import RoomRouter
from vincle.web.rest.shapes import USUAL_PAGE, Cursor, Limit

rest = RoomRouter("Tasks")


class TasksQuery(Schema):
    """Which tasks: of one colleague, by e-mail, and about one person; else everybody's, about anybody."""

    state: State = "open"
    assignee: Email | None = None
    person: UUID | None = None
    cursor: Cursor = ""
    limit: Limit = USUAL_PAGE


@rest.get("/tasks", scope="tasks:read", response=TasksPage)
def list_tasks(request: HttpRequest, asked: Query[TasksQuery]) -> TasksPage:  # noqa: ARG001 - ninja's
    """What is to be done, or what has been done.

    Open ones by when they are due, those without a day last; done ones with the latest first.
    """
    read = queries.done_tasks if asked.state == "done" else queries.open_tasks
    page = read(
        assignee=_colleague(asked.assignee),
        about=somebody(asked.person).identities if asked.person is not None else None,
        cursor=asked.cursor,
        size=asked.limit,
    )
    return TasksPage(items=tasks_out(page), next=page.next or None)


@rest.get("/tasks/{uid}", scope="tasks:read", response=TaskOut)
def get_task(request: HttpRequest, response: HttpResponse, uid: UUID) -> TaskOut:  # noqa: ARG001 - ninja's
    """One task."""
    task = task_out(queries.task_by_uid(uid))
    etags.mark(response, task)
    return task


@rest.post("/tasks", scope="tasks:write", response={201: TaskOut})
def add_task(request: HttpRequest, given: NewTaskIn) -> Status[TaskOut]:
    """Write down that something is to be done, about somebody or about nobody."""
    about = somebody(given.person) if given.person is not None else None
    task = actions.add(_wanted(given), about, actor=actor_behind(request), now=clock.now())
    return Status(201, task_out(task))


@rest.post("/tasks/{uid}", scope="tasks:write", response=TaskOut, versioned=True)
def change_task(request: HttpRequest, uid: UUID, given: TaskIn) -> TaskOut:
    """Have a task be something else.

    It is afterwards as it is given here: what is left out is empty. Whom it is about stays. With an If-Match it is done
    only while the task is as you read it.
    """
    with transaction.atomic():
        task = queries.task_by_uid(uid, held=True)
        etags.require_match(request, task_out(task))
        return task_out(actions.change(task, _wanted(given), actor=actor_behind(request), now=clock.now()))


@rest.post("/tasks/{uid}/done", scope="tasks:write", response=TaskOut)
def finish_task(request: HttpRequest, uid: UUID) -> TaskOut:
    """Say that a task is done; one that is done already stays as it is."""
    return task_out(actions.finish(queries.task_by_uid(uid), actor=actor_behind(request), now=clock.now()))


@rest.post("/tasks/{uid}/reopen", scope="tasks:write", response=TaskOut)
def reopen_task(request: HttpRequest, uid: UUID) -> TaskOut:
    """Say that a task is not done after all; one that is open stays as it is."""
    return task_out(actions.reopen(queries.task_by_uid(uid), actor=actor_behind(request), now=clock.now()))


def _wanted(given: TaskIn) -> Wanted:
    return Wanted(
        title=given.title,
        details=given.details,
        assignee=_colleague(given.assignee),
        due_on=given.due_on,
        due_time=time.fromisoformat(given.due_time) if given.due_time is not None else None,
    )


def _colleague(email: str | None) -> int | None:
    """The number of the colleague with that e-mail; raises `BadInput` when nobody has it."""
    if email is None:
        return None
    colleague = colleague_by_email(email)
    if colleague is None:
        raise BadInput(_("Nobody with the e-mail %(email)s works here.") % {"email": email})
    return colleague.id
