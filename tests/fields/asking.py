"""Ways to speak of fields, for the tests of the room."""

import re
from typing import Any

from people.telling import NOW, address
from vincle.apps.accounts.facade import Actor
from vincle.apps.fields import actions
from vincle.apps.fields.models import CustomField

HTMX = {"HX-Request": "true"}
OLGA = Actor(None, "Olga Serra")


def a_field(label: str = "Allergies", type_: str = "text", **more: Any) -> CustomField:
    """A field that the owner has made."""
    return actions.make(actor=OLGA, now=NOW, labels={"en": label}, type=type_, **more)


def save(client: Any, name: str, *values: str, who: str = "C1") -> Any:
    """Say what somebody's value is, as their page does."""
    return client.post(f"{address(who, 'fields', 'edit')}?name={name}", {"value": list(values)}, headers=HTMX)


def value(client: Any, name: str, who: str = "C1") -> Any:
    """What their page shows of a field."""
    return client.get(f"{address(who, 'fields', 'line')}?name={name}").context["value"]


def undo_of(answer: Any) -> str:
    """The address by which the notice of an answer is undone."""
    found = re.search(r'"undo": "([^"]+)"', answer.headers["HX-Trigger"])
    assert found
    return found.group(1)
