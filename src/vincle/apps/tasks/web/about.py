"""The tasks about somebody, on their page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.facade import somebody
from vincle.apps.tasks import actions, queries
from vincle.apps.tasks.web.forms import TaskForm
from vincle.apps.tasks.web.shown import shown
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs


@needs("tasks.view", to_change="tasks.edit")
def about(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is to be done about them, and what was done last; POST adds a task."""
    person = somebody(uid)
    now = clock.now()
    if request.method == "POST":
        actions.add(TaskForm(request.POST, quick=True).wanted(), person, actor=Actor.behind(request), now=now)
        if not htmx.asks(request):
            return redirect("people:person", person.uid)
    pending, done = queries.tasks_about(person.identities)
    context = {
        "about": person,
        "pending": shown(pending, now=now),
        "done": shown(done, now=now),
        "form": TaskForm(quick=True, initial={"assignee": request.user.pk}, auto_id="add-%s"),
    }
    return render(request, "tasks/about.html", context)
