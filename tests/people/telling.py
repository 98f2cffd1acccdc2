"""Telling the log what happened, for the tests of the rooms that show it."""

import itertools
from datetime import UTC, datetime
from typing import Any

from vincle.flow.append import Event, ThingOf, append
from vincle.flow.models import Identity, Person, Source

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SHOP = "customer_id@shop"

_numbers = itertools.count(1)


def at(text: str) -> datetime:
    """`at("2026-03-01 10:00")`, in universal time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def happened(who: str, when: str, kind: str = "visit.made", **more: Any) -> Event:
    """Something that happened with the customer `who` of the shop; `more` are fields of `Event`, and `name`, what the
    shop calls them."""
    name = more.pop("name", None)
    observations = more.pop("observations", {}) | ({"name": name} if name else {})
    settings = {"namespace": SHOP, "channel": "shop", "place": "Girona"} | more
    return Event(
        message_id=f"m{next(_numbers)}",
        occurred_at=at(when),
        kind=kind,
        identity=who,
        observations=observations,
        **settings,
    )


def line(label: str, amount: Any = None, *, quantity: float | None = 1, **properties: str) -> ThingOf:
    """A line of a basket."""
    return ThingOf(
        type="product", key=label.upper(), label=label, quantity=quantity, amount=amount, properties=properties or None
    )


def tell(*events: Event, source: str = "shop") -> None:
    """Append events to the log."""
    origin, _made = Source.objects.get_or_create(name=source, defaults={"label": "The shop", "created_at": NOW})
    append(events, source=origin, now=NOW)


def person(who: str, namespace: str = SHOP) -> Person:
    """The person behind an identity."""
    return Person.objects.get(pk=Identity.objects.get(namespace=namespace, value=who).person_id)


def address(who: str, *further: str) -> str:
    """The address of a customer's page, or of something under it."""
    return "/".join(["/people", str(person(who).uid), *further, ""])
