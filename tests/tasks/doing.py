"""Ways to speak of tasks, for the tests of the room."""

from typing import Any

from cast_of import somebody as colleague
from people.telling import NOW, person
from vincle.apps.accounts.facade import Actor
from vincle.apps.people.facade import Somebody, somebody
from vincle.apps.tasks import actions
from vincle.apps.tasks.actions import Wanted
from vincle.apps.tasks.models import Task

HTMX = {"HX-Request": "true"}


def anna() -> Actor:
    return Actor.of(colleague("anna"))


def them(who: str = "C1") -> Somebody:
    """The person behind a customer of the shop, as rooms see them."""
    return somebody(person(who).uid)


def a_task(title: str = "Call back", about: Somebody | None = None, **more: Any) -> Task:
    """A task that Anna has written down for herself."""
    wanted = Wanted(title=title, **{"assignee": colleague("anna").pk, **more})
    return actions.add(wanted, about, actor=anna(), now=NOW)


def at(task: Task, *verb: str) -> str:
    """The address of a task, or of what is done with it."""
    return "/".join(["/tasks", str(task.uid), *verb, ""])
