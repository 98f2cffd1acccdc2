"""What is published of the models, to the digits given."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vincle.engine import value
from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.bgnbd import BGNBD
from vincle.engine.value.counts import Counts
from vincle.engine.value.fitting import maximise
from vincle.engine.value.paretonbd import PARETONBD
from vincle.engine.value.sbg import SBG, Contracts

SAMPLE = Path(__file__).parents[3].parent / "shared" / "data" / "cdnow" / "CDNOW_sample.txt"
needs_cdnow = pytest.mark.skipif(not SAMPLE.is_file(), reason="CDNOW (../shared/data) is not here")

# Opportunities of 11,104 donors in six years: how many they took, the last they took, how many people. Fader, Hardie,
# Shang (2010), table 3.
DONORS = [
    (0, 0, 3464), (1, 1, 1091), (1, 2, 277), (1, 3, 129), (1, 4, 78), (1, 5, 119), (1, 6, 129), (2, 2, 613),
    (2, 3, 255), (2, 4, 155), (2, 5, 173), (2, 6, 234), (3, 3, 322), (3, 4, 181), (3, 5, 225), (3, 6, 357),
    (4, 4, 240), (4, 5, 284), (4, 6, 512), (5, 5, 335), (5, 6, 728), (6, 6, 1203),
]  # fmt: skip


def rounded(params: Mapping[str, float], digits: int) -> list[float]:
    return [round(at, digits) for at in params.values()]


@pytest.fixture(scope="module")
def cdnow() -> Iterator[tuple[value.Transactions, value.Summaries]]:
    with value.read(SAMPLE, customer="1", time="2", amount="4") as log:
        yield log, value.summarise(log, unit="week", calibration_end=date(1997, 9, 30))


@needs_cdnow
@pytest.mark.parametrize(
    ("model", "digits", "params", "fit"),
    [
        ("bgnbd", 5, [0.24259, 4.41360, 0.79292, 2.42591], (-9582.43, 2357)),
        ("bgnbd", 3, [0.243, 4.414, 0.793, 2.426], (-9582.43, 2357)),
        ("mbgnbd", 3, [0.525, 6.183, 0.891, 1.614], (-9582.14, 2357)),
        ("paretonbd", 3, [0.553, 10.578, 0.606, 11.669], (-9594.98, 2357)),
        ("paretonbd", 5, [0.55328, 10.57768, 0.60624, 11.66874], (-9594.98, 2357)),
        ("gammagamma", 2, [6.25, 3.74, 15.44], (-4055.92, 946)),
    ],
)
def test_cdnow(cdnow: Any, model: Any, digits: int, params: list[float], fit: tuple[float, int]) -> None:
    found = value.fit(*cdnow, model).fitted
    assert found is not None
    assert (params, fit, True) == (rounded(found.params, digits), (round(found.loglik, 2), found.n), found.converged)


@needs_cdnow
def test_the_best_for_cdnow_is_better_than_rules_that_cost_nothing(cdnow: Any) -> None:
    choice = value.choose(*cdnow)
    assert ("paretonbd", "least_error") == (choice.chosen, choice.why["reason"])
    assert ["same_as_last_period", "recency_rule"] == [name for name, _ in choice.why["order"]][3:]
    checks = choice.checks or {}
    assert (2357, 1882) == (checks["paretonbd"].people, checks["paretonbd"].actual)
    assert -0.12 < (checks["paretonbd"].total_error or 0) < -0.11


def test_bgnbd_expects_of_one_person() -> None:
    """Fader, Hardie, Lee (2005): x = 2, t_x = 30.43, T = 38.86, the next 39 weeks."""
    params = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    (expected,) = BGNBD.returns(params, Counts.of([2], [30.43], [38.86]), 39)
    assert 1.226 == round(expected, 3)


def test_paretonbd_is_nearly_sure_of_one_person() -> None:
    params = {"r": 0.5533, "alpha": 10.5776, "s": 0.6061, "beta": 11.6674}
    (alive,) = PARETONBD.alive(params, Counts.of([26], [30.86], [31]))
    assert 0.9979 == round(alive, 4)


@pytest.mark.parametrize(
    ("survivors", "params"),
    [
        ([1000, 631, 468, 382, 326, 289, 262, 241], [0.70408, 1.18204]),
        ([1000, 869, 743, 653, 593, 551, 517, 491], [0.66809, 3.80609]),
    ],
    ids=["regular", "high end"],
)
def test_contracts_of_two_segments(survivors: list[int], params: list[float]) -> None:
    """Fader, Hardie (2007). Of the regular ones alpha is .704; .688 is passed round."""
    found = maximise(SBG.likelihood(Contracts.of_survivors(survivors)))
    assert (params, True) == (rounded(found.params, 5), found.converged)


def test_a_wrong_alpha_of_the_regular_segment_is_less_likely() -> None:
    likelihood = SBG.likelihood(Contracts.of_survivors([1000, 631, 468, 382, 326, 289, 262, 241]))
    best = maximise(likelihood)
    assert abs(0.688 - best.params["alpha"]) > 0.01
    assert likelihood(np.log([0.688, best.params["beta"]]))[0] < best.loglik - 0.1


def test_donors() -> None:
    x, last, people = np.array(DONORS).T
    found = maximise(BGBB.likelihood(Counts.of(x, last, np.full(len(x), 6), people)))
    assert ([1.204, 0.750, 0.657, 2.783], -33225.6, 11_104) == (
        rounded(found.params, 3),
        round(found.loglik, 1),
        found.n,
    )
