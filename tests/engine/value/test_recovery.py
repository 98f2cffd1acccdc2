"""People made with known parameters: models find these again, and intervals hold them as often as they say."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from engine.value.people import TRUE, counts_of, histories, spending_of
from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.counts import Counts
from vincle.engine.value.fitting import Fitted, maximise
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.models import CONTINUOUS
from vincle.engine.value.predicting import predict
from vincle.engine.value.sbg import SBG, Contracts

TIMES = 20
DONORS = {"alpha": 1.2, "beta": 0.8, "gamma": 0.7, "delta": 2.5}
MEMBERS = {"alpha": 0.8, "beta": 2.0}


def returning(name: str) -> Callable[[int], Fitted]:
    return cache(lambda seed: maximise(CONTINUOUS[name].likelihood(counts_of(name, 600, seed=seed))))


def donors(seed: int) -> Counts:
    chance, people = np.random.default_rng(seed), 1500
    takes = chance.beta(DONORS["alpha"], DONORS["beta"], people)
    stays = chance.geometric(chance.beta(DONORS["gamma"], DONORS["delta"], people)) - 1
    periods = np.arange(1, 9)
    took = (chance.random((people, 8)) < takes[:, None]) & (periods <= stays[:, None])
    return Counts.of(took.sum(axis=1), (took * periods).max(axis=1), np.full(people, 8))


def members(seed: int) -> Contracts:
    chance, people = np.random.default_rng(seed), 600
    lost_at, most = chance.geometric(chance.beta(0.8, 2.0, people)), chance.integers(1, 10, people)
    return Contracts.of(np.minimum(lost_at, most), lost_at <= most)


FITS: dict[str, tuple[dict[str, float], Callable[[int], Fitted]]] = {
    **{name: (TRUE[name], returning(name)) for name in CONTINUOUS},
    "gammagamma": (TRUE["gammagamma"], lambda seed: maximise(GAMMAGAMMA.likelihood(spending_of(600, seed=seed)))),
    "bgbb": (DONORS, lambda seed: maximise(BGBB.likelihood(donors(seed)))),
    "sbg": (MEMBERS, lambda seed: maximise(SBG.likelihood(members(seed)))),
}


@pytest.mark.parametrize("name", FITS)
def test_parameters_are_found_again_and_intervals_hold_them(name: str) -> None:
    true, fit = FITS[name]
    found = [fit(seed) for seed in range(TIMES)]
    assert all(each.converged for each in found)
    logs = np.log([list(each.params.values()) for each in found])
    aims = np.log(list(true.values()))
    errors = np.sqrt([np.diag(covariance_of(each)) for each in found])
    held = np.abs(logs - aims) <= 1.96 * errors
    # Of twenty intervals of 95 % at least fifteen hold what they should in all but three cases of ten thousand.
    assert held.sum(axis=0).min() >= 15
    assert np.all(np.abs(np.median(logs, axis=0) - aims) < 4 * np.median(errors, axis=0) / np.sqrt(TIMES) + 0.05)


def covariance_of(found: Fitted) -> Any:
    assert found.covariance is not None
    return found.covariance


@pytest.mark.parametrize("name", CONTINUOUS)
def test_what_is_expected_comes_true(name: str) -> None:
    counts, place, later = histories(name, 12_000, seed=7)
    fitted = maximise(CONTINUOUS[name].likelihood(counts))
    expected = CONTINUOUS[name].returns(fitted.params, counts, 39.0)[place]
    sizes = counts.frequency[place]
    for chosen in (sizes == 0, (sizes > 0) & (sizes < 4), sizes >= 4):
        error = later[chosen].mean() - expected[chosen].mean()
        assert abs(error) < 4 * later[chosen].std() / np.sqrt(chosen.sum())


def test_intervals_of_expectations_hold_what_the_true_parameters_expect() -> None:
    person = Counts.of([0, 2, 9], [0.0, 20.0, 38.0], [40.0, 40.0, 40.0])
    true = CONTINUOUS["paretonbd"].returns(TRUE["paretonbd"], person, 39.0)
    alive = CONTINUOUS["paretonbd"].alive(TRUE["paretonbd"], person)
    held = np.zeros(6)
    for seed in range(TIMES):
        found = predict(FITS["paretonbd"][1](seed), person, 39.0).to_pydict()
        ends = [found[f"{name}_{end}"] for name in ("expected", "alive") for end in ("low", "high")]
        held[:3] += (np.array(ends[0]) <= true) & (true <= np.array(ends[1]))
        held[3:] += (np.array(ends[2]) <= alive) & (alive <= np.array(ends[3]))
    assert held.min() >= 15
