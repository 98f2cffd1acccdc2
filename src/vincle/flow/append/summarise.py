"""How much there has been with each identity and each person: counts, first, last, money.

An identity's sums grow by what entered; a person's are the sums of their identities. So joining and parting people
never reads their interactions, and `vincle replay` gives the same figures as growing them did.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from vincle.flow.append.people import bring_up, one_at_a_time
from vincle.flow.append.stage import Stage
from vincle.flow.models import Batch, Chunk
from vincle.kernel.house import house

_DELTA = """
CREATE TEMP TABLE summary_delta AS
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
FROM summary_delta d WHERE flow_identity.id = d.identity_id
"""


def summarise_staged(staged: str, *, stage: Stage) -> None:
    """Count the interactions just inserted from the table `staged` (by `id`)."""
    _summarise(f"JOIN {staged} s ON s.id = i.id", [], stage=stage)


def summarise_batch(batch: Batch) -> int:
    """Count all chunks of a batch that are not counted yet, once; returns how many chunks those were."""
    with Stage() as stage, transaction.atomic():
        one_at_a_time()
        waiting = list(Chunk.objects.filter(batch=batch, summarised=False).order_by("first_id"))
        if not waiting:
            return 0
        numbers = [number for chunk in waiting for number in (chunk.first_id, chunk.last_id)]
        ranges = " OR ".join(["i.id BETWEEN %s AND %s"] * len(waiting))
        _summarise(f"WHERE i.batch_id = %s AND ({ranges})", [batch.pk, *numbers], stage=stage)
        Chunk.objects.filter(pk__in=[chunk.pk for chunk in waiting]).update(summarised=True)
        return len(waiting)


def _summarise(rows: str, values: Sequence[int], *, stage: Stage) -> None:
    one_at_a_time()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS summary_delta")
        cursor.execute(_DELTA.format(rows=rows), [house().currency, *values])
        cursor.execute(_GROW)
        bring_up("SELECT person_id FROM flow_identity WHERE id IN (SELECT identity_id FROM summary_delta)", stage=stage)
        cursor.execute("DROP TABLE summary_delta")
