"""What may come of a journey: a step or its absence, money, a score; as events of cases, and one number of each case.

Whatever it is, its events are `happened` (case_id, moment, value), and it is told in the time after the landmark (see
`mattering`). A further outcome is another `OutcomeEvents`: entries into a stage, say.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vincle.engine.effects import Floats
from vincle.engine.journeys.asked import (
    AMOUNT,
    CHURN,
    COMPLETION,
    KINDS,
    MONEY,
    SATISFACTION,
    SCORE,
    SHARE,
    STAGE,
    STEP,
)
from vincle.engine.journeys.cases import Cases
from vincle.engine.steps import Pipeline, Step, Value
from vincle.kernel.errors import BadInput

_UNITS = {AMOUNT: MONEY, SATISFACTION: SCORE}
_NAMED = (STEP, COMPLETION, STAGE)  # of what it is must be said
_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is looked for in the time after.

    - `step`: `name`, a step, happens. Cases that had it at the beginning are left out, unless it is to happen `again`.
    - `completion`: the same of the step with which a case is done; told too is how many reached it at all.
    - `churn`: of those who had step `name` at the beginning (or anything, without a name), none happens any more.
    - `amount`: the sum of money, in the one currency there is; of step `name`, or of everything.
    - `satisfaction`: the mean of scores, of the cases that have any; of step `name`, or of everything.
    - `stage`: `name`, a stage, is entered; what entered when is handed in as `OutcomeEvents`.
    """

    kind: str
    name: str = ""
    again: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput(f"“{self.kind}” is no outcome.", f"Say {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
        if self.kind in _NAMED and not self.name:
            raise BadInput(f"Which {'stage' if self.kind == STAGE else 'step'} is the outcome?")
        if self.again and self.kind not in {STEP, STAGE}:
            raise BadInput("Only a step or a stage can come again.")

    @property
    def unit(self) -> str:
        """Of its numbers: a share of cases, money, or a score."""
        return _UNITS.get(self.kind, SHARE)

    def bounds(self, *, everybody: bool = False) -> dict[str, Value]:
        """How many events before the landmark, and after it, a case has of which this can be told.

        `everybody`: whatever they had before, as where a lot decided.
        """
        never = self.kind in _NAMED and not self.again and not everybody
        return {
            "least_before": int(self.kind == CHURN and not everybody),
            "most_before": 0 if never else _ALL,
            "least_after": int(self.kind == SATISFACTION),
        }

    def of(self, events: Floats, total: Floats) -> Floats:
        """The number of each case, of how many events it had in the time after and the sum of their values."""
        if self.kind == CHURN:
            return np.asarray(events == 0, dtype=np.float64)
        if self.kind == AMOUNT:
            return np.asarray(total)
        if self.kind == SATISFACTION:
            return np.asarray(total / events, dtype=np.float64)
        return np.asarray(events > 0, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class OutcomeEvents:
    """Events of cases that are not in their log, such as entries into a stage: an Arrow table of `case_id` (as the log
    has it) and `moment` (microseconds since 1970).
    """

    table: pa.Table


class NotTold(BadInput):
    """Nothing can be told of what is asked: `reason` is few (`followed`, `needed`), none, silent, currencies (`names`)
    or arms (`values`), and `figures` what it says of it.
    """

    def __init__(self, message: str, hint: str = "", *, reason: str, **figures: int | list[str]) -> None:
        super().__init__(message, hint)
        self.reason, self.figures = reason, figures


def keep_happened(log: Cases, outcome: Outcome, events: OutcomeEvents | None) -> str | None:
    """Let steps read `happened`, the events of `outcome`; the currency, where it is money that has one.

    Raises `BadInput` when there are none, and for money in several currencies.
    """
    if outcome.kind == STAGE or events is not None:
        if events is None:
            raise BadInput("A stage is an outcome of a designed journey only.")
        log.runner.given("entered", events.table)
        log.runner.keep("happened", _ENTERED)
        log.runner.forget("entered")
        return None
    if outcome.kind not in _UNITS:
        log.runner.keep("happened", (_NAMED_STEP if outcome.name else _ANY_STEP).bound(outcome=outcome.name))
        return None
    what = "amount" if outcome.kind == AMOUNT else "score"
    if log.facts is None:
        raise NotTold(
            f"The log says no {what} of what happens.", f"Name the column of a file with --{what}.", reason="silent"
        )
    log.runner.keep("facts", log.facts)
    if outcome.kind == SATISFACTION:
        log.runner.keep("happened", _SCORED.bound(outcome=outcome.name))
        return None
    known = [row["currency"] for row in log.runner.run(_CURRENCIES.bound(outcome=outcome.name)).to_pylist()]
    if len(known) > 1:
        names = [str(each) for each in known]
        raise NotTold(
            f"The money is in several currencies: {', '.join(names)}.",
            "Amounts are compared in one currency only.",
            reason="currencies",
            names=names,
        )
    log.runner.keep("happened", _PAID.bound(outcome=outcome.name))
    return known[0] if known else None


_ENTERED = Pipeline(
    (Step("entries", "SELECT case_id, moment, CAST(NULL AS DOUBLE) AS value FROM entered", "What was handed in."),)
)
_ANY_STEP = Pipeline(
    (Step("anything", "SELECT case_id, moment, CAST(NULL AS DOUBLE) AS value FROM ordered", "Whatever happened."),)
)
_NAMED_STEP = Pipeline(
    (
        Step(
            "named",
            "SELECT case_id, moment, CAST(NULL AS DOUBLE) AS value FROM ordered "
            "WHERE CAST(activity AS VARCHAR) = $outcome",
            "When the step happened.",
        ),
    )
)
_OF_IT = "($outcome = '' OR CAST(activity AS VARCHAR) = $outcome)"
_PAID = Pipeline(
    (
        Step(
            "paid",
            f"SELECT case_id, moment, CAST(amount AS DOUBLE) AS value FROM facts WHERE amount IS NOT NULL AND {_OF_IT}",
            "The money.",
        ),
    )
)
_SCORED = Pipeline(
    (
        Step(
            "scored",
            f"SELECT case_id, moment, CAST(score AS DOUBLE) AS value FROM facts WHERE score IS NOT NULL AND {_OF_IT}",
            "The scores.",
        ),
    )
)
_CURRENCIES = Pipeline(
    (
        Step(
            "currencies",
            f"SELECT DISTINCT currency FROM facts WHERE amount IS NOT NULL AND {_OF_IT} ORDER BY currency LIMIT 20",
            "In which currencies money is.",
        ),
    )
)
