"""Endpoints and turns of background work, for the tests of webhooks."""

import threading
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.webhooks import actions, jobs
from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Job
from vincle.kernel import clock


def add(url: str, *kinds: str, **more: Any) -> actions.NewSecret:
    """A program that hears at `url` of these kinds, or of everything."""
    given = {"name": "Shop", "every_kind": not kinds, "kinds": kinds, "now": clock.now()} | more
    return actions.add_endpoint(actor=COMMAND_LINE, url=url, **given)


def turn(*, at: datetime | None = None) -> None:
    """What background work does in one turn of its clock, which may be said to be another."""
    with patch.object(clock, "now", return_value=at or clock.now()):
        now = clock.now()
        jobs.follow(_context(enqueue("webhooks.follow", now=now)))
        for job in Job.objects.filter(task="webhooks.send", state=Job.State.WAITING):
            jobs.send(_context(job), **job.arguments)
        Job.objects.all().delete()


def later(**more: float) -> datetime:
    """So much later than the next message is due, or than now."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING).order_by("due_at").values_list("due_at", flat=True)
    rests = Endpoint.objects.exclude(rests_until=None).values_list("rests_until", flat=True)
    return max([clock.now(), *due[:1], *rests]) + timedelta(**more)


def _context(job: Job) -> Context:
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, worker="test", attempts=1)
    job.refresh_from_db()
    return Context(job, threading.Event(), timedelta(seconds=90))
