"""What a task is told about the job it does."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from vincle.flow.jobs import queue
from vincle.flow.models import Job
from vincle.kernel import clock


class LeaseLost(Exception):
    """Another worker has taken the job over: stop, and leave the rest to it."""


class HandedBack(Exception):
    """This worker is stopping and another will go on with the job from where it stands."""


@dataclass(frozen=True, slots=True)
class Context:
    """The running job, and how to ask whether one should go on with it.

    A thread renews the lease meanwhile, so a task need call none of these to keep its job.
    """

    job: Job
    stopping: threading.Event
    lease: timedelta

    @property
    def now(self) -> datetime:
        return clock.now()

    def still_mine(self) -> bool:
        """Whether the job is still this worker's.

        Asked inside a transaction the answer holds until its end: nobody can take the job over before.
        """
        held = queue.held(self.job)
        if connection.in_atomic_block:
            return held.select_for_update().first() is not None
        return held.exists()

    def heartbeat(self) -> None:
        """Renew the lease now; raises `LeaseLost` when the job has been taken over."""
        if not queue.renew(self.job, now=clock.now(), lease=self.lease):
            raise LeaseLost

    def breathe(self) -> None:
        """To be called between the steps of a long task that goes on from where it was: a stopping worker then
        hands the job back at once instead of finishing it (raises `HandedBack`); a lost one ends (`LeaseLost`)."""
        if self.stopping.is_set():
            raise HandedBack
        self.heartbeat()
