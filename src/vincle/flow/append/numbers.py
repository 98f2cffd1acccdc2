"""Row numbers taken in advance, so that what is staged already knows where it will stand."""

import pyarrow as pa
from django.db import connection


def take(table: str, count: int) -> pa.Array:
    """`count` fresh consecutive ids of `table` (at least one), as int64. Call inside the transaction that will use
    them.

    SQLite has one writer, so the next numbers are ours until the transaction ends. PostgreSQL's sequence is moved
    past them at once (`flow_take`, migration 0002).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq + 1 FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("SELECT flow_take(pg_get_serial_sequence(%s, 'id')::regclass, %s)", [table, count])
        row = cursor.fetchone()
    first = row[0] if row else 1
    return pa.array(range(first, first + count), pa.int64())
