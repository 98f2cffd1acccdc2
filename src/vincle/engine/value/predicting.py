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

Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
_STEP = 1e-4  # of the differences by logarithms of parameters
_LOOSE = 1e-3  # the share by which an estimate may move with what is not determined
_NODES = 32
_FOREVER = 40.0  # e to the minus this is nothing

Params = dict[str, float]


def predict(fitted: Fitted, counts: Counts, horizon: float) -> pa.Table:
    """For each row of the counts: alive, alive_low, alive_high (the probability that they are still there) and
    expected, expected_low, expected_high (how often they come in the next `horizon`), with the ends of their 95 %
    intervals.

    The ends are null where the data do not determine them.
    """
    model = RETURNING[fitted.model]
    alive = model.alive(fitted.params, counts)
    expected = model.returns(fitted.params, counts, horizon)
    columns = {
        "alive": alive,
        **_named("alive", around(alive, deviations(fitted, lambda of: model.alive(of, counts)), odds=True)),
        "expected": expected,
        **_named("expected", around(expected, deviations(fitted, lambda of: model.returns(of, counts, horizon)))),
    }
    return pa.table(columns)


def residual(
    fitted: Fitted, counts: Counts, *, rate: float, horizon: float | None = None, nodes: int = _NODES
) -> Floats:
    """How often each comes from now on, what is later counting less: discounted expected residual transactions (DERT;
    DET with a `horizon`).

    `rate` is the discount rate for one unit of time, compounded: what comes one unit later counts 1 / (1 + rate).
    Without a horizon the rate must be positive. `nodes` are those of the integral over time. P. Fader, B. Hardie,
    K. L. Lee, RFM and CLV, Journal of Marketing Research 42 (2005) 415-430.
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
    places, weights = np.polynomial.legendre.leggauss(nodes)
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
    return pa.table({"spend": expected, **_named("spend", around(expected, moves))})


def deviations(fitted: Fitted, of: Callable[[Params], Floats]) -> Floats | None:
    """The standard error of each of what `of` gives for parameters: NaN where that depends on what the data do not
    determine, None where it does everywhere, or the model has not settled.
    """
    return errors_of(fitted, slopes(fitted, of), of(fitted.params)) if fitted.covariance is not None else None


def errors_of(fitted: Fitted, moves: Floats, at: Floats) -> Floats | None:
    """The same of what is `at` and moves so (`slopes`)."""
    if fitted.covariance is None:
        return None
    variances: Floats = np.einsum("pi,pq,qi->i", moves, fitted.covariance, moves)
    errors = np.where(is_loose(fitted, moves, at), np.nan, np.sqrt(np.maximum(variances, 0.0)))
    return None if np.isnan(errors).all() else errors


def is_loose(fitted: Fitted, moves: Floats, at: Floats) -> NDArray[np.bool_]:
    """Of each, whether it depends on what the data do not determine."""
    if fitted.undetermined is None or not len(fitted.undetermined):
        return np.zeros(len(at), bool)
    loose = np.abs(fitted.undetermined @ moves).max(axis=0) > _LOOSE * np.abs(at)
    return np.asarray(loose, np.bool_)


def slopes(fitted: Fitted, of: Callable[[Params], Floats]) -> Floats:
    """How far each of what `of` gives moves with the logarithm of each parameter, a row a parameter."""
    moves = []
    for name, at in fitted.params.items():
        above, below = ({**fitted.params, name: at * np.exp(step)} for step in (_STEP, -_STEP))
        moves.append((of(above) - of(below)) / (2 * _STEP))
    return np.array(moves)


def around(at: Floats, error: Floats | None, *, odds: bool = False) -> tuple[Floats | None, Floats | None]:
    """The ends of the 95 % interval of each, on the scale of logarithms, or of those of odds."""
    if error is None:
        return None, None
    room = at * (1 - at) if odds else at
    known = room > 0
    half = np.where(known, Z * error / np.where(known, room, 1.0), 0.0).clip(0.0, 500.0)
    if not odds:
        return at * np.exp(-half), at * np.exp(half)
    down, up = np.exp(-half), np.exp(half)
    return at * down / (1 - at + at * down), np.where(known, at * up / (1 - at + at * up), at)


def _named(name: str, ends: tuple[Floats | None, Floats | None]) -> dict[str, pa.Array]:
    low, high = ends
    if low is None or high is None:
        return {}
    return {f"{name}_low": pa.array(low), f"{name}_high": pa.array(high)}
