"""One commit: rows into the log, what is unfit into quarantine."""

from datetime import datetime

from django.db import DataError, transaction

from vincle.flow.append import Absorbed, Handful, Row, absorb
from vincle.flow.incoming.taken import Taken, Unfit
from vincle.flow.models import Kind, Quarantined, Source
from vincle.kernel import clock

NOT_KEPT = "the database cannot keep something in it"
KINDS = 2_000  # in the catalogue: a key may stand in the page of a website, and nobody may fill ours with it
TOO_MANY = "its name would be one more kind than the catalogue takes"


@transaction.atomic
def enter(taken: Taken, *, source: Source, now: datetime) -> tuple[Taken, Absorbed]:
    """Let everything of `taken` in, in one transaction; returns it as it was taken in the end, and what became of it.

    A row that the database itself refuses goes to quarantine; it does not take the others with it.
    """
    taken = _within_catalogue(taken)
    absorbed = _absorb(taken.fit, source=source, now=now)
    return taken, absorbed + Absorbed(held=_hold(taken.unfit, source=source, now=now))


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


def _absorb(fit: Handful, *, source: Source, now: datetime) -> Absorbed:
    try:
        return absorb(fit, source=source, now=now)
    except (DataError, UnicodeError):
        if len(fit.rows) == 1:
            return Absorbed(held=_hold([_unfit(fit.rows[0], NOT_KEPT)], source=source, now=now))
    middle = len(fit.rows) // 2
    halves = fit.part(0, middle), fit.part(middle, len(fit.rows))
    first, second = (_absorb(half, source=source, now=now) for half in halves)
    return first + second


def _hold(unfit: list[Unfit], *, source: Source, now: datetime) -> int:
    if unfit:
        Quarantined.objects.bulk_create(
            [
                Quarantined(
                    source=source,
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
