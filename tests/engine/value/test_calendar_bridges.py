"""Bridges by month, quarter or year lead from one to the next and come to the same as one over all."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.value.files import opened
from engine.value.test_bridge import FIRST, days, rows, transactions
from vincle.engine.value.bridging import bridge
from vincle.engine.value.calendar_bridges import By, bridges
from vincle.kernel.errors import BadInput


@settings(max_examples=25, deadline=None)
@given(happened=rows, opening=days, later=st.integers(1, 500), by=st.sampled_from(["month", "quarter", "year"]))
def test_each_opens_where_the_one_before_closed(
    happened: list[tuple[str, date, int]], opening: date, later: int, by: By
) -> None:
    log, closing = transactions(happened), opening + timedelta(days=later)
    steps, whole = bridges(log, opening, closing, by=by), bridge(log, opening, closing)
    assert (whole.opening, whole.closing) == (steps[0].opening, steps[-1].closing)
    assert [step.closing for step in steps[:-1]] == [step.opening for step in steps[1:]]
    assert all(step.closing == step.opening + step.new + step.kept + step.recovered - step.lost for step in steps)
    ends = [step.closing_day for step in steps[:-1]]
    assert all((end + timedelta(days=1)).day == 1 for end in ends)


@pytest.mark.parametrize(
    ("by", "ends"),
    [
        ("month", ["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-15"]),
        ("quarter", ["2023-12-31", "2024-03-31", "2024-04-15"]),
        ("year", ["2023-12-31", "2024-04-15"]),
    ],
)
def test_ends_of_the_calendar(tmp_path: Path, by: By, ends: list[str]) -> None:
    with opened(tmp_path, [("a", "2023-01-01", "1")]) as log:
        found = bridges(log, date(2023, 11, 15), date(2024, 4, 15), by=by)
    assert ends == [step.closing_day.isoformat() for step in found]


def test_days_that_lead_nowhere() -> None:
    log = transactions([("a", FIRST, 1)])
    with pytest.raises(BadInput, match="to a later one"):
        bridges(log, FIRST, FIRST, by="month")
    with pytest.raises(BadInput, match="more than 240"):
        bridges(log, FIRST, date(2100, 1, 1), by="month")
    assert date.max == bridges(log, date(9998, 1, 1), date.max, by="year")[-1].closing_day
