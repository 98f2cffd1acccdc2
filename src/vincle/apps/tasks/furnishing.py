"""What the room tells the others when the application starts."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import OwnPart, add_own_part, name_action
from vincle.apps.people.facade import FreeText, Keeping, PersonPanel, keep, may_name, register_panel
from vincle.apps.tasks import actions
from vincle.apps.tasks.calendar import address
from vincle.apps.tasks.models import Task
from vincle.apps.tasks.queries import due_today
from vincle.web.nav import NavEntry, register

ACTIONS = {
    actions.ADDED: _("added a task"),
    actions.CHANGED: _("changed a task"),
    actions.DONE: _("finished a task"),
    actions.REOPENED: _("reopened a task"),
    actions.REMOVED: _("took away a task"),
    actions.BROUGHT_BACK: _("brought back a task"),
    address.MADE: _("made an address for their calendar"),
    address.REVOKED: _("took back the address of their calendar"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Tasks"), "checklist", "tasks:list", "tasks.view", order=15, on_phone=True, waiting=_due_today))
    register_panel(PersonPanel("tasks:about", "tasks.view", "right", order=10, style="tasks/tasks.css"))
    add_own_part(OwnPart("tasks:calendar", "tasks.view"))
    keep(
        Keeping(
            name="tasks",
            label=_("Tasks"),
            model=Task,
            shown={
                "created_at": _("added"),
                "title": _("task"),
                "details": _("details"),
                "due_on": _("due"),
                "done_at": _("done"),
            },
            told=_told,
        )
    )
    may_name(FreeText(Task, ("title", "details"), _page_of))  # of others, and of nobody
    for action, words in ACTIONS.items():
        name_action(action, words)


def _page_of(task: Task) -> str:
    return reverse("tasks:task", args=[task.uid])


def _due_today(user: Any) -> QuerySet[Task]:
    return due_today(user.pk)


def _told(task: Task) -> dict[str, Any]:
    return {
        "uid": task.uid,
        "title": task.title,
        "details": task.details,
        "due_on": task.due_on,
        "due_time": task.due_time,
        "created_at": task.created_at,
        "created_by": task.created_by,
        "changed_at": task.changed_at,
        "done_at": task.done_at,
        "done_by": task.done_by,
        "removed_at": task.removed_at,
    }
