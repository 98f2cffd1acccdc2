"""Gamma-Gamma: what people spend at a time, from the mean of what they have spent.

What somebody spends varies around a mean of their own (gamma, shape p); these means vary among people (their inverse
scales are gamma, shape q, v). Who has come again often is taken at their word, who has not is drawn to everybody's
mean. It holds where how often people come does not go with how much they spend: `correlation` says how far.

P. Fader, B. Hardie, The Gamma-Gamma Model of Monetary Value (2013); P. Fader, B. Hardie, K. L. Lee, RFM and CLV,
Journal of Marketing Research 42 (2005) 415-430.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.counts import FEW, SOME, total

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Params = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spending:
    """How often people came again, and what they spent on average when they did; `people` with the same."""

    frequency: Ints
    mean: Floats
    people: Ints

    @classmethod
    def of(cls, frequency: object, mean: object) -> "Spending":
        """A row a person; those who never came again, or never spent anything then, say nothing of it and are left
        out.
        """
        x, means = np.asarray(frequency, np.int64), np.asarray(mean, float)
        said = (x > 0) & (means > 0)
        return cls(x[said], means[said], np.ones(int(said.sum()), np.int64))

    @property
    def correlation(self) -> float | None:
        """Of how often they came with what they spent; near 0 where the model holds. None where all are the same."""
        if len(self.mean) < 2 or np.ptp(self.frequency) == 0 or np.ptp(self.mean) <= 1e-12 * self.mean.max():
            return None
        return float(np.corrcoef(self.frequency, self.mean)[0, 1])


class GammaGamma:
    """The model; `GAMMAGAMMA` is the only one."""

    name: str = "gammagamma"
    names: tuple[str, ...] = ("p", "q", "v")

    def likelihood(self, spending: Spending) -> "GammaGammaLikelihood":
        """Ready to be maximised."""
        return GammaGammaLikelihood(spending)

    def spend(self, params: Params, frequency: Ints, mean: Floats) -> Floats:
        """What each is expected to spend at a time; everybody's mean of who never came again, NaN where that is
        infinite (q up to 1).
        """
        p, q, v = (params[name] for name in self.names)
        said = (frequency > 0) & (mean > 0)
        x, means = np.where(said, frequency, 0), np.where(said, mean, 0.0)
        below = p * x + q - 1
        return np.where(below > 0, p * (v + x * means) / np.where(below > 0, below, 1.0), np.nan)


class GammaGammaLikelihood:
    """The log-likelihood and its gradient (see `fitting.Likelihood`)."""

    model, names = GammaGamma.name, GammaGamma.names

    def __init__(self, spending: Spending) -> None:
        self.n = int(spending.people.sum())
        self._spending = spending
        self._people = spending.people.astype(float)
        logs = np.log(spending.mean)
        middle = float(np.average(logs, weights=self._people))
        self.units = np.array([1.0, 1.0, np.exp(middle)])
        by_often = np.bincount(spending.frequency, weights=self._people)
        self._often = np.flatnonzero(by_often)
        self._by_often = by_often[self._often]
        self._x = spending.frequency.astype(float)
        self._often_paid = self._people * self._x
        self._total = self._x * np.exp(logs - middle)
        # Of (px - 1) log z + px log x, what does not depend on parameters, and what goes with p.
        self._with_p = total(self._x * (logs - middle + np.log(self._x)), self._people)
        self.constant = -total(logs, self._people)

    def thinned(self) -> "GammaGammaLikelihood | None":
        """Of some of the rows, where there are many."""
        every = len(self._spending.people) // SOME
        if every < FEW:
            return None
        of = self._spending
        return GammaGammaLikelihood(Spending(of.frequency[::every], of.mean[::every], of.people[::every]))

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        from scipy.special import digamma, gammaln

        p, q, v = params = np.exp(logs)
        # The gamma functions depend on how often only: a few dozen values whatever the number of people.
        shape = p * self._often
        value = float(self._by_often @ (gammaln(shape + q) - gammaln(shape) - gammaln(q)))
        both, own = digamma(shape + q), digamma(shape)
        by_q = float(self._by_often @ (both - digamma(q)))
        by_p = float(self._by_often @ (self._often * (both - own))) + self._with_p
        above = np.log(v + self._total)
        weight = p * self._often_paid + q * self._people
        value += self.n * q * np.log(v) + p * self._with_p - total(weight, above)
        by_p -= total(self._often_paid, above)
        by_q += self.n * np.log(v) - total(self._people, above)
        by_v = self.n * q / v - total(weight, 1 / (v + self._total))
        return value, np.array([by_p, by_q, by_v]) * params


GAMMAGAMMA = GammaGamma()
