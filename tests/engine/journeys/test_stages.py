"""Funnels and cohorts, worked out by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vincle.engine.intervals import share
from vincle.engine.journeys import DesignStep, Funnel, funnel, read, retention
from vincle.kernel.errors import BadInput

DAY = 86_400.0
STAGES = [DesignStep("look", ("visit", "call")), DesignStep("buy", ("buy",)), DesignStep("again", ("again",))]


def log_of(folder: Path, *rows: str) -> Any:
    path = folder / "log.csv"
    path.write_text("\n".join(["who,step,when", *rows]) + "\n", "utf-8")
    return read(path, case="who", activity="step", time="when")


def case(who: str, *way: str) -> list[str]:
    """Events a day apart."""
    return [f"{who},{step},2024-03-{day:02}" for day, step in enumerate(way, 1)]


def found(folder: Path, *rows: str) -> Funnel:
    with log_of(folder, *rows) as log:
        return funnel(log, STAGES)


def test_how_far_cases_come_and_where_the_others_go(tmp_path: Path) -> None:
    said = found(
        tmp_path,
        *case("a", "visit", "buy", "again"),
        *case("b", "call", "chat", "visit", "buy"),
        *case("c", "visit", "chat"),
        *case("d", "visit"),
        *case("e", "buy", "visit", "chat"),
        *case("f", "chat"),
    )
    look, buy, again = said.stages
    assert (6, 5, 2, 1) == (said.cases, look.cases, buy.cases, again.cases)
    assert (share(5, 6), None) == (look.share, look.onward)
    assert (share(2, 6), share(2, 5)) == (buy.share, buy.onward)
    assert (3, [("chat", 2), (None, 1)]) == (look.left, look.leaving)
    assert (1, [(None, 1)]) == (buy.left, buy.leaving)
    assert (0, []) == (again.left, again.leaving)


def test_time_to_the_next_stage_counts_from_the_first_of_the_stage_before(tmp_path: Path) -> None:
    said = found(
        tmp_path, *case("a", "visit", "buy"), *case("b", "visit", "visit", "buy"), *case("c", *["visit"] * 4, "buy")
    )
    assert (2 * DAY, None, None) == said.stages[1].median_seconds
    assert (4 * DAY, DAY, None) == said.stages[1].p90_seconds
    assert None is said.stages[0].median_seconds


def test_a_stage_counts_only_after_the_one_before(tmp_path: Path) -> None:
    said = found(tmp_path, *case("a", "buy", "visit"), *case("b", "again", "buy", "visit", "again"))
    assert [2, 0, 0] == [stage.cases for stage in said.stages]
    assert [None] == [stage.onward for stage in said.stages[2:]]


def test_what_everybody_does_and_what_nobody_does(tmp_path: Path) -> None:
    said = found(tmp_path, *case("a", "visit"), *case("b", "visit"))
    assert [2, 0, 0] == [stage.cases for stage in said.stages]
    assert (1.0, 0.0) == (said.stages[0].share[0], said.stages[1].share[0])


def test_stages_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    with log_of(tmp_path, *case("a", "visit")) as log, pytest.raises(BadInput):
        funnel(log, [DesignStep("one", ("visit",)), DesignStep("two", ("visit",))])


def test_cohorts_of_months(tmp_path: Path) -> None:
    rows = ["a,v,2024-01-05", "a,v,2024-02-05", "a,v,2024-02-06", "a,v,2024-04-01", "b,v,2024-01-31", "b,v,2024-03-01",
            "c,v,2024-03-01", "d,v,2024-04-02"]  # fmt: skip
    with log_of(tmp_path, *rows) as log:
        january, march, april = retention(log)
    assert (date(2024, 1, 1), 2) == (january.period, january.cases)
    assert [(2, *share(2, 2)), (1, *share(1, 2)), (1, *share(1, 2))] == january.returned  # April is not over
    assert (1, [(1, *share(1, 1))]) == (march.cases, march.returned)
    assert (date(2024, 4, 1), 1, [(1, *share(1, 1))]) == (april.period, april.cases, april.returned)


def test_weeks_begin_on_monday_and_days_are_those_of_a_place(tmp_path: Path) -> None:
    with log_of(tmp_path, "a,v,2024-03-03 23:30:00", "a,v,2024-03-04 00:30:00", "b,v,2024-03-20") as log:
        assert [date(2024, 2, 26), date(2024, 3, 18)] == [each.period for each in retention(log, unit="week")]
        madrid = retention(log, unit="day", timezone="Europe/Madrid")
        assert [date(2024, 3, 4), date(2024, 3, 20)] == [each.period for each in madrid]
        assert [1, 1] == [each.returned[since][0] for since, each in enumerate(retention(log, unit="day")[:1] * 2)]
