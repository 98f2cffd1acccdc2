"""What counts as a transaction: the rules of `summaries`, one by one."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.value.files import Row, opened
from vincle.engine.value.summarising import as_counts, contracts, opportunities, summarise, usual_gap
from vincle.kernel.errors import BadInput

END = date(2024, 3, 31)
OTHERS: list[Row] = [("z", "2024-01-01", "10"), ("z", "2024-03-01", "20")]


def known(folder: Path, rows: list[Row], **options: Any) -> dict[str, tuple[Any, ...]]:
    """Of each person frequency, recency, tenure in days, and the mean of what they paid when they came again."""
    with opened(folder, [*rows, *OTHERS]) as log:
        found = summarise(log, **{"unit": "day", "calibration_end": END} | options)
    names = ("frequency", "recency", "tenure", "mean")
    return {row["customer"]: tuple(row[name] for name in names) for row in found.table.to_pylist()}


def test_transactions_of_one_day_are_one(tmp_path: Path) -> None:
    rows = [("a", "2024-01-10", "5"), ("a", "2024-01-10", "7"), ("a", "2024-01-20", "1"), ("a", "2024-01-20", "2.5")]
    assert (1, 10, 81, 3.5) == known(tmp_path, rows)["a"]


def test_who_came_once_has_no_mean(tmp_path: Path) -> None:
    assert (0, 0, 81, None) == known(tmp_path, [("a", "2024-01-10", "5")])["a"]


def test_a_return_is_taken_off_the_purchase_before(tmp_path: Path) -> None:
    rows = [("a", "2024-01-10", "5"), ("a", "2024-01-20", "30"), ("a", "2024-01-25", "-10"), ("a", "2024-02-01", "8")]
    assert (2, 22, 81, 14.0) == known(tmp_path, rows)["a"]


def test_a_purchase_wholly_given_back_is_none(tmp_path: Path) -> None:
    rows = [("a", "2024-01-10", "5"), ("a", "2024-01-20", "30"), ("a", "2024-01-25", "-30")]
    assert (0, 0, 81, None) == known(tmp_path, rows)["a"]
    rows = [("a", "2024-01-10", "5"), ("a", "2024-01-20", "30"), ("a", "2024-01-20", "-30")]
    assert (0, 0, 81, None) == known(tmp_path, rows)["a"]


def test_what_is_given_back_before_any_purchase_makes_nobody(tmp_path: Path) -> None:
    assert {"z"} == set(known(tmp_path, [("a", "2024-01-10", "-5")]))


def test_a_day_for_nothing_is_a_transaction_without_money(tmp_path: Path) -> None:
    rows = [("a", "2024-01-10", "5"), ("a", "2024-01-20", "0"), ("a", "2024-01-30", "4")]
    assert (2, 20, 81, 2.0) == known(tmp_path, rows)["a"]


def test_the_holdout_is_not_known(tmp_path: Path) -> None:
    rows = [("a", "2024-01-10", "5"), ("a", "2024-04-02", "9"), ("a", "2024-04-20", "1"), ("b", "2024-04-01", "3")]
    with opened(tmp_path, [*rows, *OTHERS]) as log:
        found = summarise(log, unit="week", calibration_end=END, holdout_end=date(2024, 4, 14))
    table = {row["customer"]: row for row in found.table.to_pylist()}
    assert ({"a", "z"}, 2.0) == (set(table), found.horizon)
    assert (0, 1, 9.0) == tuple(table["a"][name] for name in ("frequency", "later", "later_money"))
    assert (1, None, None) == tuple(table["z"][name] for name in ("frequency", "later", "last_period"))


def test_a_till_is_flagged_and_left_out(tmp_path: Path) -> None:
    till = [("till", "2024-02-02", "1")] * 10_000
    with opened(tmp_path, [*till, *OTHERS, ("a", "2024-02-02", "1")]) as log:
        found = summarise(log, calibration_end=END)
    assert ((("till", 10_000),), {"a", "z"}) == (found.flagged, set(found.table["customer"].to_pylist()))


def test_lines_of_large_orders_are_not_flagged(tmp_path: Path) -> None:
    lines = [(who, "2024-02-02", "1") for who in "abc" for _ in range(1_200)]
    with opened(tmp_path, [*lines, *OTHERS]) as log:
        assert () == summarise(log, calibration_end=END).flagged


def test_periods_of_a_calendar_and_contracts(tmp_path: Path) -> None:
    months = ["2024-01-31", "2024-02-01", "2024-02-28", "2024-04-10", "2024-06-05"]
    rows: list[Row] = [("a", month, "5") for month in months] + [("b", "2024-03-01", "5"), ("b", "2024-04-01", "5")]
    with opened(tmp_path, [*rows, *OTHERS]) as log:
        found = summarise(log, unit="month", calibration_end=date(2024, 6, 15))
        taken = {row["customer"]: row for row in opportunities(log, found).to_pylist()}
        kept = {row["customer"]: row for row in contracts(log, found).to_pylist()}
        assert 3 == as_counts(opportunities(log, found)).total
    # June is not over: of a January there have been four months, of a March two.
    assert (2, 3, 4) == tuple(taken["a"][name] for name in ("frequency", "recency", "tenure"))
    assert (1, 1, 2) == tuple(taken["b"][name] for name in ("frequency", "recency", "tenure"))
    # a skipped March, b did not pay May.
    assert [(2, True), (2, True)] == [(kept[who]["chances"], kept[who]["lost"]) for who in "ab"]


def test_usual_gaps(tmp_path: Path) -> None:
    rows = [("a", "2024-01-10", "5"), ("a", "2024-01-20", "5"), ("a", "2024-01-30", "4")]
    with opened(tmp_path, rows) as log:
        summarise(log, calibration_end=date(2024, 2, 15))
        assert 10.0 == usual_gap(log)


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ([("a", "2024-01-10", "5"), ("b", "2024-01-10", "5")], {}, "on one day, 2024-01-10"),
        (OTHERS, {"calibration_end": date(2023, 1, 1)}, "the first day of the file is 2024-01-01"),
        (OTHERS, {"calibration_end": date(2030, 1, 1)}, "long before"),
        (OTHERS, {"calibration_end": END, "holdout_end": END}, "not after the calibration"),
        (OTHERS, {"calibration_end": END, "holdout_end": date(2030, 1, 1)}, "long before"),
    ],
)
def test_periods_that_tell_nothing(tmp_path: Path, rows: list[Row], options: dict[str, Any], words: str) -> None:
    with opened(tmp_path, rows) as log, pytest.raises(BadInput, match=words):
        summarise(log, **options)
