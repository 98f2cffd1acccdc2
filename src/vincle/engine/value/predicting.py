"""What a fitted model expects of each person, with what is not known of its parameters.

Intervals are of the delta method: how far an expectation moves with each parameter, and how sure these are. They say
how well the expectation is known, not how far what one person does may lie from it. They are taken on the scale on
which an estimate is most nearly normal: the logit of a probability, the logarithm of an amount.
"""

from collections.abc import Callable
from math import log1p

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.value.counts import Counts
from vincle.engine.value.fitting import Fitted
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.models import RETURNING

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
_STEP = 1e-4  # of the differences by logarithms of parameters
_NODES = 32
_FOREVER = 40.0  # e to the minus this is nothing

Params = dict[str, float]


def predict(fitted: Fitted, counts: Counts, horizon: float) -> pa.Table:
    """For each row of the counts: alive, alive_low, alive_high (the probability that they are still there) and
    expected, expected_low, expected_high (how often they come in the next `horizon`), with the ends of their 95 %
    intervals.

    The ends are null where the model has not converged.
    """
    model = RETURNING[fitted.model]
    alive = model.alive(fitted.params, counts)
    expected = model.returns(fitted.params, counts, horizon)
    columns = {
        "alive": alive,
        **_named("alive", _around(alive, deviations(fitted, lambda of: model.alive(of, counts)), odds=True)),
        "expected": expected,
        **_named("expected", _around(expected, deviations(fitted, lambda of: model.returns(of, counts, horizon)))),
    }
    return pa.table(columns)


def residual(fitted: Fitted, counts: Counts, *, rate: float, horizon: float | None = None) -> Floats:
    """How often each comes from now on, what is later counting less: discounted expected residual transactions (DERT;
    DET with a `horizon`).

    `rate` is the discount rate for one unit of time, compounded: what comes one unit later counts 1 / (1 + rate).
    Without a horizon the rate must be positive. P. Fader, B. Hardie, K. L. Lee, RFM and CLV, Journal of Marketing
    Research 42 (2005) 415-430.
    """
    model, params = RETURNING[fitted.model], fitted.params
    if fitted.model == "bgbb":
        return _residual_by_period(fitted, counts, rate, horizon)
    force = log1p(rate)
    if horizon is None and force <= 0:
        raise ValueError("for ever needs a discount rate above 0")
    if force <= 0:
        return model.returns(params, counts, horizon or 0.0)
    end = min(_FOREVER / force, _FOREVER / force if horizon is None else horizon)
    # By parts, the integral of exp(-force t) d returns(t) is one of returns themselves, which are smooth in log t.
    knee = min(counts.scale, end) / 4
    places, weights = np.polynomial.legendre.leggauss(_NODES)
    width = log1p(end / knee)
    times = knee * np.expm1(width * (places + 1) / 2)
    sizes = weights * width / 2 * (knee + times)
    found: Floats = np.exp(-force * end) * model.returns(params, counts, end)
    for time, size in zip(times, sizes, strict=True):
        found = found + force * size * np.exp(-force * time) * model.returns(params, counts, float(time))
    return found


def _residual_by_period(fitted: Fitted, counts: Counts, rate: float, horizon: float | None) -> Floats:
    """Opportunities come at the end of each period."""
    model = RETURNING[fitted.model]
    if horizon is None and rate <= 0:
        raise ValueError("for ever needs a discount rate above 0")
    ends = round(_FOREVER / log1p(rate)) if horizon is None else round(horizon)
    found, before = np.zeros(len(counts.frequency)), np.zeros(len(counts.frequency))
    for period in range(1, ends + 1):
        until = model.returns(fitted.params, counts, period)
        found += (until - before) / (1 + rate) ** period
        before = until
    return found


def spend(fitted: Fitted, frequency: Ints, mean: Floats) -> pa.Table:
    """For each person: spend, spend_low, spend_high: what they are expected to spend at a time (Gamma-Gamma).

    NaN where the model says of nobody's mean that it is finite and they never came again.
    """
    expected = GAMMAGAMMA.spend(fitted.params, frequency, mean)
    moves = deviations(fitted, lambda of: GAMMAGAMMA.spend(of, frequency, mean))
    return pa.table({"spend": expected, **_named("spend", _around(expected, moves))})


def deviations(fitted: Fitted, of: Callable[[Params], Floats]) -> Floats | None:
    """The standard error of each of what `of` gives for parameters; None where the model has not converged."""
    if fitted.covariance is None:
        return None
    moves = []
    for name, at in fitted.params.items():
        above, below = ({**fitted.params, name: at * np.exp(step)} for step in (_STEP, -_STEP))
        moves.append((of(above) - of(below)) / (2 * _STEP))
    slopes = np.array(moves)
    variances: Floats = np.einsum("pi,pq,qi->i", slopes, fitted.covariance, slopes)
    return np.sqrt(np.maximum(variances, 0.0))


def _around(at: Floats, error: Floats | None, *, odds: bool = False) -> tuple[Floats | None, Floats | None]:
    if error is None:
        return None, None
    room = at * (1 - at) if odds else at
    known = room > 0
    half = np.where(known, _Z * error / np.where(known, room, 1.0), 0.0).clip(0.0, 500.0)
    if not odds:
        return at * np.exp(-half), at * np.exp(half)
    down, up = np.exp(-half), np.exp(half)
    return at * down / (1 - at + at * down), np.where(known, at * up / (1 - at + at * up), at)


def _named(name: str, ends: tuple[Floats | None, Floats | None]) -> dict[str, pa.Array]:
    low, high = ends
    if low is None or high is None:
        return {}
    return {f"{name}_low": pa.array(low), f"{name}_high": pa.array(high)}
