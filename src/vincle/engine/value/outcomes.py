"""Any of the models, fitted to transactions and checked against what came after."""

from dataclasses import dataclass
from typing import Any, Literal

from vincle.engine.value import holdouts
from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.checking import Check
from vincle.engine.value.choosing import Choice, choose, rules
from vincle.engine.value.fitting import Fitted, Likelihood, maximise
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.models import CONTINUOUS
from vincle.engine.value.sbg import SBG
from vincle.engine.value.summarising import Summaries, as_contracts, as_counts, contracts, opportunities
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

Model = Literal["bgnbd", "mbgnbd", "paretonbd", "gammagamma", "sbg", "bgbb", "auto"]
MODELS: tuple[Model, ...] = ("bgnbd", "mbgnbd", "paretonbd", "gammagamma", "sbg", "bgbb", "auto")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`fitted` is None where `auto` can choose none. `holdout` is None where nothing comes after the calibration;
    `rivals` is what the two rules that cost nothing would have made of it.
    """

    fitted: Fitted | None
    holdout: Check | None
    rivals: dict[str, Check]
    choice: Choice | None = None
    spending: Fitted | None = None

    def as_json(self) -> dict[str, Any]:
        """What `vincle value fit --json` prints, but for the period of the holdout."""
        nothing = {"model": None, "params": None, "standard_errors": None, "loglik": None, "n": 0, "converged": False}
        said = self.fitted.as_json() if self.fitted else {**nothing, "remarks": []}
        holdout = self.holdout.as_json() if self.holdout else None
        if holdout is not None:
            holdout["rivals"] = {name: rival.as_json() for name, rival in self.rivals.items()}
        said["holdout"] = holdout
        if self.choice:
            said |= self.choice.as_json()
        if self.spending:
            said["spending"] = self.spending.as_json()
        return said


def fit(log: Transactions, summaries: Summaries, model: Model = "auto") -> Outcome:
    """Fit a model by maximum likelihood to what was known at the end of the calibration. `summaries` are those of
    `log`.

    With `auto`, of the models of coming back, the best by holdout; and that of spending where there are amounts.
    Raises `BadInput` when there is nothing that the model speaks of.
    """
    if model == "auto":
        return _chosen(log, summaries)
    if model in CONTINUOUS:
        fitted = maximise(CONTINUOUS[model].likelihood(summaries.counts()))
        if summaries.holdout_end is None:
            return Outcome(fitted, None, {})
        return Outcome(fitted, holdouts.of_returns(fitted, summaries), rules(log, summaries))
    fitted = maximise(_likelihood(log, summaries, model))
    if summaries.holdout_end is None:
        return Outcome(fitted, None, {})
    if model == "gammagamma":
        return Outcome(fitted, holdouts.of_spending(fitted, summaries), {})
    foretold = holdouts.of_contracts if model == "sbg" else holdouts.of_opportunities
    return Outcome(fitted, foretold(fitted, log, summaries), {})


def _chosen(log: Transactions, summaries: Summaries) -> Outcome:
    choice = choose(log, summaries)
    fitted, checks = choice.fitted, dict(choice.checks or {})
    holdout = checks.get(fitted.model) if fitted else None
    rivals = {name: found for name, found in checks.items() if name not in CONTINUOUS}
    spending = None
    if fitted and log.money and len(summaries.spending().mean):
        spending = maximise(GAMMAGAMMA.likelihood(summaries.spending()))
    return Outcome(fitted, holdout, rivals, choice, spending)


def _likelihood(log: Transactions, summaries: Summaries, model: Model) -> Likelihood:
    if model == "gammagamma":
        if not log.money:
            raise BadInput("Which column is the amount?", "Gamma-Gamma is a model of what people spend: give --amount.")
        spending = summaries.spending()
        if not len(spending.mean):
            raise BadInput("Nobody came again and paid something, so what people spend cannot be told.")
        return GAMMAGAMMA.likelihood(spending)
    if model == "sbg":
        chances = as_contracts(contracts(log, summaries))
        if not len(chances.people):
            raise BadInput(
                f"No contract has come to the end of a second {summaries.unit}.", "Give a later end, or a shorter unit."
            )
        return SBG.likelihood(chances)
    counts = as_counts(opportunities(log, summaries))
    if not len(counts.people) or not counts.tenure.max():
        raise BadInput(
            f"Nobody is known for more than one whole {summaries.unit}.", "Give a later end, or a shorter unit."
        )
    return BGBB.likelihood(counts)
