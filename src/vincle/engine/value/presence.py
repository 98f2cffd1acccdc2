"""What each person has paid, as named SQL steps: lately, ever, when first and when last."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.transactions import Transactions

PRESENT = Pipeline(
    (
        Step(
            "present",
            "SELECT customer, min(day) AS first, max(day) AS last, count(DISTINCT day) AS days, "
            "CAST(sum(amount) AS BIGINT) AS money, CAST(coalesce(sum(CASE WHEN day > add_days($until, -$window) THEN "
            "amount END), 0) AS BIGINT) AS present FROM transactions WHERE day <= $until GROUP BY customer",
            "Of each person when they paid first and last, on how many days, how much ever and how much lately.",
        ),
    )
)
_LEFT = Step(
    "left_over",
    "SELECT customer, day, CAST(round(amount * $margin) AS BIGINT) AS amount FROM transactions",
    "What is left of each payment, to the ten-thousandth.",
)
_OTHERS = Step(
    "others",
    "SELECT customer, day, amount FROM transactions WHERE NOT list_contains($customers, CAST(customer AS VARCHAR))",
    "What all others paid.",
)
_SPAN = Pipeline((Step("span", "SELECT min(day) AS first, max(day) AS last FROM transactions", "From when to when."),))


def after_costs(log: Transactions, margin: float) -> Transactions:
    """The same log, of each payment the share that is left after costs."""
    if margin != 1:
        _replace(log, Pipeline((_LEFT,), {"margin": margin}))
    return log


def without(log: Transactions, customers: Sequence[Any]) -> Transactions:
    """The same log without these customers; as it was, where nobody else is there."""
    if not customers:
        return log
    _replace(log, Pipeline((_OTHERS,), {"customers": [str(customer) for customer in customers]}))
    (span,) = log.runner.run(_SPAN).to_pylist()
    return replace(log, first=span["first"], last=span["last"]) if span["first"] else log


def _replace(log: Transactions, by: Pipeline) -> None:
    log.runner.keep("changed_transactions", by)
    log.runner.keep("transactions", Pipeline((Step("whole", "SELECT * FROM changed_transactions", "As changed."),)))
    log.runner.forget("changed_transactions")
