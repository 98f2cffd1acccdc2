"""Cases against a design, worked out by hand."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.engine.journeys import Conformance, DesignStep, conform, read
from vincle.engine.journeys.aligning import align
from vincle.engine.journeys.design import checked, from_json
from vincle.kernel.errors import BadInput

BUYING = [DesignStep("visit", ("visit", "call"), repeatable=True), DesignStep("offer", ("offer",), optional=True),
          DesignStep("buy", ("buy",)), DesignStep("thank", ("thank",))]  # fmt: skip
DAY = 86_400


def steps(letters: str, **marks: str) -> list[DesignStep]:
    """A step for each letter; `optional="b"` and `repeatable="ac"` name letters."""
    return [
        DesignStep(each, (each,), each in marks.get("optional", ""), each in marks.get("repeatable", ""))
        for each in letters
    ]


@pytest.mark.parametrize(
    ("way", "deviations"),
    [
        ("abc", set()),
        ("ac", {("skipped", "b")}),
        ("abbc", {("repeated", "b")}),
        ("abcb", {("repeated", "b")}),
        ("acb", {("out of order", "b")}),
        ("cab", {("out of order", "c")}),
        ("xabc", {("unexpected", "x")}),
        ("axbxc", {("unexpected", "x")}),
        ("b", {("skipped", "a"), ("skipped", "c")}),
        ("x", {("unexpected", "x"), ("skipped", "a"), ("skipped", "b"), ("skipped", "c")}),
    ],
)
def test_what_deviates(way: str, deviations: set[tuple[str, str]]) -> None:
    assert deviations == align(way, steps("abc")).deviations


@pytest.mark.parametrize("way", ["ac", "abc", "aac", "aaabccc"])
def test_what_is_optional_or_repeatable_is_no_deviation(way: str) -> None:
    assert frozenset() == align(way, steps("abc", optional="b", repeatable="ac")).deviations


def test_a_repeatable_step_is_so_in_a_row_alone() -> None:
    assert {("repeated", "a")} == align("abac", steps("abc", repeatable="a")).deviations


def test_the_events_of_each_step_are_told() -> None:
    assert [(0, 1, 3), (2, 5, 5)] == align("aaaxc", steps("abc", repeatable="a")).matched


@given(st.text("abcdx", max_size=9))
def test_a_way_follows_a_design_exactly_when_nothing_deviates(way: str) -> None:
    alignment = align(way, steps("abcd", optional="b", repeatable="c"))
    follows = way.replace("cc", "c").replace("cc", "c").replace("cc", "c").replace("cc", "c") in {"abcd", "acd"}
    assert follows == (not alignment.deviations)
    assert all(former[0] < latter[0] and former[2] < latter[1] for former, latter in pairwise(alignment.matched))


def found(folder: Path, *rows: str, design: list[DesignStep] = BUYING, **more: int) -> Conformance:
    path = folder / "log.csv"
    path.write_text("\n".join(["who,step,when", *rows]) + "\n", "utf-8")
    with read(path, case="who", activity="step", time="when") as log:
        return conform(log, design, **more)


def case(who: str, *way: str) -> list[str]:
    """Events a day apart."""
    return [f"{who},{step},2024-03-{day:02}" for day, step in enumerate(way, 1)]


def test_shares_and_deviations_of_a_log(tmp_path: Path) -> None:
    said = found(
        tmp_path,
        *case("a", "visit", "offer", "buy", "thank"),
        *case("b", "call", "visit", "buy", "thank"),
        *case("c", "visit", "buy"),
        *case("d", "visit", "buy", "complain", "thank"),
        *case("e", "visit", "complain", "complain", "buy"),
    )
    assert (5, 2, 0) == (said.cases, said.conforming, said.left_out)
    assert [("skipped", "thank", 2), ("unexpected", "complain", 2)] == [
        (each.what, each.step, each.cases) for each in said.deviations
    ]
    assert [(1 + 3) / 2 * DAY - 3 * DAY, 0.0] == [each.longer_seconds for each in said.deviations]
    assert [0.4, 0.4] == [each.share for each in said.deviations]


def test_a_step_that_comes_too_late(tmp_path: Path) -> None:
    design = [DesignStep("buy", ("buy",)), DesignStep("thank", ("thank",), within_seconds=DAY)]
    said = found(
        tmp_path,
        "a,buy,2024-03-01", "a,thank,2024-03-02", "b,buy,2024-03-01", "b,thank,2024-03-02 00:00:01",
        "c,thank,2024-03-05", design=design,
    )  # fmt: skip
    assert [("skipped", "buy", 1), ("too slow", "thank", 1)] == [
        (each.what, each.step, each.cases) for each in said.deviations
    ]
    assert 1 == said.conforming


def test_ways_beyond_the_budget_are_said_and_in_no_figure(tmp_path: Path) -> None:
    rows = [*case("a", "visit", "buy"), *case("b", "visit", "buy"), *case("c", "visit", "buy", "thank")]
    said = found(tmp_path, *rows, budget=8)
    assert (2, 0, 1) == (said.cases, said.conforming, said.left_out)


def test_where_nobody_follows_the_design_nothing_is_longer_than_usual(tmp_path: Path) -> None:
    said = found(tmp_path, *case("a", "buy"))
    assert {None} == {each.longer_seconds for each in said.deviations}


def test_a_design_is_read_from_json() -> None:
    text = json.dumps({"steps": [{"name": "visit", "activities": ["visit", "call"], "repeatable": True},
                                 {"name": "buy", "within_seconds": 60}]})  # fmt: skip
    assert [
        DesignStep("visit", ("visit", "call"), repeatable=True),
        DesignStep("buy", ("buy",), within_seconds=60),
    ] == (from_json(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "no list of “steps”"),
        ('{"steps": []}', "has no steps"),
        ('{"steps": [{}]}', "Step 1 of the design has no name"),
        ('{"steps": [{"name": "a", "after": 3}]}', "says “after”"),
        ('{"steps": [{"name": "a", "activities": []}]}', "are not a list of names"),
        ('{"steps": [{"name": "a", "within_seconds": true}]}', "is not a number of seconds"),
        ('{"steps": [{"name": "a", "optional": 1}]}', "neither true nor false"),
        ('{"steps": [{"name": "a"}, {"name": "b", "activities": ["a"]}]}', "both “a” and “b”"),
    ],
)
def test_a_design_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_json(text)


def test_no_design_is_refused() -> None:
    with pytest.raises(BadInput):
        checked([])
