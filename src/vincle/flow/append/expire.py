"""Taking single interactions out of the log, a portion at a time, with the things that only they were about. The people
stay, and what is said of them; their sums are counted again."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vincle.flow.append import turnstile
from vincle.flow.append.erase import gate
from vincle.flow.append.people import bring_up, one_at_a_time
from vincle.flow.append.recount import recount
from vincle.flow.append.stage import Stage
from vincle.flow.append.summarise import summarise_batch
from vincle.flow.models import Batch, Chunk, Erasure, Interaction
from vincle.kernel.errors import Refused

_AT_ONCE = 1_000

_THINGS = """
SELECT DISTINCT t.thing_id FROM flow_interactionthing t WHERE t.interaction_id IN ({going}) AND NOT EXISTS (
    SELECT 1 FROM flow_interactionthing o WHERE o.thing_id = t.thing_id AND o.interaction_id NOT IN ({going})
)
"""


def expire(wanted: QuerySet[Interaction], numbers: Collection[int], *, now: datetime) -> int:
    """Take those of `numbers` that are still `wanted` out of the log, in one transaction; returns how many.

    Raises `Refused` while an import whose rows are not counted yet is at work: they would be counted twice.
    """
    for batch in Batch.objects.filter(chunks__summarised=False).distinct():
        summarise_batch(batch)
    with Stage() as stage, transaction.atomic():
        turnstile.leaving()
        one_at_a_time()
        if Chunk.objects.filter(summarised=False).exists():
            raise Refused(_("Something is being brought in just now."), _("The rest leaves when that has ended."))
        going = dict(wanted.filter(pk__in=numbers).order_by("pk").values_list("pk", "identity_id"))
        if going:
            _leave(stage.numbers(list(going)))
            identities = stage.numbers(sorted(set(going.values())))
            recount(identities)
            bring_up(f"SELECT person_id FROM flow_identity WHERE id IN ({identities})", stage=stage)
            Erasure.objects.create(interactions=list(going), recorded_at=now)
    return len(going)


def _leave(going: str) -> None:
    with gate(), connection.cursor() as cursor:
        cursor.execute(_THINGS.format(going=going))
        things = [number for (number,) in cursor.fetchall()]
        cursor.execute(f"DELETE FROM flow_interactionthing WHERE interaction_id IN ({going})")
        cursor.execute(f"DELETE FROM flow_interaction WHERE id IN ({going})")
        for start in range(0, len(things), _AT_ONCE):
            these = ", ".join(map(str, things[start : start + _AT_ONCE]))
            cursor.execute(f"DELETE FROM flow_thing WHERE id IN ({these})")
