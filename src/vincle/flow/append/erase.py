"""The one action that may take something out of the log, and the gate in the database that lets only it through."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from vincle.flow.append import turnstile
from vincle.flow.append.links import project_people
from vincle.flow.append.people import bring_up, choose_names, one_at_a_time
from vincle.flow.append.recount import recount
from vincle.flow.append.stage import Stage
from vincle.flow.append.summarise import summarise_batch
from vincle.flow.models import Batch, Erasure, SamePerson
from vincle.kernel.errors import Refused


@contextmanager
def gate() -> Iterator[None]:
    """Open the log for change, inside one transaction and for this connection only."""
    if not connection.in_atomic_block:
        raise RuntimeError("the gate opens inside a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Uncommitted, so nobody else sees it; gone again before the transaction ends.
            cursor.execute("INSERT INTO flow_erasing (open) VALUES (1)")
            yield
            cursor.execute("DELETE FROM flow_erasing")
        else:
            cursor.execute("SET LOCAL vincle.erasing = 'on'")
            yield
            cursor.execute("SET LOCAL vincle.erasing = 'off'")


def take_back(batch: Batch, *, now: datetime) -> int:
    """Undo a whole batch: its interactions, what it said of people, the people only it knew.

    Returns how many interactions left the log. Raises `Refused` when it was taken back already.
    """
    summarise_batch(batch)
    with Stage(), transaction.atomic(), connection.cursor() as cursor:
        turnstile.leaving()
        one_at_a_time()
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.undone_at is not None:
            raise Refused("This import has been taken back already.")
        low, high = _range(batch)
        cursor.execute(
            "CREATE TEMP TABLE leaving AS SELECT id, identity_id FROM flow_interaction "
            "WHERE batch_id = %s AND id BETWEEN %s AND %s",
            [batch.pk, low, high],
        )
        cursor.execute(
            "CREATE TEMP TABLE leaving_identity AS SELECT identity_id AS id FROM leaving "
            "UNION SELECT identity_id FROM flow_observation WHERE batch_id = %s "
            "UNION SELECT a_id FROM flow_sameperson WHERE batch_id = %s "
            "UNION SELECT b_id FROM flow_sameperson WHERE batch_id = %s "
            # and names of a chunk that never entered, since the import was killed
            "UNION SELECT id FROM flow_identity WHERE interactions = 0 AND person_id = id",
            [batch.pk] * 3,
        )
        with gate():
            cursor.execute(
                "DELETE FROM flow_interactionthing WHERE interaction_id BETWEEN %s AND %s "
                "AND interaction_id IN (SELECT id FROM leaving)",
                [low, high],
            )
            cursor.execute(
                "DELETE FROM flow_interaction WHERE batch_id = %s AND id BETWEEN %s AND %s",
                [batch.pk, low, high],
            )
        left = cursor.rowcount
        cursor.execute("DELETE FROM flow_observation WHERE batch_id = %s", [batch.pk])
        SamePerson.objects.filter(batch=batch).delete()
        _forget_strangers()
        _count_again()
        Batch.objects.filter(pk=batch.pk).update(undone_at=now)
        batch.chunks.all().delete()
        batch.quarantined_set.all().delete()
        Erasure.objects.create(batch_id=batch.pk, recorded_at=now)
        for table in ("leaving", "leaving_identity"):
            cursor.execute(f"DROP TABLE {table}")
    return int(left)


def _range(batch: Batch) -> tuple[int, int]:
    bounds = list(batch.chunks.values_list("first_id", "last_id"))
    return (min((low for low, _ in bounds), default=0), max((high for _, high in bounds), default=-1))


def _forget_strangers() -> None:
    """Remove the identities that nothing else speaks of, and the people who were only those."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE stranger AS SELECT l.id FROM leaving_identity l "
            "WHERE NOT EXISTS (SELECT 1 FROM flow_interaction i WHERE i.identity_id = l.id) "
            "AND NOT EXISTS (SELECT 1 FROM flow_observation o WHERE o.identity_id = l.id) "
            "AND NOT EXISTS (SELECT 1 FROM flow_sameperson f WHERE f.a_id = l.id OR f.b_id = l.id)"
        )
        for table, column in (
            ("flow_identitymove", "identity_id"),
            ("flow_identity", "id"),
            ("flow_person", "id"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM stranger)")
        cursor.execute("DROP TABLE stranger")


def _count_again() -> None:
    """The identities that stay: what is left of them, who they make, and the people's sums."""
    people = "SELECT person_id FROM flow_identity WHERE id IN (SELECT id FROM leaving_identity)"
    recount("SELECT id FROM leaving_identity")
    with Stage() as stage:
        project_people("SELECT id FROM leaving_identity", stage=stage)
        bring_up(people, stage=stage)
        choose_names(people, stage=stage)
