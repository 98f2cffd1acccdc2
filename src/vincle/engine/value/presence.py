"""What each person has paid, as named SQL steps: lately, ever, when first and when last."""

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


def after_costs(log: Transactions, margin: float) -> Transactions:
    """The same log, of each payment the share that is left after costs."""
    if margin != 1:
        # What is kept under a name cannot be made of itself.
        log.runner.keep("left_over_of_each", Pipeline((_LEFT,), {"margin": margin}))
        again = Step("again", "SELECT * FROM left_over_of_each", "What is left of each payment.")
        log.runner.keep("transactions", Pipeline((again,)))
        log.runner.forget("left_over_of_each")
    return log
