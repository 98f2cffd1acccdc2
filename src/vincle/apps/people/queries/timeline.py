"""What happened with one person, latest first, a screenful at a time.

A person's story lies under all their identities. Each identity's part is walked backwards through the index
`timeline` and cut after a screenful, and only then the parts are put together: a hundred thousand interactions cost
what fifty cost. A filter looks at `EXAMINED` interactions of each identity before it gives an answer; when that is not
enough the page says how far it has come, and the next one goes on from there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from vincle.apps.people.queries.days import as_kept, as_moment
from vincle.apps.people.queries.themes import is_visit, theme_of_thing, theme_of_visit
from vincle.flow.models import Interaction, Person
from vincle.web.pagination import Edge, read_cursor, write_cursor

SCREENFUL = 25
EXAMINED = 5_000
EXAMINED_FOR_TEXT = 2_000
TOGETHER = 100  # identities in one statement; SQLite takes at most 500 parts
ORDER = "timeline"

_LATEST = "ORDER BY occurred_at DESC, id DESC LIMIT %s"

Place = tuple[Any, int]  # when (as the database has it) and the number of an interaction


@dataclass(frozen=True)
class Filter:
    """Which interactions are wanted: of any of `kinds`, at a touchpoint or anywhere in a channel, from `since` until
    before `until`, with `text` in what was said or in the label of a thing, about `theme` (as interests name it)."""

    kinds: tuple[str, ...] = ()
    channel: str = ""
    touchpoint: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    theme: str = ""

    @property
    def sifts(self) -> bool:
        """Whether rows have to be looked at one by one; a period alone is a stretch of the index."""
        return bool(self.kinds or self.channel or self.touchpoint or self.text or self.theme)


@dataclass(frozen=True)
class Stretch:
    """Some interactions, latest first, and the cursor of the next ones; `looked_back_to` is set where a filter
    stopped to take breath before it had found a screenful."""

    interactions: list[Interaction] = field(default_factory=list)
    next: str = ""
    looked_back_to: datetime | None = None


def stretch(identities: Sequence[int], wanted: Filter, *, cursor: str = "", size: int = SCREENFUL) -> Stretch:
    """The interactions that follow `cursor`; raises `BadInput` for a cursor that is not ours."""
    edge = read_cursor(cursor, order=ORDER) if cursor else None
    places: list[Place] = []
    stops: list[Place] = []
    for first in range(0, len(identities), TOGETHER):
        for when, number, is_stop in _walk(identities[first : first + TOGETHER], wanted, edge, size + 1):
            (stops if is_stop else places).append((when, number))
    # Below the latest stop there may be more than was looked at.
    floor = max(stops, default=None)
    places = sorted((place for place in places if floor is None or place >= floor), reverse=True)
    found = _read([number for _when, number in places[:size]])
    if len(places) > size:
        return Stretch(found, _cursor(places[size - 1]))
    if floor is not None:
        return Stretch(found, _cursor(floor), looked_back_to=as_moment(floor[0]))
    return Stretch(found)


def interaction_of(person: Person, uid: UUID) -> Interaction | None:
    """One interaction of this person, with its words; None when it is not theirs."""
    found = (
        Interaction.objects.select_related("kind", "touchpoint", "staff", "source", "identity").filter(uid=uid).first()
    )
    return found if found and found.identity.person_id == person.pk else None


def ended_at(cursor: str) -> datetime | None:
    """When the last interaction before `cursor` was."""
    value = read_cursor(cursor, order=ORDER).value if cursor else None
    return value if isinstance(value, datetime) else None


def newest(identities: Sequence[int], *, size: int) -> tuple[str, list[Any]]:
    """SQL, and its values, for `id` and `occurred_at` of the newest `size` interactions of the first `TOGETHER`
    identities."""
    parts, values = [], []
    for identity in identities[:TOGETHER]:
        part, given = _part(identity, Filter(), None)
        parts.append(f"SELECT * FROM ({part} {_LATEST}) w")
        values += [*given, size]
    return f"SELECT id, occurred_at FROM ({' UNION ALL '.join(parts)}) parts {_LATEST}", [*values, size]


def _walk(identities: Sequence[int], wanted: Filter, edge: Edge | None, size: int) -> Iterator[tuple[Any, int, bool]]:
    """Where each wanted interaction stands; with True at the end, where an identity's walk stopped before its end."""
    examined = EXAMINED_FOR_TEXT if wanted.text or wanted.theme else EXAMINED
    sieve, sifted = _sieve(wanted)
    parts, values = [], []
    for identity in identities:
        part, given = _part(identity, wanted, edge)
        if not wanted.sifts:
            parts.append(f"SELECT occurred_at, id, 0 AS stop FROM ({part} {_LATEST}) w")
            values += [*given, size]
            continue
        parts.append(
            f"SELECT occurred_at, id, 0 AS stop FROM "
            f"(SELECT * FROM ({part} {_LATEST}) w WHERE {sieve} {_LATEST}) sifted"
        )
        parts.append(f"SELECT occurred_at, id, 1 FROM ({part} {_LATEST} OFFSET %s) w")
        values += [*given, examined, *sifted, size, *given, 1, examined - 1]
    if not parts:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for when, number, stop in cursor.fetchall():
            yield when, number, bool(stop)


def _part(identity: int, wanted: Filter, edge: Edge | None) -> tuple[str, list[Any]]:
    """One identity's interactions in the period and beyond the edge: a stretch of the index."""
    conditions, values = ["identity_id = %s"], [identity]
    if wanted.since is not None:
        conditions.append("occurred_at >= %s")
        values.append(as_kept(wanted.since))
    if wanted.until is not None:
        conditions.append("occurred_at < %s")
        values.append(as_kept(wanted.until))
    if edge is not None:
        conditions.append("occurred_at <= %s AND (occurred_at, id) < (%s, %s)")
        values += [as_kept(edge.value), as_kept(edge.value), edge.id]
    columns = "id, occurred_at, kind_id, touchpoint_id, text" if wanted.sifts else "id, occurred_at"
    return f"SELECT {columns} FROM flow_interaction WHERE {' AND '.join(conditions)}", values


def _sieve(wanted: Filter) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if wanted.kinds:
        names = ", ".join(["%s"] * len(wanted.kinds))
        conditions.append(f"w.kind_id IN (SELECT id FROM flow_kind WHERE name IN ({names}))")
        values += wanted.kinds
    if wanted.channel:
        conditions.append("w.touchpoint_id IN (SELECT id FROM flow_touchpoint WHERE channel = %s)")
        values.append(wanted.channel)
    if wanted.touchpoint is not None:
        conditions.append("w.touchpoint_id = %s")
        values.append(wanted.touchpoint)
    if wanted.text:
        like = f"{'ILIKE' if connection.vendor == 'postgresql' else 'LIKE'} %s ESCAPE '!'"
        conditions.append(
            f"(w.text {like} OR EXISTS (SELECT 1 FROM flow_interactionthing l JOIN flow_thing t ON t.id = l.thing_id "
            f"WHERE l.interaction_id = w.id AND t.label {like}))"
        )
        values += [_containing(wanted.text)] * 2
    if wanted.theme:
        conditions.append(
            "(EXISTS (SELECT 1 FROM flow_interactionthing l JOIN flow_thing t ON t.id = l.thing_id "
            f"WHERE l.interaction_id = w.id AND {theme_of_thing()} = %s) OR EXISTS "
            f"(SELECT 1 FROM flow_interaction i WHERE i.id = w.id AND {is_visit()} AND {theme_of_visit()} = %s))"
        )
        values += [wanted.theme] * 2
    return " AND ".join(conditions), values


def _read(numbers: list[int]) -> list[Interaction]:
    if not numbers:
        return []
    rows = Interaction.objects.filter(pk__in=numbers).select_related("kind", "touchpoint", "staff").defer("properties")
    return sorted(rows, key=lambda row: (row.occurred_at, row.pk), reverse=True)


def _cursor(place: Place) -> str:
    return write_cursor(Edge(as_moment(place[0]), place[1]), order=ORDER)


def _containing(text: str) -> str:
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return f"%{text}%"
