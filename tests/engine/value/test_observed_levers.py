"""What a log says of retention, margin and who is won, and the value that follows."""

from datetime import date
from pathlib import Path

import pytest

from engine.value.files import Row, opened
from vincle.engine.intervals import share
from vincle.engine.value.customer_equity import Assumptions, equity
from vincle.engine.value.observed_levers import levers

DAY = date(2024, 6, 30)


def rows(people: int) -> list[Row]:
    """All come in the first year, three of four in the second, and a new one for each ten."""
    first: list[Row] = [(f"p{number}", "2023-03-01", "100") for number in range(people)]
    again: list[Row] = [(f"p{number}", "2024-03-01", "80") for number in range(people) if number % 4]
    return first + again + [(f"n{number}", "2024-04-01", "40") for number in range(people // 10)]


def test_what_a_year_says(tmp_path: Path) -> None:
    with opened(tmp_path, rows(40)) as log:
        seen = levers(log, DAY)
    assert (40, 34, 4, share(30, 40)) == (seen.were, seen.people, seen.won, seen.retention)
    assumed = seen.assumptions(margin=0.5, discount=0.1, acquisition_cost=3, periods=2)
    assert assumed == Assumptions(34, (30 * 80 + 4 * 40) * 0.5 / 34, 0.75, 0.1, 4, 3, 2)
    ends = seen.between(assumed)
    assert ends is not None
    assert ends[0].whole < equity(assumed).whole < ends[1].whole
    assert {"day": "2024-06-30", "people": 34, "won": 4, "were_there": 40, "paid": "2560.0000"} == {
        name: value for name, value in seen.as_json().items() if name != "retention"
    }


def test_of_too_few_retention_is_not_told(tmp_path: Path) -> None:
    with opened(tmp_path, rows(20)) as log:
        seen = levers(log, DAY)
    assert (None, None, 20) == (seen.retention, seen.as_json()["retention"], seen.were)
    assert 0.9 == seen.assumptions(margin=1, discount=0.1, retention=0.9).retention
    assert seen.between(seen.assumptions(margin=1, discount=0.1, retention=0.9)) is None
    with pytest.raises(TypeError):
        seen.assumptions(margin=1, discount=0.1)
