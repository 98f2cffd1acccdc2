"""When a task is due: a day and perhaps an hour, by the organisation's clock."""

from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from vincle.apps.tasks.models import Task
from vincle.kernel.errors import BadInput

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


def deadline(day: date | None, hour: time | None, zone: tzinfo) -> datetime | None:
    """The instant after which it is late: that hour, or the end of the day. None for no day.

    Raises `BadInput` for an hour of no day, and for a day that nobody lives to see.
    """
    if day is None:
        if hour is not None:
            raise BadInput(_("An hour needs its day."))
        return None
    if not FIRST <= day <= LAST:
        raise BadInput(_("Give a day between %(first)d and %(last)d.") % {"first": FIRST.year, "last": LAST.year})
    if hour is not None:
        return datetime.combine(day, hour, zone)
    return datetime.combine(day + timedelta(days=1), time(), zone)


def is_late(task: Task, now: datetime) -> bool:
    """Whether it should have been done by now."""
    return task.done_at is None and task.due is not None and task.due <= now


def later(words: str, today: date) -> date | None:
    """The day that `tomorrow` and `next-week` mean today; None for other words."""
    days = {"tomorrow": 1, "next-week": 7}.get(words)
    return None if days is None else today + timedelta(days=days)
