"""What colleagues do for a person is told to the log as well."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from vincle.apps.accounts.facade import Actor
from vincle.flow.append import Event, append
from vincle.flow.models import HOUSE, Identity, Source
from vincle.kernel.errors import NotFound


def house_source(now: datetime) -> Source:
    """The source of what is done and said here, by colleagues."""
    return Source.objects.get_or_create(name=HOUSE, defaults={"label": "Vincle", "created_at": now})[0]


def tell_log(
    identity: int,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    properties: Mapping[str, Any] | None = None,
    observations: Mapping[str, str] | None = None,
) -> None:
    """Append to the log, inside the caller's transaction, that a colleague did something for somebody.

    `identity` is the number the room's row is kept under, `kind` one of the catalogue. Words that may have to be
    changed or taken back stay in the room's own table: what is in the log stays as it was. `observations` are what
    the colleague says of them, before what sources say; an empty one takes back what was said. Raises `NotFound`
    when the identity has gone.
    """
    _tell([(identity, properties or {})], kind, actor=actor, now=now, observations=observations)


def tell_log_of_each(told: Mapping[int, Mapping[str, Any]], kind: str, *, actor: Actor, now: datetime) -> None:
    """The same of many at once: the number of each with the properties of theirs. Who has gone is passed over."""
    there = set(Identity.objects.filter(pk__in=told).values_list("pk", flat=True))
    _tell([each for each in told.items() if each[0] in there], kind, actor=actor, now=now)


def _tell(
    told: Sequence[tuple[int, Mapping[str, Any]]],
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    observations: Mapping[str, str] | None = None,
) -> None:
    known = Identity.objects.in_bulk([number for number, _properties in told])
    if len(known) < len(told):
        raise NotFound("There is nobody at this address any more.")
    events = [
        Event(
            message_id=str(uuid4()),
            occurred_at=now,
            kind=kind,
            namespace=known[number].namespace,
            identity=known[number].value,
            staff=actor.name,
            properties=properties,
            observations=observations or {},
        )
        for number, properties in told
    ]
    append(events, source=house_source(now), now=now)
