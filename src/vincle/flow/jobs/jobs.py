"""The queue's own housekeeping."""

from datetime import timedelta

from vincle.flow.jobs import registry
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task
from vincle.flow.models import Job

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
KEEP_TICKS = timedelta(hours=1)  # of what comes back every few seconds
TICKS = 60


@task("jobs.prune", every_seconds=6 * 60 * 60, atomic=True)
def prune(context: Context) -> None:
    """Forget what was done a week ago (an hour ago, if it comes back within a minute) and what failed a season ago."""
    now = context.now
    ticks = [each.name for each in registry.scheduled() if each.every_seconds and each.every_seconds < TICKS]
    Job.objects.filter(state=Job.State.DONE, task__in=ticks, finished_at__lt=now - KEEP_TICKS).delete()
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - KEEP_DONE).delete()
    Job.objects.filter(state=Job.State.FAILED, finished_at__lt=now - KEEP_FAILED).delete()
