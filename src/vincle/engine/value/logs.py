"""The log of a home as transactions: whatever happened with people and had an amount in one currency."""

from collections.abc import Sequence
from datetime import date

from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step, Value
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

PAID = Step(
    "paid",
    "SELECT person AS customer, CAST(local_time(occurred_at, $zone) AS DATE) AS day, kind, "
    "CAST(amount * 10000 AS BIGINT) AS amount, currency FROM events WHERE person IS NOT NULL AND amount IS NOT NULL",
    "What each person paid or was given back.",
)
OF_CURRENCY = Step(
    "transactions",
    "SELECT customer, day, amount FROM paid WHERE currency = $currency AND day <= $today",
    "The same in one currency, until today.",
)
OF_KINDS = Step(
    "transactions",
    "SELECT customer, day, amount FROM paid "
    "WHERE currency = $currency AND day <= $today AND list_contains($kinds, kind)",
    "The same in one currency, until today, of the kinds that count.",
)


def of_log(
    log: Log, *, currency: str, today: date, zone: str = "UTC", kinds: Sequence[str] | None = None
) -> Transactions:
    """What happened with people and had an amount in `currency`, by days of `zone`; of `kinds` only, if given.

    `left_out` counts rows of other currencies, which nobody has said the rates of, and what is dated after `today`.
    Raises `BadInput` when there is nothing.
    """
    steps = Pipeline((PAID, OF_KINDS if kinds is not None else OF_CURRENCY))
    values: dict[str, Value] = {"zone": zone, "currency": currency, "today": today}
    chosen = steps.bound(**values, kinds=list(kinds)) if kinds is not None else steps.bound(**values)
    log.runner.keep("transactions", chosen)
    counted = Step(
        "counted",
        "SELECT min(day) AS first, max(day) AS last, min(amount) < 0 AS given_back FROM transactions",
        "From when to when, and whether anything was given back.",
    )
    (row,) = log.runner.run(Pipeline((counted,))).to_pylist()
    if row["first"] is None:
        raise BadInput(f"Nobody has paid anything in {currency} yet.")
    others = Step(
        "others",
        "SELECT sum(CASE WHEN currency <> $currency THEN 1 ELSE 0 END) AS other_currency, "
        "sum(CASE WHEN currency = $currency AND day > $today THEN 1 ELSE 0 END) AS future FROM paid",
        "How many rows are not used, and why.",
    )
    (missed,) = log.runner.run(Pipeline((PAID, others)).bound(**values)).to_pylist()
    left_out = {what: int(number) for what, number in missed.items() if number}
    return Transactions(log.runner, row["first"], row["last"], True, bool(row["given_back"]), left_out)
