"""Small ways to send to an incoming webhook, and to see what became of it, for the tests of the room."""

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.hooks import actions, jobs
from vincle.apps.hooks.models import Delivery, Hook
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Interaction, Job, Quarantined
from vincle.kernel import clock

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
MAPPING = """\
source = "shop"
message_id = "id"

[[who]]
column = "customer.email"
namespace = "email"

[when]
column = "at"

[what]
kind = "order.placed"

[amount]
column = "total"
currency = "EUR"

[attributes]
town = "customer.town"
"""
PLAIN = """\
source = "form"

[[who]]
column = "email"
namespace = "email"

[what]
kind = "survey.answered"
"""


def a_hook(name: str = "Shop", *, mapping: str = MAPPING, **more: Any) -> actions.NewSecret:
    """A program that may send, with what is told once."""
    return actions.add_hook(actor=COMMAND_LINE, now=clock.now(), name=name, mapping=mapping, **more)


def order(**changes: Any) -> dict[str, Any]:
    """A purchase of Mar's."""
    said = {
        "id": "A-1",
        "at": "2026-03-01T09:30:15Z",
        "total": 12.5,
        "customer": {"email": "mar@roca.example", "town": "Girona"},
        "coupon": "MAIG",
    }
    return {name: value for name, value in {**said, **changes}.items() if value is not ...}


def send(made: actions.NewSecret, said: Any, *, secret: str | None = None, **more: Any) -> Any:
    """The answer to what is POSTed with the secret: bytes go as they are, anything else becomes JSON."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    headers = {"Authorization": f"Bearer {made.secret if secret is None else secret}", **more.pop("headers", {})}
    given = {"content_type": "application/json", **more}
    return Client().post(f"/hooks/{made.hook.public_id}/", body, headers=headers, **given)


def turn() -> None:
    """What background work does: take in what waits."""
    job = enqueue("hooks.take_in", key="hooks.take_in", now=clock.now())
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, worker="test", attempts=1)
    job.refresh_from_db()
    jobs.take_in(Context(job, threading.Event(), timedelta(seconds=90)))
    Job.objects.all().delete()


def prune() -> None:
    """What background work does: forget what is old."""
    job = enqueue("hooks.prune", now=clock.now())
    jobs.prune(Context(job, threading.Event(), timedelta(seconds=90)))
    Job.objects.all().delete()


def entered() -> list[tuple[str, str, str]]:
    """Kind, identity and message id of what is in the log, in the order it entered."""
    return list(Interaction.objects.order_by("id").values_list("kind__name", "identity__value", "message_id"))


def held() -> list[tuple[str, str]]:
    """Reason and state of what is in quarantine."""
    return list(Quarantined.objects.order_by("id").values_list("reason", "state"))


def outcomes(hook: Hook) -> list[str]:
    """What became of each delivery, in the order they came."""
    return list(Delivery.objects.filter(hook=hook).order_by("pk").values_list("outcome", flat=True))
