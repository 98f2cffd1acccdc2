"""Looking at the published mirror with nothing but Delta and Arrow."""

from typing import Any

from deltalake import DeltaTable

from vincle.engine.published import read_current
from vincle.kernel.home import Home


def mirrored(home: Home, table: str) -> list[dict[str, Any]]:
    """The rows of one table as published, in the order of their first column."""
    current = read_current(home.mirror)
    assert current is not None
    delta = DeltaTable(str(current.folder(home.mirror, table)), version=current.tables[table].version)
    rows = delta.to_pyarrow_table()
    return sorted(rows.to_pylist(), key=lambda row: next(iter(row.values())))


def numbers(home: Home, table: str = "interactions") -> list[int]:
    """The first column of one table as published, sorted."""
    return [next(iter(row.values())) for row in mirrored(home, table)]
