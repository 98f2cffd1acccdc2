"""Small ways to say what happened, for the tests of the log's door."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from vincle.flow.append import Event, append
from vincle.flow.append.absorbing import Absorbed
from vincle.flow.models import Identity, Person, Source

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


def person_of(value: str) -> Person:
    """The person that an identity belongs to now."""
    return Person.objects.get(pk=Identity.objects.get(value=value).person_id)


def people() -> set[frozenset[str]]:
    """Who is together: the identities' values of each person."""
    together: dict[int, set[str]] = {}
    for person, value in Identity.objects.values_list("person_id", "value"):
        together.setdefault(person, set()).add(value)
    return {frozenset(values) for values in together.values()}
