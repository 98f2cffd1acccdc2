"""Tills and tests are taken out of the transactions before anything is made of them."""

from datetime import date
from pathlib import Path

import pytest

from engine.value.files import Row, opened
from engine.value.test_transactions import told
from vincle.engine.value.bridging import bridge
from vincle.engine.value.tills import without_tills
from vincle.kernel.errors import BadInput

PEOPLE: list[Row] = [("anna", "2024-01-01", "5"), ("anna", "2024-02-01", "6"), ("bernat", "2024-01-15", "7")]
TILL: list[Row] = [("till", "2023-12-01", "1")] * 10_000 + [("till", "2024-03-01", "-1")]


def test_a_till_is_named_and_gone(tmp_path: Path) -> None:
    with opened(tmp_path, PEOPLE + TILL) as log:
        less, tills = without_tills(log)
        assert (("till", 10_000),) == tills
        assert (date(2024, 1, 1), date(2024, 2, 1), False) == (less.first, less.last, less.returns)
        assert ["anna", "anna", "bernat"] == [who for who, *_ in told(less)]
        assert 18 == bridge(less, date(2023, 6, 1), date(2024, 2, 1)).closing


def test_where_there_is_none_nothing_changes(tmp_path: Path) -> None:
    with opened(tmp_path, PEOPLE) as log:
        assert (log, ()) == without_tills(log)


def test_a_large_order_of_many_lines_is_a_persons_where_others_order_so_too(tmp_path: Path) -> None:
    lines = [(who, "2024-01-01", "1") for who in ("anna", "bernat", "carla") for _ in range(1_200)]
    with opened(tmp_path, [*lines, ("anna", "2024-01-02", "1")]) as log:
        assert (log, ()) == without_tills(log)


def test_only_tills_leave_nobody(tmp_path: Path) -> None:
    quiet: list[Row] = [(f"t{number}", "2024-01-01", "x") for number in range(3)]
    rows = quiet + [("till", "2024-01-01", "1")] * 2_000 + [("b", "2024-01-01", "1"), ("c", "2024-01-01", "2")]
    with opened(tmp_path, rows) as log:
        assert 2 == len(told(without_tills(log)[0]))
    with pytest.raises(BadInput, match="No row of"), opened(tmp_path, quiet):
        pass
