"""What happened, for programs: whole interactions, of one person or of everybody, latest first.

Of everybody the log is walked backwards by its numbers, in the order in which it was heard, and never more than `REACH`
rows for one page: a filter that finds little answers with a short page, and the next goes on from there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.people.queries.person import identities_of, with_stories
from vincle.apps.people.queries.timeline import Filter, stretch
from vincle.apps.people.queries.visible import looked_at
from vincle.flow.append.dictionary import DEFAULT_CHANNEL
from vincle.flow.models import Interaction, InteractionThing, Kind, Person
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Edge, read_cursor, write_cursor

REACH = 10_000
ORDER = "-heard"

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heard:
    """Some interactions as plain values, and the cursor of the next ones; empty at the end."""

    items: list[Told]
    next: str


def of_person(person: Person, wanted: Filter, *, cursor: str, size: int) -> Heard:
    """What happened with one person, latest first; raises `BadInput` for a cursor that is not ours."""
    part = stretch(with_stories(identities_of(person)), wanted, cursor=cursor, size=size)
    return Heard(told([each.pk for each in part.interactions]), part.next)


def of_everybody(*, kind: str, since: datetime | None, until: datetime | None, cursor: str, size: int) -> Heard:
    """What happened with anybody, what was heard last first; the period is of when it happened.

    Raises `BadInput` for a cursor that is not ours.
    """
    rows = Interaction.objects.order_by("-pk")
    if cursor:
        rows = rows.filter(pk__lt=read_cursor(cursor, order=ORDER).id)
    floor = next(iter(rows.values_list("pk", flat=True)[REACH : REACH + 1]), None)
    if floor is not None:
        rows = rows.filter(pk__gt=floor)
    if kind:
        rows = rows.filter(kind_id__in=list(Kind.objects.filter(name=kind).values_list("pk", flat=True)))
    if since is not None:
        rows = rows.filter(occurred_at__gte=since)
    if until is not None:
        rows = rows.filter(occurred_at__lt=until)
    numbers = list(rows.values_list("pk", flat=True)[: size + 1])
    if len(numbers) > size:
        return Heard(told(numbers[:size]), _cursor(numbers[size - 1]))
    return Heard(told(numbers), _cursor(floor + 1) if floor is not None else "")


def interaction_by_uid(uid: UUID) -> Told:
    """One interaction; raises `NotFound`."""
    number = Interaction.objects.filter(uid=uid).values_list("pk", flat=True).first()
    found = told([number]) if number is not None else []
    if not found:
        raise NotFound(_("There is no such interaction."), _("It may have left the log with an import or a person."))
    return found[0]


def told(numbers: Sequence[int]) -> list[Told]:
    """The interactions of these numbers, in that order, as plain values; left out are those that have left the log, and
    those of people whom whoever looks may not see.

    `person` is the address of whoever it is now; None of somebody of whom nothing is shown.
    """
    rows = {
        row.pk: row
        for row in Interaction.objects.filter(pk__in=numbers).select_related(
            "source", "kind", "touchpoint", "identity", "staff"
        )
    }
    things: dict[int, list[Told]] = defaultdict(list)
    for link in InteractionThing.objects.filter(interaction_id__in=list(rows)).select_related("thing"):
        things[link.interaction_id].append(_thing(link))
    people = looked_at({row.identity.person_id for row in rows.values()})
    uids = dict(Person.objects.filter(pk__in=people).values_list("pk", "uid"))
    return [
        _told(rows[number], things[number], uids.get(rows[number].identity.person_id))
        for number in numbers
        if number in rows and rows[number].identity.person_id in people
    ]


def _told(row: Interaction, things: list[Told], person: UUID | None) -> Told:
    place = row.touchpoint
    return {
        "uid": row.uid,
        "source": row.source.name,
        "message_id": row.message_id,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "kind": row.kind.name,
        "channel": place.channel if place and place.channel != DEFAULT_CHANNEL else None,
        "place": (place.place or None) if place else None,
        "person": person,
        "identity": {"namespace": row.identity.namespace, "value": row.identity.value},
        "staff": row.staff.name if row.staff else None,
        "amount": None if row.amount is None else str(row.amount),
        "currency": row.currency,
        "score": row.score,
        "text": row.text,
        "properties": row.properties or {},
        "things": sorted(things, key=lambda thing: (thing["type"], thing["key"], thing["qualifier"])),
    }


def _thing(link: InteractionThing) -> Told:
    return {
        "type": link.thing.type,
        "key": link.thing.key,
        "qualifier": link.qualifier,
        "label": link.thing.label,
        "quantity": link.quantity,
        "amount": None if link.amount is None else str(link.amount),
        "properties": link.thing.properties or {},
    }


def _cursor(number: int) -> str:
    return write_cursor(Edge(None, number), order=ORDER)
