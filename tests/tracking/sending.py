"""Small ways to send events and to see what became of them, for the tests of tracking."""

import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.tracking import facade
from vincle.flow.models import Interaction, Quarantined

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
WHEN = "2026-03-01T09:30:15.123Z"


def a_key(name: str = "Web", *origins: str) -> str:
    """The write key of a new source."""
    return facade.add_source(actor=COMMAND_LINE, now=NOW, name=name, origins=origins).write_key


def track(**changes: Any) -> dict[str, Any]:
    """A purchase by user 42."""
    said = {
        "type": "track",
        "event": "Order Completed",
        "userId": "42",
        "messageId": "m1",
        "timestamp": WHEN,
        "properties": {"revenue": 12.5, "currency": "EUR", "coupon": "MAIG"},
    }
    return {name: value for name, value in {**said, **changes}.items() if value is not ...}


def post(path: str, said: Any, *, key: str = "", **more: Any) -> Any:
    """The answer to what is POSTed to /v1/`path`: an object becomes JSON, bytes go as they are."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    given = {"content_type": "application/json", **more}
    return Client().post(f"/v1/{path}", body, headers={**headers, **given.pop("headers", {})}, **given)


def send(key: str, *events: Any, **envelope: Any) -> Any:
    """The answer to a batch."""
    return post("batch", {"batch": list(events), **envelope}, key=key)


def entered() -> list[Interaction]:
    """What is in the log, in the order it entered."""
    return list(Interaction.objects.select_related("kind", "identity", "touchpoint", "source").order_by("id"))


def the_one() -> Interaction:
    """The only interaction of the log."""
    (found,) = entered()
    return found


def held() -> list[tuple[str, str]]:
    """Message id and reason of what is in quarantine."""
    return list(Quarantined.objects.order_by("id").values_list("message_id", "reason"))
