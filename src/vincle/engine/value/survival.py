"""Kaplan-Meier: how many are still there after each time, told without a model.

Who has not ended yet counts among those at risk until they were last seen, and not after. Of an end and a last sight at
the same time the end comes first.

E. L. Kaplan, P. Meier, Nonparametric Estimation from Incomplete Observations, JASA 53 (1958) 457-481. Variance: M.
Greenwood, The Natural Duration of Cancer (1926). Intervals on the scale of log(-log S): J. Kalbfleisch, R. Prentice,
The Statistical Analysis of Failure Time Data (1980); of the median: R. Brookmeyer, J. Crowley, Biometrics 38 (1982).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.value.sbg import Contracts
from vincle.kernel.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


@dataclass(frozen=True, slots=True)
class Survival:
    """A row for each time at which anybody ended or was last seen, in order.

    `at_risk`: how many were there just before; `ended` and `censored`: how many ended then, or were seen last; `share`:
    of all, who stays beyond that time, with `low` and `high`, the ends of its 95 % interval (NaN where nothing can be
    said: before the first end, and where nobody is left), and `variance`. `median` is the first time beyond which no
    more than half stay, with the ends of its interval; None where that is not known yet.
    """

    time: Floats
    at_risk: Ints
    ended: Ints
    censored: Ints
    share: Floats
    variance: Floats
    low: Floats
    high: Floats
    median: tuple[float | None, float | None, float | None]

    @property
    def people(self) -> int:
        """How many there were at the beginning."""
        return int(self.at_risk[0]) if len(self.at_risk) else 0

    def beyond(self, times: object) -> Floats:
        """The share that stays beyond each of these times."""
        place = np.searchsorted(self.time, np.asarray(times, float), side="right")
        found: Floats = np.concatenate([[1.0], self.share])[place]
        return found

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON; the times at which somebody ended."""
        names = ("time", "at_risk", "ended", "share", "low", "high")
        ends = self.ended > 0
        columns = (pa.array(getattr(self, name)[ends], from_pandas=True) for name in names)  # what is not known is null
        rows = pa.table(list(columns), list(names)).to_pylist()
        return {"people": self.people, "ended": int(self.ended.sum()), "median": list(self.median), "times": rows}


def kaplan_meier(durations: object, ended: object, people: object = None) -> Survival:
    """The survival of people (contracts, cases) from how long each has been there and whether they ended then.

    Columns of any kind (lists, arrays, Arrow), a row each unless `people` says how many have these figures. `ended` is
    false of who is still there, or was lost from sight. Raises `BadInput` where there is nobody, or for a duration that
    is below nought or no number.
    """
    times, gone = np.asarray(durations, float), np.asarray(ended, bool)
    counted = np.ones(len(times), np.int64) if people is None else np.asarray(people, np.int64)
    _refuse(times, gone, counted)
    time, place = np.unique(times, return_inverse=True)
    leaving = np.bincount(place, counted, len(time)).astype(np.int64)
    ends = np.bincount(place, counted * gone, len(time)).astype(np.int64)
    at_risk = leaving[::-1].cumsum()[::-1]
    share = np.cumprod(1 - ends / at_risk)
    share[at_risk == ends] = 0.0  # whoever was left has ended
    variance, low, high = _around(share, at_risk, ends)
    median = (_first(time, share), _first(time, low), _first(time, high))
    return Survival(time, at_risk, ends, leaving - ends, share, variance, low, high, median)


def of_contracts(contracts: Contracts) -> Survival:
    """The survival of contracts, in the periods after which they could be renewed; beside what `sbg` makes of them."""
    return kaplan_meier(contracts.chances, contracts.lost, contracts.people)


def _refuse(times: Floats, gone: NDArray[np.bool_], counted: Ints) -> None:
    if not len(times) == len(gone) == len(counted):
        raise BadInput("How long each stayed and whether they ended are columns of different lengths.")
    if not counted.sum():
        raise BadInput("There is nobody whose staying could be told.")
    if not (np.isfinite(times) & (times >= 0)).all():
        wrong = times[~(np.isfinite(times) & (times >= 0))][0]
        raise BadInput(f"Nobody stays for {wrong:g}.", "Say how long each stayed as a number from 0 on.")
    if (counted < 0).any():
        raise BadInput("Fewer than none cannot have stayed.")


def _around(share: Floats, at_risk: Ints, ends: Ints) -> tuple[Floats, Floats, Floats]:
    """Greenwood's variance, and the ends of the interval: S to the power of exp(± z s / log S)."""
    known = (share > 0) & (share < 1)
    stayed = np.where(at_risk > ends, at_risk - ends, 1)
    relative = np.cumsum(ends / (at_risk * stayed))
    logarithm = np.log(np.where(known, share, 0.5))
    power = np.exp(_Z * np.sqrt(relative) / np.abs(logarithm))
    low, high = (np.where(known, share**exponent, np.nan) for exponent in (power, 1 / power))
    return np.where(share > 0, share**2 * relative, 0.0), low, high


def _first(time: Floats, share: Floats) -> float | None:
    """The first time beyond which no more than half stay; a hair above half is half."""
    below = np.flatnonzero(share <= 0.5 + 1e-12)
    return float(time[below[0]]) if len(below) else None
