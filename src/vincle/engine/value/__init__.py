"""What relationships are worth: who is still there, how often they will come, what they will spend, and why it changed.

    with value.read("CDNOW_sample.txt", customer="1", time="2", amount="4") as log:
        known = value.summarise(log, unit="week", calibration_end=date(1997, 9, 30))
        found = value.fit(log, known, "bgnbd")
        counts, place = known.placed()
        value.predict(found.fitted, counts, horizon=39)    # Arrow: alive, expected, with intervals; a row a figure

Transactions become recency, frequency, tenure and money by named SQL steps (`summaries`); people with the same figures
are one row; the models are fitted to these rows by maximum likelihood, with gradients, and tried on a time they have
not seen. Each model's file names its source.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vincle.engine.value.bridging import Bridge, bridge
    from vincle.engine.value.calendar_bridges import bridges
    from vincle.engine.value.choosing import Choice, choose
    from vincle.engine.value.cohort_value import Cohort, cohorts
    from vincle.engine.value.counts import Counts
    from vincle.engine.value.customer_equity import Equity, equity
    from vincle.engine.value.durations import read_durations
    from vincle.engine.value.fitting import Fitted, maximise
    from vincle.engine.value.investing import Return, invest
    from vincle.engine.value.logs import of_log
    from vincle.engine.value.observed_levers import Levers, levers
    from vincle.engine.value.outcomes import Outcome, fit
    from vincle.engine.value.predicting import predict, residual, spend
    from vincle.engine.value.rate_files import read_rates
    from vincle.engine.value.summarising import Summaries, summarise
    from vincle.engine.value.survival import Survival, kaplan_meier, of_contracts
    from vincle.engine.value.terms import Terms
    from vincle.engine.value.tills import without_tills
    from vincle.engine.value.transactions import Transactions, read
    from vincle.engine.value.valuing import Valued, value

_HOMES = {
    "Bridge": "bridging",
    "Choice": "choosing",
    "Cohort": "cohort_value",
    "Counts": "counts",
    "Equity": "customer_equity",
    "Fitted": "fitting",
    "Levers": "observed_levers",
    "Outcome": "outcomes",
    "Return": "investing",
    "Summaries": "summarising",
    "Survival": "survival",
    "Terms": "terms",
    "Transactions": "transactions",
    "Valued": "valuing",
    "bridge": "bridging",
    "bridges": "calendar_bridges",
    "choose": "choosing",
    "cohorts": "cohort_value",
    "equity": "customer_equity",
    "fit": "outcomes",
    "invest": "investing",
    "kaplan_meier": "survival",
    "levers": "observed_levers",
    "maximise": "fitting",
    "of_contracts": "survival",
    "of_log": "logs",
    "predict": "predicting",
    "read": "transactions",
    "read_durations": "durations",
    "read_rates": "rate_files",
    "residual": "predicting",
    "spend": "predicting",
    "summarise": "summarising",
    "value": "valuing",
    "without_tills": "tills",
}
__all__ = [
    "Bridge", "Choice", "Cohort", "Counts", "Equity", "Fitted", "Levers", "Outcome", "Return", "Summaries",
    "Survival", "Terms", "Transactions", "Valued", "bridge", "bridges", "choose", "cohorts", "equity", "fit",
    "invest", "kaplan_meier", "levers", "maximise", "of_contracts", "of_log", "predict", "read", "read_durations",
    "read_rates", "residual", "spend", "summarise", "value", "without_tills",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
