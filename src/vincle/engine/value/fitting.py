"""Maximum likelihood: from a likelihood with its gradient to parameters, standard errors and whether it can be trusted.

Parameters are all positive, so the search is over their logarithms, in units in which they are near 1. L-BFGS comes
near the optimum and Newton's steps end there. Standard errors are those of the observed information: the inverse of the
Hessian, which is had from differences of the gradient.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LIMIT = 18.0  # logarithms of parameters are looked for within this of their unit: a factor of sixty million
_NEAR = 0.1  # so near the limit, the search would have gone on
_STEPS = 12
_SMALL = 1e-6  # of the largest slope by a logarithm, for each person
_FAINT = 0.01  # a curvature below says that the data would have a parameter, give or take a factor of e to the tenth
_STEP = 1e-4  # of the differences: their error is then that of the gradient, some 1e-12, over it


class Likelihood(Protocol):
    """What is fitted. `names` are the parameters, `units` what each is measured in, `n` the people.

    Called with the logarithms of the parameters in those units, it gives the log-likelihood but for `constant`, and the
    derivatives by these logarithms.
    """

    model: str
    names: tuple[str, ...]
    units: Floats
    constant: float
    n: int

    def __call__(self, logs: Floats) -> tuple[float, Floats]: ...

    def thinned(self) -> Self | None:
        """The same of some of the rows, evenly chosen; None where there are not many."""
        ...


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model. `standard_errors` are None where the data do not determine the parameters; `remarks` say why.

    `settled` says that no parameters are more likely, though others may be as likely: what is expected may be known
    where parameters are not. `covariance` is that of the logarithms of the parameters, where the model is settled; of
    those directions only that the data determine. `undetermined` are the others, a row each.
    """

    model: str
    params: dict[str, float]
    standard_errors: dict[str, float] | None
    loglik: float
    n: int
    converged: bool
    remarks: tuple[str, ...] = ()
    settled: bool = True
    covariance: Floats | None = field(default=None, repr=False, compare=False)
    undetermined: Floats | None = field(default=None, repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """What `vincle value fit --json` prints of it."""
        return {
            "model": self.model,
            "params": self.params,
            "standard_errors": self.standard_errors,
            "loglik": self.loglik,
            "n": self.n,
            "converged": self.converged,
            "remarks": list(self.remarks),
        }


class Point(NamedTuple):
    """Where a search stands."""

    logs: Floats
    value: float
    slope: Floats
    hessian: Floats


def maximise(likelihood: Likelihood) -> Fitted:
    """The parameters under which the data are most likely.

    Never raises for data that determine no parameters (nobody came back, one person, all the same): then `converged` is
    false, and `remarks` say which parameter has no end.
    """
    near = _from_some(likelihood)
    if near is not None and _is_optimum(likelihood, near):
        return _told(likelihood, near)
    starts = [np.full(len(likelihood.names), start) for start in (0.0, -1.5, 1.5)]
    some = likelihood.thinned()
    if some is not None:  # where they end is where all would nearly end, and costs little to find out
        starts = [_searched(some, starts).logs + np.log(some.units / likelihood.units)]
    return _told(likelihood, _searched(likelihood, starts))


def _searched(likelihood: Likelihood, starts: Sequence[Floats]) -> Point:
    """The best of what is found from each start, until one leads to an optimum."""
    best: Point | None = None
    for start in starts:
        found = _polished(likelihood, _approached(likelihood, start))
        if best is None or found.value > best.value + 1e-7 * abs(best.value):
            best = found
        if _is_optimum(likelihood, found):
            break
    assert best is not None  # noqa: S101 - there is a start
    return best


def _from_some(likelihood: Likelihood) -> Point | None:
    """Of many rows, the optimum as it is found from that of some of them: their parameters and their curvature are
    nearly those of all, so a few steps are left. None where there are not many, or some do not determine it.
    """
    some = likelihood.thinned()
    if some is None:
        return None
    found = _polished(some, _approached(some, np.zeros(len(some.names))))
    if not _is_optimum(some, found):
        return None
    hessian = found.hessian * (likelihood.n / some.n)
    logs = found.logs + np.log(some.units / likelihood.units)
    value = -np.inf
    for _ in range(_STEPS):
        then, slope = likelihood(logs)
        ahead = logs - np.linalg.solve(hessian, slope)
        if not then > value or not np.all(np.abs(ahead) < LIMIT):
            break
        value, moved = then, float(np.max(np.abs(ahead - logs)))
        logs = ahead
        if moved < 1e-4:  # what Newton's own steps, with all rows' curvature, end at once
            break
    return _polished(likelihood, logs)


def _approached(likelihood: Likelihood, start: Floats) -> Floats:
    from scipy.optimize import minimize

    def objective(logs: Floats) -> tuple[float, Floats]:
        within = np.clip(logs, -LIMIT, LIMIT)
        value, slope = likelihood(within)
        # Beyond the limit nothing changes any more, so the search ends there.
        return -value / likelihood.n, np.where(within == logs, -slope / likelihood.n, 0.0)

    found = minimize(objective, start, jac=True, method="BFGS", options={"maxiter": 300, "gtol": 1e-6})
    return np.clip(np.asarray(found.x, np.float64), -LIMIT, LIMIT)


def _polished(likelihood: Likelihood, logs: Floats) -> Point:
    """Newton's steps until they change nothing."""
    value, slope = likelihood(logs)
    hessian = _hessian(likelihood, logs)
    for _ in range(_STEPS):
        if np.max(np.abs(slope)) / likelihood.n < 1e-3 * _SMALL or not _is_peak(hessian):
            break
        ahead = np.clip(logs - np.linalg.solve(hessian, slope), -LIMIT, LIMIT)
        then, slope_then = likelihood(ahead)
        if not then >= value - 1e-12 * abs(value):
            break
        moved = float(np.max(np.abs(ahead - logs)))
        logs, value, slope = ahead, then, slope_then
        if moved > 1e-5:  # standard errors are to be of the optimum itself
            hessian = _hessian(likelihood, logs)
        elif moved < 1e-9:
            break
    return Point(logs, value, slope, hessian)


def _hessian(likelihood: Likelihood, logs: Floats) -> Floats:
    columns = []
    for place in range(len(logs)):
        step = np.zeros(len(logs))
        step[place] = _STEP
        columns.append((likelihood(logs + step)[1] - likelihood(logs - step)[1]) / (2 * _STEP))
    hessian = np.array(columns)
    return (hessian + hessian.T) / 2


def _is_peak(hessian: Floats) -> bool:
    if not np.all(np.isfinite(hessian)):
        return False
    heights = np.linalg.eigvalsh(hessian)
    return bool(heights[-1] < -_FAINT)


def _is_optimum(likelihood: Likelihood, at: Point) -> bool:
    inside = bool(np.all(np.abs(at.logs) < LIMIT - _NEAR))
    return inside and _is_flat(likelihood, at) and _is_peak(at.hessian)


def _is_flat(likelihood: Likelihood, at: Point) -> bool:
    """No step within the limits would make the data more likely."""
    ended = (np.abs(at.logs) >= LIMIT) & (at.slope * at.logs > 0)
    slope = np.where(ended, 0.0, at.slope)
    return bool(np.max(np.abs(slope)) / likelihood.n < _SMALL * max(1.0, abs(at.value) / likelihood.n))


def _told(likelihood: Likelihood, at: Point) -> Fitted:
    params = np.exp(at.logs) * likelihood.units
    converged = _is_optimum(likelihood, at)
    settled = converged or _is_flat(likelihood, at)
    covariance, undetermined = _determined(at.hessian) if settled and np.all(np.isfinite(at.hessian)) else (None, None)
    errors = None
    if converged and covariance is not None:
        by_name = zip(likelihood.names, params * np.sqrt(np.diag(covariance)), strict=True)
        errors = {name: float(error) for name, error in by_name}
    return Fitted(
        likelihood.model,
        dict(zip(likelihood.names, map(float, params), strict=True)),
        errors,
        float(at.value + likelihood.constant) + 0.0,
        likelihood.n,
        converged,
        () if converged else _reasons(likelihood, at.logs),
        settled,
        covariance,
        undetermined,
    )


def _determined(hessian: Floats) -> tuple[Floats, Floats]:
    """The covariance within the directions that the data determine, and the other directions."""
    curvatures, directions = np.linalg.eigh(-hessian)
    known = curvatures > _FAINT
    covariance: Floats = (directions[:, known] / curvatures[known]) @ directions[:, known].T
    return covariance, np.asarray(directions[:, ~known].T, np.float64)


def _reasons(likelihood: Likelihood, logs: Floats) -> tuple[str, ...]:
    ends = [
        f"The data would have {name} {'larger' if log > 0 else 'smaller'} without end."
        for name, log in zip(likelihood.names, logs, strict=True)
        if abs(log) >= LIMIT - _NEAR
    ]
    return tuple(ends) or ("The data do not determine the parameters: others are as likely.",)
