"""How much there has been with each identity and each person: counts, first, last, money.

An identity's sums grow by what entered; a person's are the sums of their identities. So joining and parting people
never reads their interactions, and `vincle replay` gives the same figures as growing them did.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from vincle.flow.append.given import INSTANT, given
from vincle.flow.append.handful import Row
from vincle.flow.append.people import bring_up, one_at_a_time
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.stage import Stage
from vincle.flow.models import Batch, Chunk
from vincle.kernel.house import house

_SUMS = """
SELECT i.identity_id, count(*) AS interactions, min(i.occurred_at) AS first_at, max(i.occurred_at) AS last_at,
       coalesce(sum(CASE WHEN i.currency = %s THEN i.amount END), 0) AS amount
FROM flow_interaction i {rows}
GROUP BY i.identity_id
"""

_GROW = """
UPDATE flow_identity SET
    interactions = flow_identity.interactions + d.interactions,
    amount = flow_identity.amount + d.amount,
    first_at = CASE WHEN flow_identity.first_at < d.first_at THEN flow_identity.first_at ELSE d.first_at END,
    last_at = CASE WHEN flow_identity.last_at > d.last_at THEN flow_identity.last_at ELSE d.last_at END
FROM {delta} d WHERE flow_identity.id = d.identity_id
RETURNING person_id
"""

_DELTA = {
    "identity_id": "bigint",
    "interactions": "bigint",
    "first_at": INSTANT,
    "last_at": INSTANT,
    "amount": "bigint",
}


def summarise_handful(entered: Iterable[tuple[Row, int]], *, stage: Stage) -> None:
    """Count the rows that have just entered, each given with its identity."""
    currency = house().currency
    sums: dict[int, tuple[int, int, int, int]] = {}
    for row, identity in entered:
        amount = row.amount if row.amount is not None and row.currency == currency else 0
        count, first, last, total = sums.get(identity, (0, row.occurred_at, row.occurred_at, 0))
        sums[identity] = count + 1, min(first, row.occurred_at), max(last, row.occurred_at), total + amount
    one_at_a_time()
    people: set[int] = set()
    for some, values in given(((identity, *sums[identity]) for identity in sorted(sums)), **_DELTA):
        people |= _grow(some, values)
    bring_up(stage.numbers(people), stage=stage)


def summarise_batch(batch: Batch, *, resolver: Resolver | None = None) -> int:
    """Count all chunks of a batch that are not counted yet, once; returns how many chunks those were.

    The `resolver` of the import that brought them in remembers what they add; without it the log is read again.
    """
    with Stage() as stage, transaction.atomic():
        one_at_a_time()
        waiting = list(Chunk.objects.filter(batch=batch, summarised=False).order_by("first_id"))
        if not waiting:
            return 0
        sums = resolver.sums([chunk.first_id for chunk in waiting], currency=house().currency) if resolver else None
        if sums is not None:
            bring_up(stage.numbers(_grow(stage.put(sums))), stage=stage)
        else:
            numbers = [number for chunk in waiting for number in (chunk.first_id, chunk.last_id)]
            ranges = " OR ".join(["i.id BETWEEN %s AND %s"] * len(waiting))
            with _summed(f"WHERE i.batch_id = %s AND ({ranges})", [batch.pk, *numbers]) as delta:
                bring_up(stage.numbers(_grow(delta)), stage=stage)
        Chunk.objects.filter(pk__in=[chunk.pk for chunk in waiting]).update(summarised=True)
        return len(waiting)


@contextmanager
def _summed(rows: str, values: Sequence[int]) -> Iterator[str]:
    """A table of what the chosen interactions add to each identity."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS summary_delta")
        cursor.execute(f"CREATE TEMP TABLE summary_delta AS {_SUMS.format(rows=rows)}", [house().currency, *values])
        yield "summary_delta"
        cursor.execute("DROP TABLE summary_delta")


def _grow(delta: str, values: Sequence[Any] = ()) -> set[int]:
    """Add to each identity; returns the people they belong to."""
    with connection.cursor() as cursor:
        cursor.execute(_GROW.format(delta=delta), values)
        return {person for (person,) in cursor.fetchall()}
