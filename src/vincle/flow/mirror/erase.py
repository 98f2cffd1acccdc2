"""What left the log leaves the mirror: whole batches, everything of an identity, single interactions, and what went
with them."""

from collections.abc import Iterable, Mapping

import duckdb

from vincle.engine.layout import relation
from vincle.flow.mirror.snapshot import Erasure, Snapshot
from vincle.flow.mirror.tables import MirrorTable

_LOG = {"interactions": "id", "interaction_things": "interaction_id"}
_OF_IDENTITY = {"observations": "identity_id", "identity_moves": "identity_id", "identities": "id"}
# Taking a batch back also removes the people only it knew, and an erasure the things only that person had:
# those tables are small enough to ask the database which of their rows still exist.
_RECONCILED = ("things", "identities", "identity_moves", "observations", "people")
_IN_ONE_CONDITION = 20_000


def erase(
    erased: list[Erasure], tables: Mapping[str, MirrorTable], snapshot: Snapshot, duck: duckdb.DuckDBPyConnection
) -> dict[str, int]:
    """Follow these erasures; returns rows removed by table (only where there were any)."""
    removed: dict[str, int] = {}
    for name, table in tables.items():
        conditions = [*_by_erasure(name, erased), *_by_absence(name, table, snapshot, duck)]
        count = sum(table.delete(condition) for condition in conditions)
        if count:
            removed[name] = count
    return removed


def _by_erasure(name: str, erased: list[Erasure]) -> list[str]:
    batches = {erasure.batch_id for erasure in erased if erasure.batch_id is not None}
    identities = {erasure.identity_id for erasure in erased if erasure.identity_id is not None}
    conditions = []
    if name in _LOG:
        single = {number for erasure in erased for number in erasure.interactions}
        conditions += [*_among("batch_id", batches), *_among("identity_id", identities), *_among(_LOG[name], single)]
    elif name in _OF_IDENTITY:
        conditions += _among(_OF_IDENTITY[name], identities)
    return conditions


def _by_absence(name: str, table: MirrorTable, snapshot: Snapshot, duck: duckdb.DuckDBPyConnection) -> list[str]:
    if name not in _RECONCILED or not table.files:
        return []
    duck.register("existing", snapshot.numbers(name))
    gone = duck.execute(
        f"SELECT m.id FROM {relation(name, table.files)} m ANTI JOIN existing e ON e.id = m.id"
    ).fetchall()
    duck.unregister("existing")
    return _among("id", (number for (number,) in gone))


def _among(column: str, numbers: Iterable[int]) -> list[str]:
    """Conditions that together mean “column is one of numbers”, neighbours joined into ranges."""
    ranges = list(_ranges(sorted(numbers)))
    if len(ranges) <= 100:
        parts = " OR ".join(f"({column} >= {low} AND {column} <= {high})" for low, high in ranges)
        return [parts] if parts else []
    singles = [number for low, high in ranges for number in range(low, high + 1)]
    return [
        f"{column} IN ({', '.join(map(str, singles[start : start + _IN_ONE_CONDITION]))})"
        for start in range(0, len(singles), _IN_ONE_CONDITION)
    ]


def _ranges(numbers: list[int]) -> Iterable[tuple[int, int]]:
    low = high = None
    for number in numbers:
        if high is not None and number == high + 1:
            high = number
            continue
        if low is not None and high is not None:
            yield low, high
        low = high = number
    if low is not None and high is not None:
        yield low, high
