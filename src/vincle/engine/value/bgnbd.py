"""BG/NBD and MBG/NBD: people who buy as often as they do and leave, unseen, after a purchase.

While somebody is a customer they buy as a Poisson process; rates are gamma distributed among people (r, alpha). After each
purchase they leave for good with a probability that is beta distributed (a, b). In MBG/NBD they may leave after the first
purchase too, so that those who never came again are not all taken for customers.

P. Fader, B. Hardie, K. L. Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005) 275-284.
E. P. Batislam, M. Denizel, A. Filiztekin, Empirical validation and comparison of models for customer base analysis,
International Journal of Research in Marketing 24 (2007) 201-209.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.counts import Counts
from vincle.engine.value.dropout import mean_returns
from vincle.engine.value.rising import rising

Floats = NDArray[np.float64]
Params = Mapping[str, float]


class BetaGeometric:
    """One of the two; `chances` is how many chances to leave the first purchase gives: 0 or 1."""

    names: tuple[str, ...] = ("r", "alpha", "a", "b")

    def __init__(self, name: str, chances: int) -> None:
        self.name, self.chances = name, chances

    def likelihood(self, counts: Counts) -> "BetaGeometricLikelihood":
        """Ready to be maximised."""
        return BetaGeometricLikelihood(self, counts)

    def alive(self, params: Params, counts: Counts) -> Floats:
        """The probability that they are still with us, of each row."""
        r, alpha, a, b = (params[name] for name in self.names)
        return _terms(r, alpha, a, b, counts, self.chances)[2]

    def returns(self, params: Params, counts: Counts, horizon: float) -> Floats:
        """How often they are expected to come in the next `horizon` of time, of each row."""
        r, alpha, a, b = (params[name] for name in self.names)
        over, place = np.unique(counts.frequency, return_inverse=True)
        when_alive = mean_returns(
            a, b + over + self.chances, place, r + counts.frequency, horizon / (alpha + counts.tenure)
        )
        return self.alive(params, counts) * when_alive

    def returns_of_new(self, params: Params, horizon: float) -> float:
        """How often somebody who has just come for the first time is expected to come in the next `horizon`."""
        r, alpha, a, b = (params[name] for name in self.names)
        stay = b / (a + b) if self.chances else 1.0
        (mean,) = mean_returns(
            a, np.array([b + self.chances]), np.zeros(1, np.int64), np.array([r]), np.array([horizon / alpha])
        )
        return float(stay * mean)


class BetaGeometricLikelihood:
    """The log-likelihood of BG/NBD or MBG/NBD and its gradient (see `fitting.Likelihood`)."""

    def __init__(self, model: BetaGeometric, counts: Counts) -> None:
        scale = counts.scale
        self.model, self.names, self.n = model.name, model.names, counts.total
        self.units = np.array([1.0, scale, 1.0, 1.0])
        self.constant = -float(counts.people @ counts.frequency) * np.log(scale)
        self._chances = model.chances
        self._counts = Counts(counts.frequency, counts.recency / scale, counts.tenure / scale, counts.people)

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        counts, x = self._counts, self._counts.frequency
        r, alpha, a, b = params = np.exp(logs)
        value, gone_by, alive = _terms(r, alpha, a, b, counts, self._chances)
        gone, k = 1 - alive, x + self._chances
        tenure, recency = counts.tenure, counts.recency
        slopes_r, slopes_b, slopes_ab = (rising(of, int(x.max()) + 1)[1] for of in (r, b, a + b))
        by_r = slopes_r[x] - alive * np.log1p(tenure / alpha) - gone * np.log1p(recency / alpha)
        still = alive * tenure / (alpha + tenure) + gone * recency / (alpha + recency)
        by_alpha = ((r + x) * still - x) / alpha
        by_a = gone / a - slopes_ab[k]
        by_b = slopes_b[k] - slopes_ab[k] - gone * gone_by
        slopes = np.array([column @ counts.people for column in (by_r, by_alpha, by_a, by_b)])
        return float(value @ counts.people), slopes * params


def _terms(r: float, alpha: float, a: float, b: float, counts: Counts, chances: int) -> tuple[Floats, Floats, Floats]:
    """Of each row the log-likelihood, 1 / (b + k - 1) where they may have left, and the probability that they have not."""
    x, k = counts.frequency, counts.frequency + chances
    largest = int(x.max()) + 1
    logs_r, logs_b, logs_ab = (rising(of, largest)[0] for of in (r, b, a + b))
    may = k > 0
    gone_by = np.where(may, 1 / (b + np.maximum(k, 1) - 1), 0.0)
    stayed = -(r + x) * np.log1p(counts.tenure / alpha)
    left = np.where(may, np.log(a * np.where(may, gone_by, 1.0)) - (r + x) * np.log1p(counts.recency / alpha), -np.inf)
    either = np.logaddexp(stayed, left)
    value = logs_r[x] - x * np.log(alpha) + logs_b[k] - logs_ab[k] + either
    return value, gone_by, np.exp(stayed - either)


BGNBD = BetaGeometric("bgnbd", 0)
MBGNBD = BetaGeometric("mbgnbd", 1)
