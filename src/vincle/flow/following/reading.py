"""Reading on from a position, by windows, so that one turn costs the same however far behind a reader is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from vincle.flow.following.position import Position
from vincle.flow.mirror.postgres import DATABASE, HORIZON, TRIES

WINDOW = 2_000  # transactions, or numbers; twice as many after each window that held nothing
WINDOWS = 24  # of one turn at most

_NUMBERED = """
SELECT 0, id FROM flow_interaction
WHERE id > %s AND id <= %s {wanted} ORDER BY id LIMIT %s
"""
_BY_TRANSACTION = """
SELECT recorded_tx, id FROM flow_interaction
WHERE recorded_tx >= %s AND recorded_tx < %s AND (recorded_tx, id) > (%s, %s) {wanted}
ORDER BY recorded_tx, id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """Numbers of interactions in the order they are followed, and where the reader stands after them."""

    numbers: list[int]
    position: Position
    more: bool  # whether the log goes on beyond it


def present() -> Position:
    """Where the log ends now: a reader that starts here sees what enters from now on."""
    if connection.vendor == "sqlite":
        return Position("sqlite", 0, _end())
    return Position(_value(DATABASE), _horizon(), 0)


def _horizon() -> int:
    for left in reversed(range(TRIES)):
        with connection.cursor() as cursor:
            cursor.execute(HORIZON)
            horizon, ended = cursor.fetchone()
        if not ended or not left:
            break
    return int(horizon)


def follow(position: Position, *, kinds: Collection[int] | None, imports: bool, limit: int) -> Followed:
    """The next interactions, `limit` at most, of these kinds (by number; None: of all), with what imports brought or
    without. A position of another database is the present one.

    Call it in the transaction that keeps the new position.
    """
    end = present()
    if position.database != end.database:
        return Followed([], end, more=False)
    if kinds is not None and not kinds:
        return Followed([], end, more=False)
    step = WINDOW
    for _turn in range(WINDOWS):
        upto = _upto(position, end, step)
        rows = _rows(position, upto, kinds=kinds, imports=imports, limit=limit)
        if len(rows) == limit:
            transaction, number = rows[-1]
            return Followed([each for _tx, each in rows], Position(end.database, transaction, number), more=True)
        position = upto
        if rows or upto == end:
            return Followed([each for _tx, each in rows], position, more=upto != end)
        step *= 2
    return Followed([], position, more=True)


def _upto(position: Position, end: Position, step: int) -> Position:
    if connection.vendor == "sqlite":
        return replace(end, number=max(position.number, min(end.number, position.number + step)))
    return replace(end, transaction=max(position.transaction, min(end.transaction, position.transaction + step)))


def _rows(
    position: Position, upto: Position, *, kinds: Collection[int] | None, imports: bool, limit: int
) -> list[tuple[int, int]]:
    conditions, values = "", []
    if not imports:
        conditions += " AND batch_id IS NULL"
    if kinds is not None:
        conditions += f" AND kind_id IN ({', '.join(['%s'] * len(kinds))})"
        values = list(kinds)
    if connection.vendor == "sqlite":
        sql, bounds = _NUMBERED, [position.number, upto.number]
    else:
        sql = _BY_TRANSACTION
        bounds = [position.transaction, upto.transaction, position.transaction, position.number]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(wanted=conditions), [*bounds, *values, limit])
        return [(int(transaction), int(number)) for transaction, number in cursor.fetchall()]


def _end() -> int:
    """The largest number ever given: numbers are not given twice, so it may be of a row that has left."""
    return int(_value("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'flow_interaction'"))


def _value(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
