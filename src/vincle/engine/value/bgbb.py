"""BG/BB: opportunities that come period by period, taken or not, as yearly donations.

At each opportunity somebody who is still with us takes it with a chance of their own, beta distributed among people
(alpha, beta); before each they may leave for good, with a chance that is beta distributed too (gamma, delta).

P. Fader, B. Hardie, J. Shang, Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science 29
(2010) 1086-1108.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.counts import Counts
from vincle.engine.value.rising import rising

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Params = Mapping[str, float]


class BetaGeometricBetaBinomial:
    """The model; `BGBB` is the only one. Of the counts, recency and tenure are whole numbers of opportunities."""

    name: str = "bgbb"
    names: tuple[str, ...] = ("alpha", "beta", "gamma", "delta")

    def likelihood(self, counts: Counts) -> "BgbbLikelihood":
        """Ready to be maximised."""
        return BgbbLikelihood(counts)

    def alive(self, params: Params, counts: Counts) -> Floats:
        """The probability that they are there at the next opportunity, of each row."""
        _, _, gamma, delta = values = [params[name] for name in self.names]
        had = counts.tenure.astype(np.int64)
        stayed = _stayed(_tables(np.array(values), had), counts.frequency, had)
        here = np.exp(stayed - BgbbLikelihood(counts).each(np.array(values)))
        return np.asarray(here * (delta + had) / (gamma + delta + had), np.float64)

    def returns(self, params: Params, counts: Counts, horizon: float) -> Floats:
        """How many of the next `horizon` opportunities (rounded) they are expected to take, of each row."""
        alpha, beta, gamma, delta = (params[name] for name in self.names)
        ahead = round(horizon)
        had = counts.tenure.astype(np.int64)
        largest = int(had.max()) + ahead
        staying = np.exp(rising(delta, largest)[0] - rising(gamma + delta, largest)[0])
        over = np.concatenate([[0.0], np.cumsum(staying)])
        # Of those here at the next opportunity, how many of the others they are there for.
        times = (over[had + ahead + 1] - over[had + 1]) / staying[np.minimum(had + 1, largest)] if ahead else 0.0 * had
        takes = (alpha + counts.frequency) / (alpha + beta + had)
        return self.alive(params, counts) * takes * times

    def returns_of_new(self, params: Params, horizon: float) -> float:
        """How many of the next `horizon` opportunities somebody who has just come is expected to take."""
        nobody = Counts(np.zeros(1, np.int64), np.zeros(1), np.zeros(1), np.ones(1, np.int64))
        return float(self.returns(params, nobody, horizon)[0])


class BgbbLikelihood:
    """The log-likelihood and its gradient (see `fitting.Likelihood`)."""

    model, names = BetaGeometricBetaBinomial.name, BetaGeometricBetaBinomial.names
    constant = 0.0

    def __init__(self, counts: Counts) -> None:
        self.n, self.units = counts.total, np.ones(4)
        self._x, self._people = counts.frequency, counts.people
        self._had = counts.tenure.astype(np.int64)
        last = counts.recency.astype(np.int64)
        # A row for each opportunity before which they may have left: after `last`, ... before the last of all.
        many = self._had - last
        self._row = np.repeat(np.arange(len(many)), many)
        self._left_after = np.arange(len(self._row)) - np.repeat(np.cumsum(many) - many, many) + last[self._row]
        self._size = int(self._had.max()) + 1

    def each(self, params: Floats) -> Floats:
        """The log-likelihood of each row of the counts."""
        return self._either(_tables(params, self._had), params)[0]

    def _either(self, tables: "Tables", params: Floats) -> tuple[Floats, Floats, Floats]:
        """Of each row the logarithm of the likelihood, that they stayed; and of each time to have left its share."""
        stayed = _stayed(tables, self._x, self._had)
        took, at = self._x[self._row], self._left_after
        (alpha, _), (beta, _), (both, _), (delta, _), (all_, _) = tables
        left = alpha[took] + beta[at - took] - both[at] + np.log(params[2]) + delta[at] - all_[at + 1]
        highest = stayed.copy()
        np.maximum.at(highest, self._row, left)
        chance, share = np.exp(stayed - highest), np.exp(left - highest[self._row])
        total = chance + np.bincount(self._row, weights=share, minlength=len(chance))
        return highest + np.log(total), chance / total, share / total[self._row]

    def thinned(self) -> None:
        """There are never many rows."""

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        params = np.exp(logs)
        tables = _tables(params, self._had)
        value, stayed, share = self._either(tables, params)
        (_, alpha), (_, beta), (_, both), (_, delta), (_, all_) = tables
        x, had, took, at = self._x, self._had, self._x[self._row], self._left_after
        here, gone = self._people * stayed, self._people[self._row] * share
        by_both = here @ both[had] + gone @ both[at]
        by_all = here @ all_[had] + gone @ all_[at + 1]
        slopes = np.array(
            [
                here @ alpha[x] + gone @ alpha[took] - by_both,
                here @ beta[had - x] + gone @ beta[at - took] - by_both,
                gone.sum() / params[2] - by_all,
                here @ delta[had] + gone @ delta[at] - by_all,
            ]
        )
        return float(value @ self._people), slopes * params


Tables = tuple[tuple[Floats, Floats], ...]


def _tables(params: Floats, had: Ints) -> Tables:
    """Rising factorials of alpha, beta, both; of delta, gamma and delta; with their slopes."""
    alpha, beta, gamma, delta = params
    size = int(had.max()) + 1
    return tuple(rising(of, size) for of in (alpha, beta, alpha + beta, delta, gamma + delta))


def _stayed(tables: Tables, x: Ints, had: Ints) -> Floats:
    (alpha, _), (beta, _), (both, _), (delta, _), (all_, _) = tables
    stayed: Floats = alpha[x] + beta[had - x] - both[had] + delta[had] - all_[had]
    return stayed


BGBB = BetaGeometricBetaBinomial()
