"""Where a reader of the log stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """All before it has been seen.

    On SQLite numbers ascend as they are committed, so `number` alone says it. On PostgreSQL rows are followed by the
    transaction that wrote them, then by number. `database` is the one for which this holds: another one has other
    transactions.
    """

    database: str
    transaction: int
    number: int
