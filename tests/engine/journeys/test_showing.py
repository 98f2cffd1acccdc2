"""What a page shows of a log, beyond what discovery and retention say themselves."""

from pathlib import Path

import pytest

from vincle.engine.journeys import discover, read
from vincle.engine.journeys.showing import _steps, _way


@pytest.mark.parametrize(
    ("path", "runs"),
    [
        (["a"], [["a", 1]]),
        (["a", "a", "b", "a"], [["a", 2], ["b", 1], ["a", 1]]),
        ([], []),
    ],
)
def test_a_way_is_written_in_runs(path: list[str], runs: list[list[object]]) -> None:
    assert {"runs": runs, "more": 0, "steps": len(path), "cases": 3} == _way(path, 3)


def test_what_is_too_long_to_be_written_out_is_counted() -> None:
    way = _way(["a", "b"] * 40, 1)
    assert (30, 50, 80) == (len(way["runs"]), way["more"], way["steps"])


def test_steps_stand_where_they_first_come_in_their_cases(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("who,step,when\nx,a,2024-01-01\nx,b,2024-01-02\nx,b,2024-01-03\nx,c,2024-01-04\ny,b,2024-01-01\n")
    with read(path, case="who", activity="step", time="when") as log:
        steps = _steps(log, discover(log).activities.to_pylist())
    assert {"a": 0.0, "b": 0.125, "c": 0.75} == {step["kind"]: step["place"] for step in steps}
    assert {"kind": "b", "place": 0.125, "n": 3, "cases": 2, "begins": 1, "ends": 1} == steps[0]
