"""What is chosen, and when nothing is."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.value.files import Row, opened
from vincle.engine.value.checking import check
from vincle.engine.value.outcomes import fit
from vincle.engine.value.summarising import summarise

BEGIN, END = date(2024, 1, 1), date(2024, 6, 30)


def regulars(people: int, *, every: int, seed: int) -> list[Row]:
    """People who come as chance has it, some of whom leave."""
    chance, rows = np.random.default_rng(seed), []
    for number in range(people):
        day, pace, leaves = chance.integers(0, 60), every * chance.gamma(2.0, 0.5) + 1, chance.beta(1.0, 4.0)
        while day < 364:
            rows.append((f"p{number}", (BEGIN + timedelta(days=int(day))).isoformat(), str(chance.integers(1, 50))))
            if chance.random() < leaves:
                break
            day += 1 + chance.exponential(pace)
    return rows


def test_too_few_choose_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, regulars(90, every=20, seed=1)) as log:
        found = fit(log, summarise(log, calibration_end=END), "auto")
    said = found.as_json()
    assert (None, None, None, False) == (said["chosen"], said["params"], said["holdout"], said["converged"])
    assert ("too_few_people", 90, 100) == tuple(said["why"][name] for name in ("reason", "people", "people_needed"))


def test_the_best_by_holdout_is_chosen_with_its_reason(tmp_path: Path) -> None:
    with opened(tmp_path, regulars(1_500, every=25, seed=2)) as log:
        known = summarise(log, calibration_end=END)
        found = fit(log, known, "auto")
        one = fit(log, known, "bgnbd")
    assert found.choice is not None
    assert found.fitted is not None
    order = dict(found.choice.why["order"])
    best = min(order, key=lambda name: order[name])
    assert ("least_error", best) == (found.choice.why["reason"], found.choice.chosen)
    said = found.as_json()
    assert {"bgnbd", "mbgnbd", "paretonbd", "same_as_last_period", "recency_rule"} == set(said["checks"])
    assert found.fitted.params == said["params"]
    assert ["p", "q", "v"] == list(said["spending"]["params"])
    assert set(one.rivals) == {"same_as_last_period", "recency_rule"}
    assert found.holdout is not None
    assert abs(found.holdout.total_error or 0) < 0.25


@pytest.mark.parametrize(("model", "unit"), [("gammagamma", "week"), ("sbg", "month"), ("bgbb", "month")])
def test_other_models_have_a_holdout_too(tmp_path: Path, model: Any, unit: Any) -> None:
    with opened(tmp_path, regulars(400, every=12, seed=3)) as log:
        found = fit(log, summarise(log, unit=unit, calibration_end=END), model)
    assert found.fitted is not None
    assert found.holdout is not None
    assert 0 < found.holdout.people <= 400
    assert found.as_json()["holdout"]["by_frequency"]


def test_without_a_holdout_nothing_is_checked(tmp_path: Path) -> None:
    with opened(tmp_path, regulars(300, every=25, seed=4)) as log:
        known = summarise(log)
        assert fit(log, known, "bgnbd").holdout is None
        choice = fit(log, known, "auto").choice
    assert choice is not None
    assert "no_holdout" == choice.why["reason"]


def test_figures_of_a_check() -> None:
    found = check(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 0.0]), np.array([0, 0, 9]))
    assert (3, 6.0, 4.0, 0.5) == (found.people, found.expected, found.actual, found.total_error)
    assert (4 / 3, np.sqrt(10 / 3), 4 / 3) == pytest.approx(
        (found.mean_absolute_error, found.root_mean_squared_error, found.calibration_error)
    )
    assert [(0, 2, 1.5, 2.0), (7, 1, 3.0, 0.0)] == [
        (each.frequency, each.people, each.expected, each.actual) for each in found.by_frequency
    ]
    assert check(np.array([1.0]), np.array([0.0]), np.array([0])).total_error is None
