"""One commit: rows into the log, what is unfit into quarantine, and a line for the live page."""

from datetime import datetime

from django.db import DataError, transaction

from vincle.apps.tracking.models import Arrival, TrackingSource
from vincle.apps.tracking.wire.taken import Taken, Unfit
from vincle.flow.append import Absorbed, Handful, Row, absorb
from vincle.flow.models import Kind, Quarantined
from vincle.kernel import clock

SHOWN = 25  # message ids of one commit that the live page may ask for
KEPT = 400  # arrivals, of all sources together
_SWEEP_EVERY = 50
NOT_KEPT = "the database cannot keep something in it"
KINDS = 2_000  # in the catalogue: a write key stands in the page of a website, and nobody may fill ours with it
TOO_MANY = "its name would be one more kind than the catalogue takes"


def enter(taken: Taken, *, of: TrackingSource, now: datetime) -> Absorbed:
    """Let everything of `taken` in, in one transaction, and return when it is committed.

    A row that the database itself refuses goes to quarantine; it does not take the others with it.
    """
    with transaction.atomic():
        taken = _within_catalogue(taken)
        absorbed = _absorb(taken.fit, of=of, now=now)
        held = _hold(taken.unfit, of=of, now=now)
        absorbed += Absorbed(held=held)
        _note(taken, absorbed, of=of, now=now)
    return absorbed


def _within_catalogue(taken: Taken) -> Taken:
    """The same, with the rows of new kinds that the catalogue has no room for among what is unfit."""
    named = {row.kind for row in taken.fit.rows}
    new = sorted(named - set(Kind.objects.filter(name__in=named).values_list("name", flat=True)))
    if not new:
        return taken
    beyond = set(new[max(0, KINDS - Kind.objects.count()) :])
    if not beyond:
        return taken
    places = {place: row for place, row in enumerate(taken.fit.rows) if row.kind in beyond}
    return Taken(taken.fit.without(places), taken.unfit + [_unfit(row, TOO_MANY) for row in places.values()])


def _absorb(fit: Handful, *, of: TrackingSource, now: datetime) -> Absorbed:
    try:
        return absorb(fit, source=of.source, now=now)
    except (DataError, UnicodeError):
        if len(fit.rows) == 1:
            return Absorbed(held=_hold([_unfit(fit.rows[0], NOT_KEPT)], of=of, now=now))
    middle = len(fit.rows) // 2
    halves = fit.part(0, middle), fit.part(middle, len(fit.rows))
    first, second = (_absorb(half, of=of, now=now) for half in halves)
    return first + second


def _hold(unfit: list[Unfit], *, of: TrackingSource, now: datetime) -> int:
    if unfit:
        Quarantined.objects.bulk_create(
            [
                Quarantined(
                    source_id=of.source_id,
                    message_id=each.message_id,
                    kind=each.kind,
                    payload=each.payload,
                    reason=each.reason,
                    recorded_at=now,
                )
                for each in unfit
            ],
            ignore_conflicts=True,
        )
    return len(unfit)


def _unfit(row: Row, reason: str) -> Unfit:
    payload = {
        "message_id": row.message_id,
        "occurred_at": clock.from_micros(row.occurred_at).isoformat(),
        "kind": row.kind,
        "namespace": row.namespace,
        "identity": row.identity,
        "properties": {},
        "text": row.properties or "",
    }
    return Unfit(row.message_id, row.kind, payload, reason)


def _note(taken: Taken, absorbed: Absorbed, *, of: TrackingSource, now: datetime) -> None:
    last = [row.message_id for row in taken.fit.rows[-SHOWN:]] + [each.message_id for each in taken.unfit[-SHOWN:]]
    arrival = Arrival.objects.create(
        of=of,
        recorded_at=now,
        new=absorbed.new,
        known=absorbed.known,
        held=absorbed.held,
        message_ids=last[-SHOWN:] if not taken.unfit else last[-2 * SHOWN :],
    )
    if arrival.pk % _SWEEP_EVERY == 0:
        Arrival.objects.filter(pk__lte=arrival.pk - KEPT).delete()
