"""Row numbers taken in advance, so that what is staged already knows where it will stand; and public ids."""

import os
import time
from uuid import UUID

import numpy as np
import pyarrow as pa
from django.db import connection


def take(table: str, count: int) -> int:
    """The first of `count` fresh consecutive ids of `table` (at least one). Call inside the transaction that will use
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
    return int(row[0]) if row else 1


def uids(count: int) -> pa.Array:
    """`count` fresh UUIDv7 as sixteen bytes each, ascending, so that an index only grows at its end."""
    random = np.frombuffer(os.urandom(16 * count), np.uint64).reshape(count, 2)
    moment = np.uint64(time.time_ns() // 1_000_000 << 16 | 0x7 << 12)
    first, second = random[:, 0] & np.uint64(0xFFF) | moment, random[:, 1] >> np.uint64(2) | np.uint64(1 << 63)
    order = np.lexsort((second, first))
    made = np.stack([first[order], second[order]], axis=1).astype(">u8")
    offsets = np.arange(0, 16 * (count + 1), 16, dtype=np.int32)
    return pa.Array.from_buffers(pa.binary(), count, [None, pa.py_buffer(offsets), pa.py_buffer(made.tobytes())])


def uids_as_stored(count: int) -> list[bytes] | list[UUID]:
    """The same, one by one, as the database is given them."""
    made: list[bytes] = uids(count).to_pylist()
    return made if connection.vendor == "sqlite" else [UUID(bytes=each) for each in made]
