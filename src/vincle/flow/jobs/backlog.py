"""How far behind background work is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from vincle.flow.models import Job


@dataclass(frozen=True, slots=True)
class Backlog:
    """Jobs by what they are at, and since when the one that waits longest could have been done."""

    waiting: int
    running: int
    failed: int
    due_since: datetime | None

    def overdue(self, now: datetime) -> timedelta:
        """How long the first job in the queue has been waiting for a worker."""
        return now - self.due_since if self.due_since else timedelta()


def backlog(*, now: datetime) -> Backlog:
    """What waits, runs and has failed."""
    waiting = Q(state=Job.State.WAITING)
    abandoned = Q(state=Job.State.RUNNING, lease_until__lte=now)
    return Backlog(
        **Job.objects.exclude(state=Job.State.DONE).aggregate(
            waiting=Count("pk", filter=waiting),
            running=Count("pk", filter=Q(state=Job.State.RUNNING)),
            failed=Count("pk", filter=Q(state=Job.State.FAILED)),
            due_since=Min("run_at", filter=(waiting & Q(run_at__lte=now)) | abandoned),
        )
    )
