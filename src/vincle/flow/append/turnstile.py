"""Who enters the log and who leaves it never cross.

What enters names identities that are there already; what leaves takes with it the identities that nothing else speaks
of. Were both done at once, something could enter under a name that has just left. SQLite has one writer; on
PostgreSQL whoever lets something in shares a lock that whoever takes something out wants alone.
"""

from django.db import connection
from django.db.models import Max

from vincle.flow.models import Erasure

ADVISORY_LOCK = 7_046_002


def entering() -> int:
    """Nothing leaves until this transaction ends. Returns the number of the last departure: what was found before an
    earlier one must be found again."""
    _lock("pg_advisory_xact_lock_shared")
    return Erasure.objects.aggregate(last=Max("id"))["last"] or 0


def leaving() -> None:
    """Nothing enters until this transaction ends. To be taken before any other lock."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [ADVISORY_LOCK])
