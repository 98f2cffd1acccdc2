"""A handful of events through the same door: what actions append, what an API receives, what quarantine replays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa

from vincle.engine.shaped import INTERACTIONS, LINKS, OBJECTS, OBSERVATIONS, Shaped
from vincle.flow.append.absorbing import Absorbed, absorb
from vincle.flow.models import Source
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


def append(events: Sequence[Event], *, source: Source, now: datetime) -> Absorbed:
    """Append events to the log in one transaction; ones it knows already (by `message_id`) change nothing."""
    if not events:
        return Absorbed()
    return absorb(shaped(events), source=source, now=now)


def shaped(events: Sequence[Event]) -> Shaped:
    """Events as the tables that enter the log; `row` is the place in the sequence."""
    return Shaped.of(
        pa.Table.from_pylist([_interaction(row, event) for row, event in enumerate(events)], INTERACTIONS),
        links=pa.Table.from_pylist(
            [
                {"row": row, "namespace": namespace, "identity": identity}
                for row, event in enumerate(events)
                for namespace, identity in event.links
            ],
            LINKS,
        ),
        observations=pa.Table.from_pylist(
            [
                {"row": row, "name": name, "value": value}
                for row, event in enumerate(events)
                for name, value in event.observations.items()
            ],
            OBSERVATIONS,
        ),
        objects=pa.Table.from_pylist(
            [_thing(row, thing) for row, event in enumerate(events) for thing in event.things], OBJECTS
        ),
    )


def _interaction(row: int, event: Event) -> dict[str, Any]:
    return {
        "row": row,
        "message_id": event.message_id,
        "occurred_at": event.occurred_at,
        "kind": event.kind,
        "kind_label": event.kind_label,
        "channel": event.channel,
        "place": event.place,
        "namespace": event.namespace,
        "identity": event.identity,
        "staff": event.staff,
        "amount": None if event.amount is None else to_scaled(event.amount),
        "currency": event.currency,
        "score": event.score,
        "text": event.text,
        "properties": _json(event.properties),
    }


def _thing(row: int, thing: ThingOf) -> dict[str, Any]:
    return {
        "row": row,
        "type": thing.type,
        "key": thing.key,
        "qualifier": thing.qualifier,
        "label": thing.label,
        "quantity": thing.quantity,
        "amount": None if thing.amount is None else to_scaled(thing.amount),
        "properties": _json(thing.properties),
    }


def _json(value: Mapping[str, Any] | None) -> str | None:
    return msgspec.json.encode(value).decode() if value else None
