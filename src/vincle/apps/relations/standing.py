"""What stands: relations that were not taken back, and whether they go on today."""

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from vincle.apps.relations.models import Relation

_LOCK = 7_046_201


def today() -> date:
    """The day it is by the organisation's clock."""
    return timezone.localdate()


def standing() -> QuerySet[Relation]:
    """Relations that were not taken back, those that are over too."""
    return Relation.objects.filter(withdrawn_at=None)


def going_on() -> QuerySet[Relation]:
    """Those of them that are not over."""
    return standing().filter(Q(until=None) | Q(until__gte=today()), ended_on=None)


def ended(relation: Relation) -> date | None:
    """The day a relation was over; None while it goes on."""
    over = relation.ended_on or relation.until
    return over if over is not None and (relation.ended_on or over < today()) else None


def one_at_a_time() -> None:
    """Let nobody else say or take back a relation, or join organisations, until this transaction ends: the rules look
    at what others have said. On SQLite every transaction is the only one that writes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
