"""Which model to use: the one that says best what people did in a time it has not seen.

Each is fitted until the end of the calibration and asked how often each person comes in the holdout. So are two rules
that cost nothing, and that a model must beat to be worth its trouble: everybody does the same as last period; and who
has been away for longer than 95 of 100 gaps last is gone, while all others go on at their own pace (after M. Wuebben,
F. von Wangenheim, Instant Customer Base Analysis, Journal of Marketing 72 (2008) 82-93). The least root mean squared
error wins: of all measures of this kind it is the one that an expectation makes least.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.checking import Check, check
from vincle.engine.value.fitting import Fitted, maximise
from vincle.engine.value.holdouts import of_returns
from vincle.engine.value.models import CONTINUOUS
from vincle.engine.value.summarising import Summaries, usual_gap
from vincle.engine.value.transactions import Transactions

Floats = NDArray[np.float64]

FEWEST_PEOPLE, FEWEST_RETURNED = 100, 30
MEASURE = "root_mean_squared_error"


@dataclass(frozen=True, slots=True)
class Choice:
    """`chosen` is the name of the best model or rule, `fitted` the best model; both None where nothing can be said.

    `why`: {"reason": "least_error" | "rule_is_better" | "too_few_people" | "nothing_settled" | "no_holdout", ...}
    with the figures that the sentence needs.
    """

    chosen: str | None
    fitted: Fitted | None
    why: Mapping[str, Any]
    fits: tuple[Fitted, ...] = ()
    checks: Mapping[str, Check] | None = None

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "chosen": self.chosen,
            "why": dict(self.why),
            "candidates": [fitted.as_json() for fitted in self.fits],
            "checks": {name: found.as_json() for name, found in (self.checks or {}).items()},
        }


def choose(log: Transactions, summaries: Summaries) -> Choice:
    """The best of BG/NBD, MBG/NBD, Pareto/NBD and the two rules, by the holdout of the summaries."""
    frequency = summaries.column("frequency")
    people, returned = len(frequency), int((frequency > 0).sum())
    if people < FEWEST_PEOPLE or returned < FEWEST_RETURNED:
        needed = {"people_needed": FEWEST_PEOPLE, "returned_needed": FEWEST_RETURNED}
        return Choice(None, None, {"reason": "too_few_people", "people": people, "returned": returned, **needed})
    counts, _ = summaries.placed()
    fits = tuple(maximise(model.likelihood(counts)) for model in CONTINUOUS.values())
    able = [fitted for fitted in fits if fitted.settled]
    if not able:
        return Choice(None, None, {"reason": "nothing_settled", "remarks": sorted({*fits[0].remarks})}, fits)
    if summaries.holdout_end is None:
        likeliest = max(able, key=lambda fitted: fitted.loglik)
        return Choice(likeliest.model, likeliest, {"reason": "no_holdout", "measure": "loglik"}, fits)
    checks = {fitted.model: of_returns(fitted, summaries) for fitted in able} | rules(log, summaries)
    ranked = sorted(checks, key=lambda name: float(getattr(checks[name], MEASURE)))
    best = min(able, key=lambda fitted: float(getattr(checks[fitted.model], MEASURE)))
    why = {
        "reason": "least_error" if ranked[0] == best.model else "rule_is_better",
        "measure": MEASURE,
        "order": [[name, float(getattr(checks[name], MEASURE))] for name in ranked],
    }
    return Choice(ranked[0], best, why, fits, checks)


def rules(log: Transactions, summaries: Summaries) -> dict[str, Check]:
    """How well the two rules did."""
    frequency, tenure = summaries.column("frequency"), summaries.column("tenure")
    same = summaries.column("last_period").astype(float)
    gap = usual_gap(log) or 0.0
    days = summaries.horizon * float(1 / summaries.in_units(1.0))
    pace = frequency / np.maximum(tenure, 1) * days
    recent = np.where(tenure - summaries.column("recency") <= gap, pace, 0.0)
    return {
        name: check(expected, _actual(summaries), frequency)
        for name, expected in (("same_as_last_period", same), ("recency_rule", recent))
    }


def _actual(summaries: Summaries) -> Floats:
    return summaries.column("later").astype(float)
