"""Pareto/NBD: people who buy as often as they do until, unseen, they leave at a time of their own.

While somebody is a customer they buy as a Poisson process; rates are gamma distributed among people (r, alpha). How
long they stay is exponential, at rates that are gamma distributed (s, beta).

D. Schmittlein, D. Morrison, R. Colombo, Counting Your Customers: Who Are They and What Will They Do Next?, Management
Science 33 (1987) 1-24; in the form of P. Fader, B. Hardie, A Note on Deriving the Pareto/NBD Model (2005).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.counts import Counts, total
from vincle.engine.value.rising import rising
from vincle.engine.value.stretches import Stretches

Floats = NDArray[np.float64]
Params = Mapping[str, float]


class Pareto:
    """The model; `PARETONBD` is the only one."""

    name: str = "paretonbd"
    names: tuple[str, ...] = ("r", "alpha", "s", "beta")

    def likelihood(self, counts: Counts) -> "ParetoLikelihood":
        """Ready to be maximised."""
        return ParetoLikelihood(counts)

    def alive(self, params: Params, counts: Counts) -> Floats:
        """The probability that they are still with us, of each row."""
        return Stretches(counts).sums(*(params[name] for name in self.names)).stayed

    def returns(self, params: Params, counts: Counts, horizon: float) -> Floats:
        """How often they are expected to come in the next `horizon` of time, of each row."""
        r, alpha, s, beta = (params[name] for name in self.names)
        rate = (r + counts.frequency) / (alpha + counts.tenure)
        return self.alive(params, counts) * rate * _stays(s, beta + counts.tenure, horizon)

    def returns_of_new(self, params: Params, horizon: float) -> float:
        """How often somebody who has just come for the first time is expected to come in the next `horizon`."""
        r, alpha, s, beta = (params[name] for name in self.names)
        return float(r / alpha * _stays(s, np.array([beta]), horizon)[0])


def _stays(s: float, beta: Floats, horizon: float) -> Floats:
    """How long of the next `horizon` somebody who is here stays, on average; also where s is 1."""
    shrinks = -np.log1p(horizon / beta)
    if abs(s - 1) < 1e-12:
        return -beta * shrinks
    return -beta * np.expm1((s - 1) * shrinks) / (s - 1)


class ParetoLikelihood:
    """The log-likelihood and its gradient (see `fitting.Likelihood`)."""

    model, names = Pareto.name, Pareto.names

    def __init__(self, counts: Counts) -> None:
        scale = counts.scale
        self.n = counts.total
        self.units = np.array([1.0, scale, 1.0, scale])
        self.constant = -float(counts.people @ counts.frequency) * np.log(scale)
        self._counts = Counts(counts.frequency, counts.recency / scale, counts.tenure / scale, counts.people)
        self._people = counts.people.astype(float)
        self._stretches = Stretches(self._counts)

    def thinned(self) -> "ParetoLikelihood | None":
        """Of some of the rows, where there are many."""
        some = self._counts.thinned()
        if some is None:
            return None
        scale = self.units[1]
        return ParetoLikelihood(Counts(some.frequency, some.recency * scale, some.tenure * scale, some.people))

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        x, tenure = self._counts.frequency, self._counts.tenure
        r, alpha, s, beta = params = np.exp(logs)
        found = self._stretches.sums(r, alpha, s, beta)
        stayed, left = found.stayed, 1 - found.stayed
        values, slopes = rising(r, int(x.max()))
        value = values[x] - x * np.log(alpha) + found.either
        by_r = slopes[x] - stayed * np.log1p(tenure / alpha) - found.by_alpha
        by_alpha = ((r + x) * (stayed * tenure / (alpha + tenure) + found.at_alpha) - x) / alpha
        by_s = left / s - stayed * np.log1p(tenure / beta) - found.by_beta
        by_beta = (s * stayed * tenure / (beta + tenure) - left + (s + 1) * found.at_beta) / beta
        gradient = np.array([total(column, self._people) for column in (by_r, by_alpha, by_s, by_beta)])
        return total(value, self._people), gradient * params


PARETONBD = Pareto()
