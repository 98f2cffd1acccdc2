"""Row numbers taken in advance, so that what is staged already knows where it will stand."""

import pyarrow as pa
from django.db import connection


def take(table: str, count: int) -> pa.Array:
    """`count` fresh ids of `table`, as int64. Call inside the transaction that will use them.

    SQLite has one writer, so the next numbers are ours until the transaction ends; PostgreSQL hands out numbers
    that nobody else will get, though not always consecutive ones.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            first = (row[0] if row else 0) + 1
            return pa.array(range(first, first + count), pa.int64())
        cursor.execute(
            "SELECT array_agg(nextval(pg_get_serial_sequence(%s, 'id'))) FROM generate_series(1, %s)",
            [table, count],
        )
        return pa.array(cursor.fetchone()[0] or [], pa.int64())
