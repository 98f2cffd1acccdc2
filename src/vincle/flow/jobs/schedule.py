"""Tasks that come back: any number of workers may look at the clock, one of them starts each turn."""

from datetime import datetime, timedelta

from django.db import transaction

from vincle.flow.jobs import registry
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Schedule


def sync(*, now: datetime) -> None:
    """Make the table say what the registered tasks say; a new task's first turn is now."""
    wanted = {task.name: task.every_seconds or 0 for task in registry.scheduled()}
    Schedule.objects.exclude(task__in=wanted).delete()
    for name, seconds in wanted.items():
        row, made = Schedule.objects.get_or_create(task=name, defaults={"every_seconds": seconds, "next_at": now})
        if not made and row.every_seconds != seconds:
            Schedule.objects.filter(pk=row.pk).update(every_seconds=seconds, next_at=now)


def tick(*, now: datetime) -> int:
    """Enqueue every task whose turn has come; how many. Turns missed while nothing ran are made up by one."""
    known = [task.name for task in registry.scheduled()]
    return sum(_start(row, now) for row in Schedule.objects.filter(task__in=known) if _is_due(row, now))


def _is_due(row: Schedule, now: datetime) -> bool:
    # A turn further away than one period was set by a clock that has since been put back.
    return not now < row.next_at <= now + timedelta(seconds=row.every_seconds)


def _start(row: Schedule, now: datetime) -> int:
    with transaction.atomic():
        won = Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=_following(row, now))
        if won:
            enqueue(row.task, key=f"schedule:{row.task}", now=now)
    return won


def _following(row: Schedule, now: datetime) -> datetime:
    """The first turn after `now` in the same rhythm."""
    period = timedelta(seconds=row.every_seconds)
    if row.next_at > now:
        return now + period
    turns = (now - row.next_at) // period + 1
    following: datetime = row.next_at + turns * period
    return following
