"""From the log to messages: every interaction of a wanted kind becomes one delivery, once."""

from datetime import datetime

from django.db import transaction

from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.flow.following import follow
from vincle.flow.models import Interaction, Kind
from vincle.kernel.ids import uuid7

AT_ONCE = 500
MOST_WAITING = 2_000  # of one endpoint; the rest waits in the log, which forgets nothing


@transaction.atomic
def follow_log(number: int, *, now: datetime) -> bool:
    """Make the next deliveries of an endpoint; returns whether there is more to be made at once.

    The position moves in the same transaction, and only one at a time moves it.
    """
    endpoint = Endpoint.objects.select_for_update().filter(pk=number, off_at=None, removed_at=None).first()
    if endpoint is None:
        return False
    waiting = Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING)[:MOST_WAITING].count()
    if waiting >= MOST_WAITING:
        return False
    kinds = None if endpoint.every_kind else _numbers(endpoint.kinds)
    found = follow(endpoint.position, kinds=kinds, imports=endpoint.imports, limit=AT_ONCE)
    if found.numbers:
        _make(endpoint, found.numbers, now=now)
    if found.position != endpoint.position:
        endpoint.database = found.position.database
        endpoint.transaction, endpoint.number = found.position.transaction, found.position.number
        endpoint.save(update_fields=["database", "transaction", "number"])
    return found.more


def _make(endpoint: Endpoint, numbers: list[int], *, now: datetime) -> None:
    kinds = dict(Interaction.objects.filter(pk__in=numbers).values_list("pk", "kind__name"))
    Delivery.objects.bulk_create(
        Delivery(endpoint=endpoint, uid=uuid7(), interaction_id=number, kind=kinds[number], created_at=now, due_at=now)
        for number in numbers
        if number in kinds
    )


def _numbers(names: list[str]) -> list[int]:
    return list(Kind.objects.filter(name__in=names).order_by("pk").values_list("pk", flat=True))
