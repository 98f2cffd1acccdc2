"""A colleague's tasks as a calendar.

As events, which every calendar shows: on the day, or for half an hour at their hour, without making anybody busy. As
tasks (VTODO), for programs that know them. Whatever happens to a task, its UID stays, SEQUENCE and LAST-MODIFIED
follow, and one that was taken away says so before it is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Literal

from vincle.apps.people.facade import Somebody
from vincle.apps.tasks.calendar.writing import Line, component, day, instant, text, written
from vincle.apps.tasks.models import Task

As = Literal["events", "tasks"]
PRODUCT = "-//Vincle//Tasks//EN"
DONE = "✓ "


def calendar(
    tasks: Iterable[Task],
    people: Mapping[int, Somebody],
    *,
    name: str,
    as_: As = "events",
    url_of: Callable[[Task], str],
) -> bytes:
    """The calendar's file: the same bytes for the same tasks, so that a reader can be told that nothing changed.

    `people`: whom tasks are about, by `identity_id`; `url_of`: where a task is seen.
    """
    write = _event if as_ == "events" else _todo
    shown = (task for task in tasks if as_ == "tasks" or task.due_on is not None)
    return written(
        component(
            "VCALENDAR",
            [
                ("VERSION", "2.0"),
                text("PRODID", PRODUCT),
                ("CALSCALE", "GREGORIAN"),
                ("METHOD", "PUBLISH"),
                text("NAME", name),
                text("X-WR-CALNAME", name),
                ("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"),
                ("X-PUBLISHED-TTL", "PT1H"),
                *(write(task, _described(task, people), url_of(task)) for task in shown),
            ],
        )
    )


def _event(task: Task, description: str, url: str) -> list[Line]:
    assert task.due_on is not None  # noqa: S101 - tasks without a day are no events
    if task.due_time is not None and task.due is not None:
        when = [instant("DTSTART", task.due), ("DURATION", "PT30M")]
    else:
        when = [day("DTSTART", task.due_on), day("DTEND", task.due_on + timedelta(days=1))]
    mark = DONE if task.done_at else ""
    state = "CANCELLED" if task.removed_at else "CONFIRMED"
    return component(
        "VEVENT",
        [*_common(task, description, url, mark), *when, ("STATUS", state), ("TRANSP", "TRANSPARENT")],
    )


def _todo(task: Task, description: str, url: str) -> list[Line]:
    lines = _common(task, description, url, "")
    if task.due_time is not None and task.due is not None:
        lines.append(instant("DUE", task.due))
    elif task.due_on is not None:
        lines.append(day("DUE", task.due_on))
    if task.removed_at:
        lines.append(("STATUS", "CANCELLED"))
    elif task.done_at:
        lines += [("STATUS", "COMPLETED"), instant("COMPLETED", task.done_at), ("PERCENT-COMPLETE", "100")]
    else:
        lines.append(("STATUS", "NEEDS-ACTION"))
    return component("VTODO", lines)


def _common(task: Task, description: str, url: str, mark: str) -> list[Line]:
    lines = [
        text("UID", f"{task.uid}@vincle"),
        instant("DTSTAMP", task.changed_at),
        instant("CREATED", task.created_at),
        instant("LAST-MODIFIED", task.changed_at),
        ("SEQUENCE", str(task.sequence)),
        text("SUMMARY", f"{mark}{task.title}"),
        ("URL", url),
    ]
    return [*lines, text("DESCRIPTION", description)] if description else lines


def _described(task: Task, people: Mapping[int, Somebody]) -> str:
    about = people.get(task.identity_id) if task.identity_id is not None else None
    return "\n\n".join(part for part in (about.name if about else "", task.details) if part)
