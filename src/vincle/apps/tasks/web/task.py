"""One task: all of it, to be read and changed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.tasks import actions, queries
from vincle.apps.tasks.models import Task
from vincle.apps.tasks.web.forms import TaskForm
from vincle.apps.tasks.web.shown import shown
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("tasks.view", to_change="tasks.edit")
def task(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page of one task."""
    found = queries.task_by_uid(uid)
    form = TaskForm(request.POST or None, holder=found.assignee_id, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(found, form.wanted(), actor=Actor.behind(request), now=clock.now())
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("The task is kept."))
            return redirect("tasks:task", uid)
    (line,) = shown([found], now=clock.now())
    return render(request, "tasks/task.html", {"line": line, "task": found, "form": form})


def _initial(task: Task) -> dict[str, object]:
    return {
        "title": task.title,
        "details": task.details,
        "assignee": task.assignee_id,
        "due_on": task.due_on,
        "due_time": task.due_time,
    }
