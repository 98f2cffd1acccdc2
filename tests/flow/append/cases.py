"""Small ways to say what happened, for the tests of the log's door."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from vincle.engine.shaped import INTERACTIONS, LINKS, OBJECTS, OBSERVATIONS, Shaped
from vincle.flow.append import Absorbed, Event, Resolver, Row, absorb_each, append
from vincle.flow.append.event import handful_of
from vincle.flow.models import Batch, Identity, Person, Source

START = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
LATER = datetime(2026, 11, 1, tzinfo=UTC)


def a_source(name: str = "shop") -> Source:
    return Source.objects.get_or_create(name=name, defaults={"label": name.title(), "created_at": START})[0]


def bought(who: str, number: int = 0, **changes: Any) -> Event:
    """A purchase of 12.50 € by a customer of the shop, `number` days after the start."""
    values: dict[str, Any] = {
        "message_id": f"{who}-{number}",
        "occurred_at": START + timedelta(days=number),
        "kind": "order.placed",
        "namespace": "customer_id@shop",
        "identity": who,
        "amount": Decimal("12.50"),
        "currency": "EUR",
    }
    return Event(**{**values, **changes})


def say(*events: Event, source: Source | None = None) -> Absorbed:
    return append(events, source=source or a_source(), now=LATER)


def shaped(events: Sequence[Event]) -> Shaped:
    """Events as a chunk of an import."""
    handful = handful_of(events)
    columns: dict[str, Any] = dict(zip(Row._fields, zip(*handful.rows, strict=True), strict=True))
    columns["row"] = range(len(events))
    moments = pa.array(columns["occurred_at"], pa.int64())
    columns["occurred_at"] = moments.cast(INTERACTIONS.field("occurred_at").type)
    return Shaped.of(
        pa.table([pa.array(columns[field.name], field.type) for field in INTERACTIONS], INTERACTIONS),
        links=pa.Table.from_pylist([dict(zip(LINKS.names, each, strict=True)) for each in handful.links], LINKS),
        observations=pa.Table.from_pylist(
            [dict(zip(OBSERVATIONS.names, each, strict=True)) for each in handful.observations], OBSERVATIONS
        ),
        objects=pa.Table.from_pylist([{"row": row, **each._asdict()} for row, each in handful.things], OBJECTS),
    )


def import_chunk(chunk: Shaped, *, source: Source, batch: Batch, resolver: Resolver | None = None) -> Absorbed:
    """Bring one chunk in as an import does."""
    own = resolver or Resolver()
    try:
        each = absorb_each([(chunk, None)], source=source, batch=batch, clock=lambda: LATER, resolver=own)
        [(_chunk, _with_it, absorbed)] = each
        return absorbed
    finally:
        if resolver is None:
            own.close()


def person_of(value: str) -> Person:
    """The person that an identity belongs to now."""
    return Person.objects.get(pk=Identity.objects.get(value=value).person_id)


def people() -> set[frozenset[str]]:
    """Who is together: the identities' values of each person."""
    together: dict[int, set[str]] = {}
    for person, value in Identity.objects.values_list("person_id", "value"):
        together.setdefault(person, set()).add(value)
    return {frozenset(values) for values in together.values()}
