"""A task as pages show it: with its names, its day in words, and where it belongs in the list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import gettext as _

from vincle.apps.people.facade import Somebody, who_are
from vincle.apps.tasks.due import is_late
from vincle.apps.tasks.models import Task
from vincle.apps.tasks.queries import names
from vincle.web.locales import locale, write_day


@dataclass(frozen=True, slots=True)
class Shown:
    """`group` is the heading it stands under, where that differs from the one before it."""

    task: Task
    assignee: str
    about: Somebody | None
    due: str
    tone: str
    group: str = ""


def shown(tasks: Iterable[Task], *, now: datetime, grouped: bool = False) -> list[Shown]:
    """Tasks for a page, in three questions however many."""
    listed = list(tasks)
    called = names() if any(task.assignee_id for task in listed) else {}
    people = who_are([task.identity_id for task in listed if task.identity_id is not None]) if listed else {}
    lines: list[Shown] = []
    before = ""
    for task in listed:
        group = _group(task, now) if grouped else ""
        lines.append(_line(task, called, people, now, group if group != before else ""))
        before = group
    return lines


def _line(task: Task, called: Mapping[int, str], people: Mapping[int, Somebody], now: datetime, group: str) -> Shown:
    assignee = called.get(task.assignee_id, "") if task.assignee_id is not None else ""
    about = people.get(task.identity_id) if task.identity_id is not None else None
    return Shown(task, assignee, about, due_words(task, now), _tone(task, now), group)


def due_words(task: Task, now: datetime) -> str:
    """When it is due: today, tomorrow, a day of the next week, a date; with its hour."""
    if task.due_on is None:
        return ""
    day = _day_words(task.due_on, timezone.localdate(now))
    return f"{day}, {format_time(task.due_time, 'short', locale=locale())}" if task.due_time else day


def _day_words(day: date, today: date) -> str:
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    days = (day - today).days
    if days in near:
        return near[days]
    return str(format_date(day, "EEEE", locale=locale())) if 1 < days < 7 else write_day(day)


def _tone(task: Task, now: datetime) -> str:
    if is_late(task, now):
        return "warm"
    return "gold" if task.done_at is None and task.due_on == timezone.localdate(now) else "plain"


def _group(task: Task, now: datetime) -> str:
    today = timezone.localdate(now)
    if task.due_on is None:
        return _("Without a day")
    if is_late(task, now):
        return _("Overdue")
    if task.due_on == today:
        return _("Today")
    return _("In the next seven days") if task.due_on <= today + timedelta(days=7) else _("Later")
