"""The people behind a figure, gathered so that they can be looked at, put on a list or given a task."""

from datetime import datetime, timedelta
from uuid import UUID

import pyarrow as pa
from django.db import connection, transaction

from vincle.apps.lists.models import Gathering
from vincle.flow.append.stage import Stage
from vincle.kernel.ids import uuid7

KEPT = timedelta(days=30)
LONGEST_WORDS = 300
MOST = 300  # times that people are kept so: the latest


def gather(people: pa.Array, words: str, *, now: datetime) -> Gathering:
    """Keep people, given by their numbers, for a while. `words` say which figure they stand behind."""
    with Stage() as stage, transaction.atomic():
        staged = stage.put(pa.table({"number": people.cast(pa.int64())}))
        with connection.cursor() as cursor:
            made = Gathering.objects.create(uid=uuid7(), words=words[:LONGEST_WORDS], people=0, made_at=now)
            cursor.execute(
                "INSERT INTO lists_gathered (gathering_id, identity_id) SELECT DISTINCT CAST(%s AS BIGINT), i.id "
                f"FROM {staged} s JOIN flow_identity i ON i.id = s.number",
                [made.pk],
            )
            made.people = cursor.rowcount
        made.save(update_fields=["people"])
        former = Gathering.objects.order_by("-made_at", "-pk").values_list("pk", flat=True)
        Gathering.objects.filter(pk__in=list(former[MOST:])).delete()
    return made


def is_gathered(uid: UUID) -> bool:
    """Whether these people are still kept."""
    return Gathering.objects.filter(uid=uid).exists()


def let_go(*, now: datetime) -> int:
    """Forget who was gathered long enough ago; how many times that was."""
    old = Gathering.objects.filter(made_at__lt=now - KEPT)
    found = old.count()
    old.delete()
    return found
