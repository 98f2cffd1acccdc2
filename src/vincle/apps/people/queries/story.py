"""A person's story in figures: where, what, how often, for how much. Every read is bounded, whoever they are."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import quantiles

from django.db import connection

from vincle.apps.people.queries.days import as_kept, as_moment, local_day, midnight
from vincle.apps.people.queries.timeline import newest
from vincle.flow.models import Kind, Person, Touchpoint
from vincle.kernel.money import from_scaled

WINDOW = 500  # interactions from which habits are read
FEWEST_GAPS = 5  # returns below which a rhythm is not told
COLUMNS = 36  # of the activity chart at most
STEPS = (1, 3, 12, 60, 600, 6_000)  # months in a column

# What we do to somebody says nothing of how often they come.
OURS = (
    "campaign.delivered",
    "email.sent",
    "call.made",
    "case.updated",
    "note.written",
    "task.added",
    "task.done",
    "task.reopened",
    "person.described",
    "file.added",
)


@dataclass(frozen=True)
class KindSeen:
    """A kind, and how often it came up."""

    kind: Kind
    times: int


@dataclass(frozen=True)
class PlaceSeen:
    """A touchpoint, and how often it came up."""

    touchpoint: Touchpoint
    times: int


@dataclass(frozen=True)
class Habits:
    """The kinds and touchpoints of somebody's last interactions, the most frequent first; `of` is how many those
    were."""

    kinds: list[KindSeen]
    places: list[PlaceSeen]
    of: int


@dataclass(frozen=True)
class Rhythm:
    """After how many days somebody usually comes again: the median of `gaps`, and between what half of them lie.

    The figures are None where there were fewer than `needed` returns.
    """

    median: float | None
    low: float | None
    high: float | None
    gaps: int
    needed: int = FEWEST_GAPS


@dataclass(frozen=True)
class Column:
    """How many interactions there were from one day until before another."""

    since: date
    until: date
    interactions: int

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)


def habits_of(identities: Sequence[int]) -> Habits:
    """What somebody's last `WINDOW` interactions were, and where."""
    if not identities:
        return Habits([], [], 0)
    latest, values = newest(identities, size=WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.id, k.name, CAST(k.labels AS text), k.icon, k.tone, t.id, t.channel, t.place, g.times FROM ("
            f"SELECT i.kind_id, i.touchpoint_id, count(*) AS times FROM ({latest}) w "
            "JOIN flow_interaction i ON i.id = w.id GROUP BY i.kind_id, i.touchpoint_id"
            ") g JOIN flow_kind k ON k.id = g.kind_id LEFT JOIN flow_touchpoint t ON t.id = g.touchpoint_id",
            values,
        )
        rows = cursor.fetchall()
    kinds: dict[int, Kind] = {}
    places: dict[int, Touchpoint] = {}
    kind_times: Counter[int] = Counter()
    place_times: Counter[int] = Counter()
    for kind, name, labels, icon, tone, touchpoint, channel, place, times in rows:
        if kind not in kinds:
            kinds[kind] = Kind(id=kind, name=name, labels=json.loads(labels), icon=icon, tone=tone)
        kind_times[kind] += times
        if touchpoint is not None:
            if touchpoint not in places:
                places[touchpoint] = Touchpoint(id=touchpoint, channel=channel, place=place)
            place_times[touchpoint] += times
    return Habits(
        sorted(
            (KindSeen(kinds[number], times) for number, times in kind_times.items()),
            key=lambda seen: (-seen.times, seen.kind.name),
        ),
        sorted(
            (PlaceSeen(places[number], times) for number, times in place_times.items()),
            key=lambda seen: (-seen.times, seen.touchpoint.channel, seen.touchpoint.place),
        ),
        sum(row[-1] for row in rows),
    )


def rhythm_of(identities: Sequence[int]) -> Rhythm:
    """How regularly somebody comes, from the different days of their last `WINDOW` interactions."""
    if not identities:
        return Rhythm(None, None, None, 0)
    latest, values = newest(identities, size=WINDOW)
    names = ", ".join(f"'{name}'" for name in OURS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.occurred_at FROM ({latest}) w JOIN flow_interaction i ON i.id = w.id "
            f"WHERE i.kind_id NOT IN (SELECT id FROM flow_kind WHERE name IN ({names}))",
            values,
        )
        moments = [as_moment(when) for (when,) in cursor.fetchall()]
    days = sorted({local_day(moment) for moment in moments})
    gaps = [(after - before).days for before, after in pairwise(days)]
    if len(gaps) < FEWEST_GAPS:
        return Rhythm(None, None, None, len(gaps))
    low, median, high = quantiles(gaps, n=4, method="inclusive")
    return Rhythm(median, low, high, len(gaps))


def columns_of(person: Person) -> list[Column]:
    """How somebody's interactions lie over time: by month, or by as many months as make no more than `COLUMNS`."""
    if person.first_at is None or person.last_at is None:
        return []
    first, last = (_month_number(local_day(moment)) for moment in (person.first_at, person.last_at))
    step = next(months for months in STEPS if last - first < months * (COLUMNS - 1))
    starts = [_first_day(number) for number in range(first // step * step, last + step + 1, step)]
    spans = list(pairwise(starts))
    counts = _counted(person, spans)
    return [Column(since, until, counts.get(place, 0)) for place, (since, until) in enumerate(spans)]


def money_of_last_year(person: Person, currency: str) -> Decimal | None:
    """What changed hands in the twelve months up to somebody's last interaction; None without any."""
    if person.last_at is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(i.amount) FROM flow_identity d JOIN flow_interaction i ON i.identity_id = d.id "
            "WHERE d.person_id = %s AND i.occurred_at > %s AND i.currency = %s",
            [person.pk, as_kept(person.last_at - timedelta(days=365)), currency],
        )
        (total,) = cursor.fetchone()
    return None if total is None else from_scaled(int(total))


def _counted(person: Person, spans: list[tuple[date, date]]) -> dict[int, int]:
    rows = ", ".join(["(%s, %s, %s)"] * len(spans))
    values = [
        value
        for place, (since, until) in enumerate(spans)
        for value in (place, as_kept(midnight(since)), as_kept(_end_before(until)))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(place, since, until) AS (VALUES {rows}) SELECT s.place, ("
            "SELECT count(*) FROM flow_identity d JOIN flow_interaction i ON i.identity_id = d.id "
            "WHERE d.person_id = %s AND i.occurred_at >= s.since AND i.occurred_at < s.until) FROM span s",
            [*values, person.pk],
        )
        return dict(cursor.fetchall())


def _end_before(day: date) -> datetime:
    """When a stretch until before that day ends; the last day there is belongs to the last stretch."""
    return datetime.max.replace(tzinfo=UTC) if day == date.max else midnight(day)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    """The first day of a month by its number; the last day there is, beyond it."""
    return date(month // 12, month % 12 + 1, 1) if 12 <= month < 12 * 10_000 else date.max if month >= 12 else date.min
