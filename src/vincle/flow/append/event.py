"""A handful of events through the same door: what actions append, what an API receives, what quarantine replays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from vincle.flow.append.absorbed import Absorbed
from vincle.flow.append.absorbing import absorb
from vincle.flow.append.handful import Handful, Row, ThingRow
from vincle.flow.models import Batch, Source
from vincle.kernel.clock import to_micros
from vincle.kernel.money import to_scaled


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingOf:
    """A thing that an event is about (an OCEL 2.0 object and its part in the event)."""

    type: str
    key: str
    qualifier: str = ""
    label: str = ""
    quantity: float | None = None
    amount: Decimal | None = None
    properties: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One interaction to append. `occurred_at` carries its zone; `score` lies in -1..1; money needs a currency."""

    message_id: str
    occurred_at: datetime
    kind: str
    namespace: str
    identity: str
    kind_label: str | None = None
    channel: str | None = None
    place: str | None = None
    staff: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    score: float | None = None
    text: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    links: Sequence[tuple[str, str]] = ()  # further (namespace, identity) of the same person
    observations: Mapping[str, str] = field(default_factory=dict)
    things: Sequence[ThingOf] = ()


def append(events: Sequence[Event], *, source: Source, now: datetime, batch: Batch | None = None) -> Absorbed:
    """Append events to the log in one transaction; ones it knows already (by `message_id`) change nothing.

    With a `batch` they leave again when that is taken back.
    """
    return absorb(handful_of(events), source=source, now=now, batch=batch)


def handful_of(events: Sequence[Event]) -> Handful:
    """Events as the rows that enter the log."""
    return Handful(
        [_row(event) for event in events],
        [(row, *link) for row, event in enumerate(events) for link in event.links],
        [(row, *each) for row, event in enumerate(events) for each in event.observations.items()],
        [(row, _thing(thing)) for row, event in enumerate(events) for thing in event.things],
    )


def _row(event: Event) -> Row:
    return Row(
        event.message_id,
        to_micros(event.occurred_at),
        event.kind,
        event.kind_label,
        event.channel,
        event.place,
        event.namespace,
        event.identity,
        _scaled(event.amount),
        event.currency,
        _json(event.properties),
        event.staff,
        event.score,
        event.text,
    )


def _thing(thing: ThingOf) -> ThingRow:
    amount, properties = _scaled(thing.amount), _json(thing.properties)
    return ThingRow(thing.type, thing.key, thing.qualifier, thing.label, thing.quantity, amount, properties)


def _scaled(amount: Decimal | None) -> int | None:
    return None if amount is None else to_scaled(amount)


def _json(value: Mapping[str, Any] | None) -> str | None:
    return msgspec.json.encode(value).decode() if value else None
