"""What makes others overflow or stop: every model gives finite figures, or says that the data do not tell."""

import numpy as np
import pyarrow as pa
import pytest

from engine.value.people import counts_of
from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.counts import Counts
from vincle.engine.value.fitting import maximise
from vincle.engine.value.gammagamma import GAMMAGAMMA, Spending
from vincle.engine.value.models import CONTINUOUS, RETURNING
from vincle.engine.value.predicting import predict
from vincle.engine.value.sbg import SBG, Contracts

UNDETERMINED = {
    "nobody came again": Counts.of([0] * 100, [0.0] * 100, np.linspace(1, 30, 100)),
    "nobody came again, all on one day": Counts.of([0] * 9, [0.0] * 9, [30.0] * 9),
    "one person": Counts.of([3], [10.0], [20.0]),
    "one person who never came again": Counts.of([0], [0.0], [20.0]),
    "everybody the same": Counts.of([3] * 50, [10.0] * 50, [20.0] * 50),
    "everybody has just been here": Counts.of([3] * 50, [20.0] * 50, [20.0] * 50),
    "everybody came today": Counts.of([0] * 9, [0.0] * 9, [0.0] * 9),
    "far apart": Counts.of([1000, 3, 0, 1, 5], [0.5, 1e5, 0.0, 3e4, 2.0], [1e5] * 5),
}


@pytest.mark.parametrize("what", UNDETERMINED)
@pytest.mark.parametrize("name", CONTINUOUS)
def test_data_that_determine_nothing_are_said_to(name: str, what: str) -> None:
    counts = UNDETERMINED[what]
    found = maximise(CONTINUOUS[name].likelihood(counts))
    assert (False, None) == (found.converged, found.standard_errors)
    assert found.remarks
    assert_finite(name, found.params, counts)
    for column in ("alive", "expected"):
        assert_within_ends(predict(found, counts, 10.0), column)


def test_what_is_expected_is_known_where_parameters_are_not() -> None:
    # All leave at the same pace: any gamma distribution narrow enough will do, and all expect the same of people.
    chance = np.random.default_rng(3)
    tenure, gone = chance.uniform(20, 40, 4_000), chance.exponential(50, 4_000)
    there = np.minimum(tenure, gone)
    frequency = chance.poisson(chance.gamma(1.5, 0.4, 4_000) * there)
    recency = np.where(frequency > 0, there * chance.beta(np.maximum(frequency, 1), 1), 0.0)
    counts = Counts.of(frequency, recency, tenure)
    found = maximise(CONTINUOUS["paretonbd"].likelihood(counts))
    assert (False, True, None) == (found.converged, found.settled, found.standard_errors)
    said = predict(found, counts, 10.0)
    narrow = said.column("expected_high").to_numpy() / said.column("expected_low").to_numpy()
    assert 1 < np.nanmedian(narrow) < 1.5


@pytest.mark.parametrize("name", CONTINUOUS)
def test_a_hundred_thousand_days_and_purchases(name: str) -> None:
    once = counts_of(name, 300, seed=11)
    long = Counts(once.frequency, once.recency * 2_000, once.tenure * 2_000, once.people)
    found, usual = (maximise(CONTINUOUS[name].likelihood(counts)) for counts in (long, once))
    assert found.converged
    # Time in other units changes parameters of time and nothing else.
    assert np.isclose(found.params["alpha"], 2_000 * usual.params["alpha"], rtol=1e-4)
    assert np.isclose(found.params["r"], usual.params["r"], rtol=1e-4)
    assert np.isclose(found.loglik, usual.loglik - np.log(2_000) * (once.people @ once.frequency), rtol=1e-9)
    assert_finite(name, found.params, long)
    busy = Counts.of([10_000, 0, 2, 1, 20_000] * 10, [99_999, 0, 5, 7, 1e5] * 10, [1e5] * 50)
    assert_finite(name, maximise(CONTINUOUS[name].likelihood(busy)).params, busy)


def assert_within_ends(said: pa.Table, what: str) -> None:
    """The ends, of what the data determine, hold the estimate."""
    if f"{what}_low" in said.column_names:
        low, at, high = (said.column(name).to_numpy() for name in (f"{what}_low", what, f"{what}_high"))
        known = ~np.isnan(low)
        assert np.all((low[known] <= at[known] + 1e-12) & (at[known] <= high[known] + 1e-12))


def assert_finite(name: str, params: dict[str, float], counts: Counts) -> None:
    model = RETURNING[name]
    alive = model.alive(params, counts)
    assert np.all((alive >= 0) & (alive <= 1))
    for horizon in (1.0, 1e5):
        expected = model.returns(params, counts, horizon)
        assert np.all(np.isfinite(expected) & (expected >= 0))
        assert 0 <= model.returns_of_new(params, horizon) < np.inf


def test_amounts_far_apart_and_all_the_same() -> None:
    chance = np.random.default_rng(3)
    far = Spending.of(chance.integers(1, 9, 300), 10.0 ** chance.uniform(-2, 9, 300))
    found = maximise(GAMMAGAMMA.likelihood(far))
    assert np.isfinite(found.loglik)
    assert np.all(np.isfinite(GAMMAGAMMA.spend(found.params, far.frequency, far.mean)))
    # What a stranger spends is not known where the mean of means has no end: q is below 1.
    assert np.isnan(GAMMAGAMMA.spend(found.params, np.array([0]), np.array([0.0]))[0])
    for people in (1, 50):
        same = maximise(GAMMAGAMMA.likelihood(Spending.of([2] * people, [10.0] * people)))
        assert not same.converged
        (spend,) = GAMMAGAMMA.spend(same.params, np.array([2]), np.array([10.0]))
        assert np.isclose(10.0, spend, rtol=1e-3)


@pytest.mark.parametrize("survivors", [[100, 100, 100], [100, 0], [1, 0], [128, 64, 32, 16]])
def test_contracts_that_all_last_or_end_alike(survivors: list[int]) -> None:
    found = maximise(SBG.likelihood(Contracts.of_survivors(survivors)))
    assert not found.converged
    survival = SBG.survival(found.params, 2)
    assert np.allclose(survivors[1] / survivors[0], survival[1], atol=1e-4)
    assert np.isfinite(SBG.residual(found.params, np.array([0, 5]), 0.1)).all()


@pytest.mark.parametrize(("x", "last", "had"), [(0, 0, 6), (6, 6, 6), (2, 4, 6), (0, 0, 0)])
def test_opportunities_of_one_person(x: int, last: int, had: int) -> None:
    counts = Counts.of([x], [last], [had])
    found = maximise(BGBB.likelihood(counts))
    assert not found.converged
    assert 0 <= BGBB.alive(found.params, counts)[0] <= 1
    assert 0 <= BGBB.returns(found.params, counts, 5)[0] <= 5
