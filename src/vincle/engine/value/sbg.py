"""sBG: how long contracts last, where each is renewed or not at the end of each period.

Everybody's chance not to renew is their own and always the same; among people it is beta distributed (alpha, beta).
That retention grows with the age of a contract is then who is left, not that people change.

P. Fader, B. Hardie, How to Project Customer Retention, Journal of Interactive Marketing 21 (2007) 76-90.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.dropout import beta_nodes
from vincle.engine.value.rising import rising

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Params = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Contracts:
    """Of contracts that may have been renewed `chances` times: `lost` says whether the last of them was not."""

    chances: Ints
    lost: NDArray[np.bool_]
    people: Ints

    @classmethod
    def of(cls, chances: object, lost: object, people: object = None) -> "Contracts":
        """From columns of any kind. Contracts that could not yet be renewed say nothing and are left out."""
        times, gone = np.asarray(chances, np.int64), np.asarray(lost, bool)
        counted = np.ones(len(times), np.int64) if people is None else np.asarray(people, np.int64)
        said = times > 0
        return cls(times[said], gone[said], counted[said])

    @classmethod
    def of_survivors(cls, survivors: object) -> "Contracts":
        """Of one cohort: how many there were at the beginning, after one period, after two ..."""
        left = np.asarray(survivors, np.int64)
        periods = len(left) - 1
        return cls(
            np.append(np.arange(1, periods + 1), periods),
            np.append(np.ones(periods, bool), False),
            np.append(left[:-1] - left[1:], left[-1]),
        )


class ShiftedBetaGeometric:
    """The model; `SBG` is the only one."""

    name: str = "sbg"
    names: tuple[str, ...] = ("alpha", "beta")

    def likelihood(self, contracts: Contracts) -> "SbgLikelihood":
        """Ready to be maximised."""
        return SbgLikelihood(contracts)

    def survival(self, params: Params, periods: int) -> Floats:
        """The share that is still there after 0, 1, ... `periods` periods."""
        alpha, beta = (params[name] for name in self.names)
        return np.exp(rising(beta, periods)[0] - rising(alpha + beta, periods)[0])

    def retention(self, params: Params, periods: int) -> Floats:
        """Of those still there, the share that renews at the end of the first, second, ... of `periods` periods."""
        alpha, beta = (params[name] for name in self.names)
        ages = np.arange(periods)
        return (beta + ages) / (alpha + beta + ages)

    def residual(self, params: Params, renewed: Ints, discount: float) -> Floats:
        """How many more renewals, discounted by `discount` a period, of who has renewed so often and is there.

        P. Fader, B. Hardie, Customer-Base Valuation in a Contractual Setting, Marketing Science 29 (2010) 85-93.
        """
        alpha, beta = (params[name] for name in self.names)
        leave, weights = beta_nodes(alpha, beta + np.asarray(renewed, float))
        stay = (1 - leave) / (1 + discount)
        return np.asarray(np.einsum("ij,ij->i", stay / (1 - stay), weights), np.float64)


class SbgLikelihood:
    """The log-likelihood and its gradient (see `fitting.Likelihood`)."""

    model, names = ShiftedBetaGeometric.name, ShiftedBetaGeometric.names
    constant = 0.0

    def __init__(self, contracts: Contracts) -> None:
        self.n = int(contracts.people.sum())
        self.units = np.ones(2)
        self._contracts = contracts

    def thinned(self) -> None:
        """There are never many rows."""

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        alpha, beta = params = np.exp(logs)
        times, lost, people = self._contracts.chances, self._contracts.lost, self._contracts.people
        largest = int(times.max())
        (renewed, by_beta), (chances, by_both) = rising(beta, largest), rising(alpha + beta, largest)
        times_renewed = times - lost
        value = renewed[times_renewed] - chances[times] + np.where(lost, np.log(alpha), 0.0)
        slopes: Floats = np.array([lost / alpha - by_both[times], by_beta[times_renewed] - by_both[times]])
        return float(value @ people), (slopes @ people) * params


SBG = ShiftedBetaGeometric()
