"""What is summed here agrees with the closed forms of the papers, where these can be computed."""

import itertools

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammaln, hyp2f1, hyperu

from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.bgnbd import BGNBD, MBGNBD
from vincle.engine.value.counts import Counts
from vincle.engine.value.fitting import Fitted
from vincle.engine.value.paretonbd import PARETONBD
from vincle.engine.value.predicting import residual
from vincle.engine.value.sbg import SBG
from vincle.engine.value.stretches import Stretches

CDNOW = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
PARETO = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
PEOPLE = Counts.of([0, 1, 2, 7, 26, 0], [0.0, 3.0, 30.43, 38.0, 30.86, 0.0], [38.86, 20.0, 38.86, 39.0, 31.0, 0.5])


@pytest.mark.parametrize("ahead", [0.5, 39.0, 2_000.0])
def test_bgnbd_expects_what_its_closed_form_does(ahead: float) -> None:
    r, alpha, a, b = CDNOW.values()
    x, t_x, tenure = PEOPLE.frequency, PEOPLE.recency, PEOPLE.tenure
    z = ahead / (alpha + tenure + ahead)
    shape = r + x
    gauss = hyp2f1(shape, b + x, a + b + x - 1, z)
    first = (a + b + x - 1) / (a - 1) * (1 - ((alpha + tenure) / (alpha + tenure + ahead)) ** shape * gauss)
    odds = np.where(x > 0, a / (b + x - 1) * ((alpha + tenure) / (alpha + t_x)) ** shape, 0)
    assert np.allclose(first / (1 + odds), BGNBD.returns(CDNOW, PEOPLE, ahead), rtol=2e-6)


def test_nothing_breaks_where_the_closed_form_does() -> None:
    """The closed form divides by a - 1."""
    at, near = (BGNBD.returns({**CDNOW, "a": a}, PEOPLE, 39.0) for a in (1.0, 1 + 1e-7))
    assert np.allclose(at, near, rtol=1e-6)


def test_mbgnbd_expects_of_a_new_person_what_chance_does() -> None:
    chance, of, people = np.random.default_rng(1), CDNOW, 40_000
    rate, leave = chance.gamma(of["r"], 1 / of["alpha"], people), chance.beta(of["a"], of["b"], people)
    stays = chance.geometric(leave) - 1
    came = np.minimum(chance.poisson(rate * 39.0), stays)
    assert abs(came.mean() - MBGNBD.returns_of_new(of, 39.0)) < 4 * came.std() / np.sqrt(people)


@pytest.mark.parametrize(
    ("r", "alpha", "s", "beta"),
    [(0.55, 10.6, 0.61, 11.7), (5.0, 0.01, 0.2, 300.0), (0.02, 800.0, 3.0, 0.005), (60.0, 90.0, 40.0, 25.0)],
)
def test_stretches_sum_to_the_integral(r: float, alpha: float, s: float, beta: float) -> None:
    people = Counts.of([0, 0, 1, 2, 40, 300, 300], [0, 0, 0.1, 30, 9, 10, 38], [0.2, 4e4, 9, 31, 39, 39, 39])
    found = Stretches(people).sums(r, alpha, s, beta)
    for row, (x, t_x, tenure) in enumerate(zip(people.frequency, people.recency, people.tenure, strict=True)):
        height = -(r + x) * np.log1p(t_x / alpha) - (s + 1) * np.log1p(t_x / beta)

        def curve(u: float, x: int = x, t_x: float = t_x, height: float = height) -> float:
            t = (t_x + beta) * np.exp(u) - beta
            log = -(r + x) * np.log1p(t / alpha) - (s + 1) * np.log1p(t / beta) - height
            return float(np.exp(log) * (t + beta))

        end = np.log((tenure + beta) / (t_x + beta))
        steep = (t_x + beta) / (alpha + t_x) * (r + x) + s + 1
        parts = [edge for edge in (0.3 / steep, 1 / steep, 3 / steep, 10 / steep, 40 / steep) if edge < end]
        edges = [0.0, *parts, end]
        area = sum(quad(curve, one, next_, epsabs=0, epsrel=1e-12)[0] for one, next_ in itertools.pairwise(edges))
        left = np.log(s / beta * area) + height
        stayed = -(r + x) * np.log1p(tenure / alpha) - s * np.log1p(tenure / beta)
        assert np.isclose(np.logaddexp(left, stayed), found.either[row], rtol=1e-9, atol=1e-9)


def test_pareto_s_rates_and_their_mixtures_meet_where_s_is_one() -> None:
    at, near = (PARETONBD.returns({**PARETO, "s": s}, PEOPLE, 39.0) for s in (1.0, 1 + 1e-9))
    assert np.allclose(at, near, rtol=1e-6)


def test_discounted_for_ever_is_the_published_form() -> None:
    """Fader, Hardie, Lee (2005), RFM and CLV: DERT of Pareto/NBD, at 15 % a year in weeks."""
    r, alpha, s, beta = PARETO.values()
    delta = 0.0027
    x, tenure = PEOPLE.frequency, PEOPLE.tenure
    either = Stretches(PEOPLE).sums(r, alpha, s, beta).either
    logs = s * np.log(beta) + (s - 1) * np.log(delta) + np.log(hyperu(s, s, delta * (beta + tenure)))
    logs += gammaln(r + x + 1) - gammaln(r + x) - (r + x + 1) * np.log1p(tenure / alpha) - np.log(alpha) - either
    fitted = Fitted("paretonbd", PARETO, None, 0.0, 1, True)
    assert np.allclose(np.exp(logs), residual(fitted, PEOPLE, rate=np.expm1(delta)), rtol=1e-6)


def test_discounting_of_a_horizon_lies_between_nothing_and_all() -> None:
    fitted = Fitted("bgnbd", CDNOW, None, 0.0, 1, True)
    plain = BGNBD.returns(CDNOW, PEOPLE, 52.0)
    assert np.allclose(plain, residual(fitted, PEOPLE, rate=0.0, horizon=52.0))
    assert np.allclose(plain, residual(fitted, PEOPLE, rate=1e-9, horizon=52.0), rtol=1e-5)
    less = residual(fitted, PEOPLE, rate=0.01, horizon=52.0)
    assert np.all((less < plain) & (less > plain * 1.01**-52))
    with pytest.raises(ValueError, match="for ever"):
        residual(fitted, PEOPLE, rate=0.0)


def test_donations_by_enumeration() -> None:
    """Of somebody who has taken one of three opportunities, the second: every way on, one by one."""
    params = {"alpha": 1.2, "beta": 0.75, "gamma": 0.66, "delta": 2.8}
    chance = np.random.default_rng(2)
    takes, leaves = chance.beta(1.2, 0.75, 400_000), chance.beta(0.66, 2.8, 400_000)
    here = (1 - leaves) ** 3 * takes * (1 - takes) ** 2
    gone = (1 - leaves) ** 2 * leaves * takes * (1 - takes)
    likelihood = (here + gone).mean()
    one = Counts.of([1], [2], [3])
    assert np.isclose((here * (1 - leaves)).mean() / likelihood, BGBB.alive(params, one)[0], rtol=0.01)
    ahead = sum((here * (1 - leaves) ** k * takes).mean() for k in (1, 2)) / likelihood
    assert np.isclose(ahead, BGBB.returns(params, one, 2)[0], rtol=0.01)
    fitted = Fitted("bgbb", params, None, 0.0, 1, True)
    both = [float(BGBB.returns(params, one, k)[0]) for k in (1, 2)]
    discounted = both[0] / 1.1 + (both[1] - both[0]) / 1.1**2
    assert np.isclose(discounted, residual(fitted, one, rate=0.1, horizon=2)[0])


def test_contracts_are_worth_what_their_survival_adds_up_to() -> None:
    params = {"alpha": 0.668, "beta": 3.806}
    survival = SBG.survival(params, 4_000)
    assert np.allclose(survival[1:6] / survival[:5], SBG.retention(params, 5))
    summed = (survival[1:] / 1.1 ** np.arange(1, 4_001)).sum()
    assert np.isclose(summed, SBG.residual(params, np.array([0]), 0.1)[0], rtol=1e-6)
