"""BG/NBD and MBG/NBD: people who buy as often as they do and leave, unseen, after a purchase.

While somebody is a customer they buy as a Poisson process; rates are gamma distributed among people (r, alpha). After
each purchase they leave for good with a probability that is beta distributed (a, b). In MBG/NBD they may leave after
the first purchase too, so that those who never came again are not all taken for customers.

P. Fader, B. Hardie, K. L. Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005) 275-284.
E. P. Batislam, M. Denizel, A. Filiztekin, Empirical validation and comparison of models for customer base analysis,
International Journal of Research in Marketing 24 (2007) 201-209.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.counts import Counts, total
from vincle.engine.value.dropout import mean_returns
from vincle.engine.value.rising import rising

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
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
        silent = np.log1p((counts.tenure - counts.recency) / (alpha + counts.recency))
        odds = _log_leaving(a, b, counts.frequency + self.chances) + (r + counts.frequency) * silent
        return _share(-odds)

    def returns(self, params: Params, counts: Counts, horizon: float) -> Floats:
        """How often they are expected to come in the next `horizon` of time, of each row."""
        r, alpha, a, b = (params[name] for name in self.names)
        over, place = np.unique(counts.frequency, return_inverse=True)
        stay: Floats = np.asarray(b + over + self.chances, np.float64)
        shape: Floats = np.asarray(r + counts.frequency, np.float64)
        when_there = mean_returns(a, stay, place, shape, horizon / (alpha + counts.tenure))
        return self.alive(params, counts) * when_there

    def returns_of_new(self, params: Params, horizon: float) -> float:
        """How often somebody who has just come for the first time is expected to come in the next `horizon`."""
        r, alpha, a, b = (params[name] for name in self.names)
        stay = b / (a + b) if self.chances else 1.0
        (mean,) = mean_returns(
            a, np.array([b + self.chances]), np.zeros(1, np.int64), np.array([r]), np.array([horizon / alpha])
        )
        return float(stay * mean)


class BetaGeometricLikelihood:
    """The log-likelihood of BG/NBD or MBG/NBD and its gradient (see `fitting.Likelihood`).

    Logarithms are taken of each frequency and of each time there is, not of each row; rows only look them up.
    """

    def __init__(self, model: BetaGeometric, counts: Counts) -> None:
        scale, x, people = counts.scale, counts.frequency, counts.people.astype(float)
        self.model, self.names, self.n = model.name, model.names, counts.total
        self.units = np.array([1.0, scale, 1.0, 1.0])
        self.constant = -float(counts.people @ x) * np.log(scale)
        self._of, self._counts = model, counts
        self._chances, self._x, self._people = model.chances, x, people
        self._often: Floats = np.bincount(x, weights=people).astype(np.float64)
        times, place = np.unique(np.concatenate([counts.recency, counts.tenure]), return_inverse=True)
        self._times, self._last, self._now = times / scale, place[: len(x)], place[len(x) :]

    def thinned(self) -> "BetaGeometricLikelihood | None":
        """Of some of the rows, where there are many."""
        some = self._counts.thinned()
        return BetaGeometricLikelihood(self._of, some) if some else None

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = params = np.exp(logs)
        x, k = np.arange(len(self._often)), np.arange(len(self._often)) + self._chances
        (logs_r, slopes_r), (logs_b, slopes_b), (logs_ab, slopes_ab) = (rising(of, int(k[-1])) for of in (r, b, a + b))
        since, still = np.log1p(self._times / alpha), self._times / (alpha + self._times)
        shape, now, last = (r + x)[self._x], since[self._now], since[self._last]
        odds = _log_leaving(a, b, k)[self._x] + shape * (now - last)
        gone = _share(odds)
        each = np.logaddexp(0.0, odds) - shape * now
        by_often = logs_r[x] - x * np.log(alpha) + logs_b[k] - logs_ab[k]
        value = total(each, self._people) + total(by_often, self._often)
        left = gone * self._people
        left_often: Floats = np.bincount(self._x, weights=left).astype(np.float64)
        time = self._people * still[self._now] + left * (still[self._last] - still[self._now])
        since_then = self._people * now + left * (last - now)
        slopes = [
            total(slopes_r[x], self._often) - float(since_then.sum()),
            (total(shape, time) - total(x.astype(float), self._often)) / alpha,
            float(left.sum()) / a - total(slopes_ab[k], self._often),
            total(slopes_b[k] - slopes_ab[k], self._often) - total(left_often, 1 / np.maximum(b + k - 1, b)),
        ]
        return value, np.array(slopes) * params


def _log_leaving(a: float, b: float, k: Ints) -> Floats:
    """log(a / (b + k - 1)): the odds of leaving at the last of k chances; of none, none."""
    return np.where(k > 0, np.log(a / np.maximum(b + k - 1, b)), -np.inf)


def _share(odds: Floats) -> Floats:
    """The probability whose odds have this logarithm."""
    from scipy.special import expit

    return np.asarray(expit(odds), np.float64)


BGNBD = BetaGeometric("bgnbd", 0)
MBGNBD = BetaGeometric("mbgnbd", 1)
