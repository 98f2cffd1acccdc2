"""One commit: what a source sent, and a line for the live page."""

from datetime import datetime

from django.db import transaction

from vincle.apps.tracking.models import Arrival, TrackingSource
from vincle.flow.append import Absorbed
from vincle.flow.incoming import entering
from vincle.flow.incoming.taken import Taken

SHOWN = 25  # message ids of one commit that the live page may ask for
KEPT = 400  # arrivals, of all sources together
_SWEEP_EVERY = 50


def enter(taken: Taken, *, of: TrackingSource, now: datetime) -> Absorbed:
    """Let everything of `taken` in, in one transaction, and return when it is committed."""
    with transaction.atomic():
        taken, absorbed = entering.enter(taken, source=of.source, now=now)
        _note(taken, absorbed, of=of, now=now)
    return absorbed


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
