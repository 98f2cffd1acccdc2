"""The page of tasks: mine, everybody's, done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.tasks import actions, queries
from vincle.apps.tasks.web.forms import TaskForm
from vincle.apps.tasks.web.shown import shown
from vincle.kernel import clock
from vincle.web.permissions import needs
from vincle.web.toasts import toast

VIEWS = ("mine", "all", "done")


@needs("tasks.view", to_change="tasks.edit")
def tasks(request: HttpRequest) -> HttpResponse:
    """What is to be done; POST adds a task about nobody."""
    if request.method == "POST":
        actions.add(TaskForm(request.POST, quick=True).wanted(), None, actor=Actor.behind(request), now=clock.now())
        toast(request, _("The task is added."))
        return redirect(request.get_full_path())
    view = request.GET.get("view", "mine")
    view = view if view in VIEWS else "mine"
    assignee = _assignee(request, view)
    cursor = request.GET.get("page", "")
    read = queries.done_tasks if view == "done" else queries.open_tasks
    page = read(assignee=assignee, cursor=cursor)
    context = {
        "view": view,
        "page": page,
        "tasks": shown(page, now=clock.now(), grouped=view != "done"),
        "form": TaskForm(quick=True, initial={"assignee": request.user.pk}, auto_id="add-%s"),
        "assignees": queries.assignees() if view != "mine" else [],
        "assignee": assignee,
    }
    return render(request, "tasks/list.html", context)


def _assignee(request: HttpRequest, view: str) -> int | None:
    if view == "mine":
        return request.user.pk
    wanted = request.GET.get("assignee", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 19 else None
