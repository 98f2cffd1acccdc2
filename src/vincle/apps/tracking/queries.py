"""Reads of the room, each bounded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.people.facade import hidden_identities
from vincle.apps.sources.facade import in_words, named_in
from vincle.apps.tracking.actions import digest
from vincle.apps.tracking.models import Arrival, TrackingSource, WriteKey
from vincle.flow.models import Interaction, Quarantined
from vincle.kernel.errors import NotFound

R = TypeVar("R", Interaction, Quarantined)

MOST_SOURCES = 200
LATEST_ARRIVALS = 40
LATEST_EVENTS = 40


@dataclass(frozen=True, slots=True)
class Latest:
    """One event as the live page shows it. `state`: entered, known (said before) or quarantined; `hidden`: it is about
    somebody whom whoever looks may not see."""

    arrived_at: datetime
    state: str
    message_id: str
    interaction: Interaction | None = None
    held: Quarantined | None = None
    hidden: bool = False

    @property
    def named(self) -> set[tuple[str, str]]:
        """Whom it is about, each a namespace and a value."""
        known = {(each.identity.namespace, each.identity.value) for each in (self.interaction,) if each}
        return known | (named_in(self.held.payload) if self.held else set())

    @property
    def reason(self) -> str:
        """Why it is in quarantine, in the reader's language."""
        return in_words(self.held.reason) if self.held else ""


def key_in_force(write_key: str, *, now: datetime) -> WriteKey | None:
    """The key, with its source, when it may be used now."""
    if not write_key:
        return None
    found = WriteKey.objects.select_related("of__source").filter(digest=digest(write_key))
    return found.filter(_in_force(now)).first()


def origin_is_welcome(origin: str, *, now: datetime) -> bool:
    """Whether some source takes events from pages of that origin; a browser asks before it says from which."""
    listed = TrackingSource.objects.filter(keys__in=WriteKey.objects.filter(_in_force(now)))
    return any(not origins or origin in origins for origins in listed.values_list("origins", flat=True).distinct())


def tracking_sources() -> QuerySet[TrackingSource]:
    """Every source that sends by itself, newest first, each with its keys."""
    keys = Prefetch("keys", WriteKey.objects.order_by("-created_at", "-id"))
    return (
        TrackingSource.objects.select_related("source")
        .prefetch_related(keys)
        .order_by("-created_at", "-id")[:MOST_SOURCES]
    )


def tracking_named(name: str) -> TrackingSource:
    """The source of that name; `NotFound` when it is none of this room's."""
    found = TrackingSource.objects.select_related("source").filter(source__name=name).first()
    if found is None:
        raise NotFound(_("There is no tracking source “%(name)s”.") % {"name": name[:80]})
    return found


def keys_of(tracking: TrackingSource) -> QuerySet[WriteKey]:
    """The keys of a source, newest first."""
    return WriteKey.objects.filter(of=tracking).order_by("-created_at", "-id")[:50]


def latest(tracking: TrackingSource) -> list[Latest]:
    """The last events of a source, as they came, newest first."""
    arrivals = list(Arrival.objects.filter(of=tracking).order_by("-id")[:LATEST_ARRIVALS])
    wanted = [(arrival, number) for arrival in arrivals for number in reversed(arrival.message_ids)][:LATEST_EVENTS]
    numbers = {number for _arrival, number in wanted}
    entered = _by_number(
        Interaction.objects.filter(source_id=tracking.source_id, message_id__in=numbers).select_related(
            "kind", "identity", "touchpoint"
        )
    )
    held = _by_number(Quarantined.objects.filter(source_id=tracking.source_id, message_id__in=numbers))
    told: list[Latest] = []
    first: set[str] = set()
    for arrival, number in reversed(wanted):
        interaction, waiting = entered.get(number), held.get(number)
        if interaction is None and waiting is None:
            continue  # erased since
        if interaction is None or (waiting is not None and waiting.recorded_at == arrival.recorded_at):
            state = "quarantined"
        elif interaction.recorded_at == arrival.recorded_at and number not in first:
            state = "entered"
            first.add(number)
        else:
            state = "known"
        told.append(Latest(arrival.recorded_at, state, number, interaction, waiting))
    hidden = hidden_identities(set(chain.from_iterable(each.named for each in told)))
    return [replace(each, hidden=bool(each.named & hidden)) for each in reversed(told)]


def _by_number(rows: Iterable[R]) -> dict[str, R]:
    return {row.message_id: row for row in rows}


def _in_force(now: datetime) -> Q:
    return Q(ends_at=None) | Q(ends_at__gt=now)
