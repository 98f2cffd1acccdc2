"""Gradients are those of the likelihoods: against differences, for every model, far from and near the optimum."""

from typing import Any

import numpy as np
import pytest

from engine.value.people import counts_of, spending_of
from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.bgnbd import BGNBD, MBGNBD
from vincle.engine.value.counts import Counts
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.paretonbd import PARETONBD
from vincle.engine.value.sbg import SBG, Contracts

STEP = 1e-5
LIKELIHOODS = {
    "bgnbd": lambda: BGNBD.likelihood(counts_of("bgnbd", 200, seed=1)),
    "mbgnbd": lambda: MBGNBD.likelihood(counts_of("mbgnbd", 200, seed=2)),
    "paretonbd": lambda: PARETONBD.likelihood(counts_of("paretonbd", 200, seed=3)),
    "gammagamma": lambda: GAMMAGAMMA.likelihood(spending_of(200, seed=4)),
    "sbg": lambda: SBG.likelihood(Contracts.of([1, 2, 3, 3, 1], [True, True, True, False, False], [50, 30, 10, 70, 9])),
    "bgbb": lambda: BGBB.likelihood(Counts.of([0, 1, 2, 3, 0], [0, 2, 4, 5, 0], [6, 6, 6, 5, 3], [40, 30, 20, 10, 7])),
}


@pytest.mark.parametrize("name", LIKELIHOODS)
def test_a_gradient_is_that_of_its_likelihood(name: str) -> None:
    likelihood: Any = LIKELIHOODS[name]()
    chance = np.random.default_rng(5)
    for spread in (0.0, 1.0, 1.0, 3.0, 3.0):
        at = chance.normal(0.0, 1.0, len(likelihood.names)) * spread
        _, slope = likelihood(at)
        steps = np.eye(len(at)) * STEP
        differences = [(likelihood(at + step)[0] - likelihood(at - step)[0]) / (2 * STEP) for step in steps]
        assert np.allclose(slope, differences, rtol=1e-6, atol=1e-6 * np.abs(slope).max())
