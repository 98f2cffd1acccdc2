"""What a colleague says of many people at once: one value of one attribute, pinned, so that it counts before what any
source says; taken back, what counted before counts again.
"""

from datetime import datetime

from django.db import connection, transaction

from vincle.flow.append import turnstile
from vincle.flow.append.people import choose_names, one_at_a_time
from vincle.flow.append.stage import Stage
from vincle.flow.fields import InstantField
from vincle.flow.models import HOUSE, Batch, Erasure, Source


def open_batch(*, now: datetime) -> Batch:
    """What is said together, and can be taken back together."""
    source, _made = Source.objects.get_or_create(name=HOUSE, defaults={"label": "Vincle", "created_at": now})
    return Batch.objects.create(source=source, opened_at=now)


def pin(identities: str, name: str, value: str, *, batch: Batch) -> int:
    """Say `value` of each identity of the subquery `identities`; saying it again within the batch changes nothing.
    Returns how many were new. To be called in a transaction."""
    turnstile.entering()
    one_at_a_time()
    said_at = InstantField().get_db_prep_value(batch.opened_at, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flow_observation (identity_id, name, value, observed_at, source_id, batch_id, pinned) "
            f"SELECT id, %s, %s, %s, %s, %s, %s FROM flow_identity WHERE id IN ({identities}) "
            "ON CONFLICT (identity_id, name, source_id, observed_at) DO NOTHING",
            [name, value, said_at, batch.source_id, batch.pk, True],
        )
        new = int(cursor.rowcount)
    _choose_names(identities, name)
    return new


def unpin(identities: str, name: str, *, batch: Batch) -> int:
    """Take back what the batch says of these identities; returns of how many it said something. To be called in a
    transaction; `close` tells the mirror once all of it is gone."""
    one_at_a_time()
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM flow_observation WHERE batch_id = %s AND name = %s AND identity_id IN ({identities})",
            [batch.pk, name],
        )
        gone = int(cursor.rowcount)
    _choose_names(identities, name)
    return gone


def close(batch: Batch, *, now: datetime) -> None:
    """Note that all of the batch was taken back, so that the mirror follows. To be called in a transaction of its own
    or before any other lock is taken."""
    with transaction.atomic():
        turnstile.leaving()
        Batch.objects.filter(pk=batch.pk).update(undone_at=now)
        Erasure.objects.create(batch_id=batch.pk, recorded_at=now)


def _choose_names(identities: str, name: str) -> None:
    if name == "name":
        with Stage() as stage:
            choose_names(f"SELECT person_id FROM flow_identity WHERE id IN ({identities})", stage=stage)
