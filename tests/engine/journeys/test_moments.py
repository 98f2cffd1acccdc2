"""Moments that matter, in logs whose story is known."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vincle.engine.effects import FEWEST
from vincle.engine.journeys import Moments, moments, read
from vincle.kernel.errors import BadInput

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
Event = tuple[str, str, float]  # case, step, days after the beginning

LATER: list[Event] = [("last", "visit", 500.0)]  # so that everybody's time is over


def found(folder: Path, events: list[Event], **asked: Any) -> Moments:
    path = folder / "log.parquet"
    who, step, days = zip(*events, strict=True)
    when = pa.array([BEGIN + timedelta(days=day) for day in days], pa.timestamp("us", "UTC"))
    pq.write_table(pa.table({"who": who, "step": step, "when": when}), path)
    with read(path, case="who", activity="step", time="when") as log:
        return moments(log, **{"outcome": "buy", "first_days": 10, "within_days": 20, **asked})


def town(seed: int, size: int = 600) -> Iterator[Event]:
    """Half of them get help, by lot; a call comes to whoever is busy. Help makes three in ten more buy; being busy does
    too, a call changes nothing."""
    chance = np.random.default_rng(seed)
    for number in range(size):
        busy = int(chance.integers(1, 5))
        helped, called = chance.random() < 0.5, chance.random() < busy / 5
        yield f"c{number}", "visit", number / size
        for visit in range(busy):
            yield f"c{number}", "read", number / size + 1 + visit
        if helped:
            yield f"c{number}", "help", number / size + 6
        if called:
            yield f"c{number}", "call", number / size + 7
        if chance.random() < 0.1 + 0.3 * helped + 0.1 * busy:
            yield f"c{number}", "buy", number / size + 15


def test_what_was_put_in_is_found_and_what_was_not_is_not(tmp_path: Path) -> None:
    said = found(tmp_path, [*town(1), *LATER])
    by_step = {each.step: each for each in said.moments if each.former is None}
    help_, call = by_step["help"], by_step["call"]
    assert help_.effect.low is not None
    assert help_.effect.high is not None
    assert help_.effect.low < 0.3 < help_.effect.high
    assert 0 < help_.effect.low
    assert help_.q is not None
    assert help_.q < 0.001
    assert call.q is not None
    assert call.q > 0.05
    assert "help" == said.moments[0].step
    assert (600, 0) == (said.cases, said.had_it)


def test_without_adjusting_for_how_much_else_happened_a_call_would_seem_to_matter(tmp_path: Path) -> None:
    events = [*town(2, 3_000), *LATER]
    call = {each.step: each for each in found(tmp_path, events, adjust=()).moments if each.former is None}["call"]
    assert call.effect.low is not None
    assert call.effect.low > 0
    call = {each.step: each for each in found(tmp_path, events).moments if each.former is None}["call"]
    assert call.effect.low is not None
    assert call.effect.low < 0


def test_pairs_are_steps_directly_after_one_another_in_the_first_time(tmp_path: Path) -> None:
    said = found(tmp_path, [*town(3), *LATER])
    pairs = {(each.former, each.step) for each in said.moments if each.former is not None}
    assert {("read", "help"), ("help", "call"), ("visit", "read")} >= pairs - {("read", "call"), ("read", "read")}
    assert ("call", "buy") not in pairs  # after the landmark
    assert ("read", "help") in pairs


def people(count: int, *events: tuple[str, float], name: str = "p") -> list[Event]:
    return [(f"{name}{number}", step, day) for number in range(count) for step, day in events]


def test_who_had_it_before_and_whose_time_is_not_over_are_left_out_and_told(tmp_path: Path) -> None:
    events = [
        *people(40, ("visit", 0), ("buy", 12), name="a"), *people(40, ("visit", 0), ("call", 1), name="b"),
        *people(7, ("visit", 0), ("buy", 5), name="early"), *people(5, ("visit", 15), ("buy", 27), name="late"),
        *people(1, ("visit", 0), ("visit", 40), name="last"),
    ]  # fmt: skip
    said = found(tmp_path, events)
    assert (81, 40, 7, 5) == (said.cases, said.outcomes, said.had_it, said.not_over)
    again = found(tmp_path, events, again=True)
    assert (88, 40, 0, 5) == (again.cases, again.outcomes, again.had_it, again.not_over)


def test_the_outcome_counts_in_the_time_after_the_landmark_alone(tmp_path: Path) -> None:
    events = [
        *people(40, ("visit", 0), ("buy", 10.0001)),
        *people(30, ("visit", 0), ("buy", 30.0001), name="q"),
        *LATER,
    ]
    assert (70, 40) == ((said := found(tmp_path, events)).cases, said.outcomes)


def test_a_step_that_too_few_have_is_not_tried(tmp_path: Path) -> None:
    events = [*people(60, ("visit", 0)), *people(FEWEST - 1, ("visit", 0), ("call", 1), ("buy", 15), name="q"), *LATER]
    assert [] == [each.step for each in found(tmp_path, events).moments if each.step == "call"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"outcome": "fly"}, "No case has the step “fly”"),
        ({"first_days": 0}, "Days are above 0"),
        ({"adjust": ("weather",)}, "what can be adjusted for is beginning, start, else"),
        ({"within_days": 5_000}, "Only 0 cases can be followed"),
    ],
)
def test_what_cannot_be_told_is_said(tmp_path: Path, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        found(tmp_path, [*town(4, 100), *LATER], **asked)


def test_the_same_is_found_whatever_the_order_of_the_rows(tmp_path: Path) -> None:
    events = [*town(5, 200), *LATER]
    assert found(tmp_path, events).as_json() == found(tmp_path, events[::-1]).as_json()
