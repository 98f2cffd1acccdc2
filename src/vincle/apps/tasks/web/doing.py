"""What is done with a task in one touch, each with a way back: done, later, somebody else's, away."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.tasks import actions, queries
from vincle.apps.tasks.due import later
from vincle.apps.tasks.models import Task
from vincle.apps.tasks.web.forms import DueForm, require
from vincle.apps.tasks.web.returning import back as to_where_they_were
from vincle.apps.tasks.web.shown import due_words, shown
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web import htmx
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("tasks.edit")
@require_POST
def done(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It is done."""
    task = actions.finish(queries.task_by_uid(uid), **_who_and_when(request))
    toast(request, _("Done: %(task)s.") % {"task": task.title}, undo=reverse("tasks:open", args=[uid]))
    return _line(request, task)


@needs("tasks.edit")
@require_POST
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It is not done after all."""
    return _line(request, actions.reopen(queries.task_by_uid(uid), **_who_and_when(request)))


@needs("tasks.edit")
@require_POST
def due(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Later: `to` is tomorrow or next-week; else the day and hour of the form, which may be empty."""
    task = queries.task_by_uid(uid)
    given = request.POST if "to" in request.POST or "due_on" in request.POST else request.GET  # Undo: in its address
    day, hour = later(given.get("to", ""), timezone.localdate(clock.now())), task.due_time
    if day is None:
        if "due_on" not in given:
            raise BadInput(_("Choose when it is due."))
        said = require(DueForm(given))
        day, hour = said["due_on"], said["due_time"]
    before = {"due_on": task.due_on or "", "due_time": f"{task.due_time:%H:%M}" if task.due_time else ""}
    task = actions.set_due(task, day, hour, **_who_and_when(request))
    words = due_words(task, clock.now()) or _("no day")
    toast(
        request,
        _("Due: %(when)s.") % {"when": words},
        undo=f"{reverse('tasks:due', args=[uid])}?{urlencode(before)}",
    )
    return _line(request, task)


@needs("tasks.edit")
@require_POST
def assign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody else does it: `to` is a colleague's number, or empty."""
    task = queries.task_by_uid(uid)
    wanted = request.POST.get("to", request.GET.get("to", ""))  # Undo has it in its address
    if wanted and not (wanted.isdecimal() and len(wanted) < 19):
        raise BadInput(_("Choose who does it."))
    before = task.assignee_id
    task = actions.assign(task, int(wanted) if wanted else None, **_who_and_when(request))
    name = queries.names().get(task.assignee_id, "") if task.assignee_id else _("nobody yet")
    undo = f"{reverse('tasks:assign', args=[uid])}?{urlencode({'to': before or ''})}"
    toast(request, _("Who does it: %(name)s.") % {"name": name}, undo=undo)
    return _line(request, task)


@needs("tasks.edit")
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it away."""
    actions.remove(queries.task_by_uid(uid), **_who_and_when(request))
    toast(request, _("The task is taken away."), undo=reverse("tasks:back", args=[uid]))
    return HttpResponse() if htmx.asks(request) else redirect("tasks:list")


@needs("tasks.edit")
@require_POST
def back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring it back."""
    actions.bring_back(queries.task_by_uid(uid, removed=True), **_who_and_when(request))
    toast(request, _("The task is back."))
    return to_where_they_were(request)


def _who_and_when(request: HttpRequest) -> dict[str, Any]:
    return {"actor": Actor.behind(request), "now": clock.now()}


def _line(request: HttpRequest, task: Task) -> HttpResponse:
    """The task's line anew for htmx; the page it was on for whoever has no scripts."""
    if not htmx.asks(request):
        return to_where_they_were(request)
    (line,) = shown([task], now=clock.now())
    return render(request, "tasks/line.html", {"line": line, "on_person": request.GET.get("on") == "person"})
