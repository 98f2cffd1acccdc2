"""The bridge between two days adds up, whatever happened and whichever days."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.value.files import Row, opened
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.value.bridging import bridge
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

FIRST = date(2020, 1, 1)
days = st.integers(0, 1_500).map(lambda number: FIRST + timedelta(days=number))
rows = st.lists(st.tuples(st.sampled_from("abcdefg"), days, st.integers(-99_999, 99_999)), min_size=1, max_size=40)


def in_window(happened: list[tuple[str, date, int]], end: date, window: int) -> Decimal:
    return Decimal(sum(paid for _, day, paid in happened if end - timedelta(days=window) < day <= end)).scaleb(-2)


def transactions(happened: list[tuple[str, date, int]]) -> Transactions:
    runner = DuckDBRunner(duckdb.connect())
    who, when, paid = zip(*happened, strict=True)
    runner.given("transactions", pa.table({"customer": who, "day": when, "amount": [100 * cents for cents in paid]}))
    return Transactions(runner, min(when), max(when), money=True, returns=min(paid) < 0)


@settings(max_examples=50, deadline=None)
@given(happened=rows, opening=days, later=st.integers(1, 900), window=st.sampled_from([1, 30, 365]))
def test_any_two_days_reconcile(happened: list[tuple[str, date, int]], opening: date, later: int, window: int) -> None:
    closing = opening + timedelta(days=later)
    found = bridge(transactions(happened), opening, closing, window=window)
    assert found.closing == found.opening + found.new + found.kept + found.recovered - found.lost
    ends = tuple(in_window(happened, end, window) for end in (opening, closing))
    assert ends == (found.opening, found.closing)


def test_everybody_is_in_one_part(tmp_path: Path) -> None:
    happened: list[Row] = [
        ("kept", "2022-06-01", "10"), ("kept", "2023-06-01", "15.50"), ("lost", "2022-06-01", "7"),
        ("new", "2023-02-01", "3"), ("back", "2021-06-01", "9"), ("back", "2023-06-01", "4"),
        ("gone", "2020-01-01", "1"),
    ]  # fmt: skip
    with opened(tmp_path, happened) as log:
        found = bridge(log, date(2022, 12, 31), date(2023, 12, 31))
        with pytest.raises(BadInput, match="to a later one"):
            bridge(log, date(2023, 1, 1), date(2023, 1, 1))
    assert {"new": 1, "kept": 1, "recovered": 1, "lost": 1} == found.people
    assert ("17.0000", "3.0000", "5.5000", "4.0000", "7.0000", "22.5000") == tuple(
        found.as_json()[part] for part in ("opening", "new", "kept", "recovered", "lost", "closing")
    )
