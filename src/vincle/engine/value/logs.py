"""The log of a home as transactions: whatever happened with people and had an amount, in one currency."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step, Value
from vincle.engine.value.rate_checks import checked
from vincle.engine.value.rates import IN_ONE_CURRENCY, WITHOUT_RATES
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

PAID = Step(
    "paid",
    "SELECT person AS customer, CAST(local_time(occurred_at, $zone) AS DATE) AS day, kind, "
    "CAST(amount * 10000 AS BIGINT) AS amount, currency FROM events WHERE person IS NOT NULL AND amount IS NOT NULL",
    "What each person paid or was given back.",
)
PAID_OF_KINDS = Step(
    "paid",
    f"{PAID.sql} AND list_contains($kinds, kind)",
    "What each person paid or was given back, of the kinds that count.",
)
IN_TIME = Step(
    "transactions",
    "SELECT customer, day, main_amount AS amount FROM converted WHERE main_amount IS NOT NULL AND day <= $today",
    "The same in the main currency, until today.",
)
_COUNTED = Step(
    "counted",
    "SELECT min(day) AS first, max(day) AS last, min(amount) < 0 AS given_back FROM transactions",
    "From when to when, and whether anything was given back.",
)
_MISSED = Step(
    "missed",
    "SELECT sum(CASE WHEN currency IS NULL THEN 1 ELSE 0 END) AS currency, "
    "sum(CASE WHEN currency IS NOT NULL AND main_amount IS NULL AND day <= $today THEN 1 ELSE 0 END) AS no_rate, "
    "sum(CASE WHEN main_amount IS NOT NULL AND day > $today THEN 1 ELSE 0 END) AS future FROM converted",
    "How many rows are not used, and why.",
)


def of_log(
    log: Log,
    *,
    currency: str,
    today: date,
    zone: str = "UTC",
    kinds: Sequence[str] | None = None,
    rates: pa.Table | None = None,
) -> Transactions:
    """What happened with people and had an amount, in `currency`, by days of `zone`; of `kinds` only, if given.

    `rates` (day, currency, rate: see `rates.RATES`) bring amounts in other currencies into it. `left_out` counts rows
    without one on their day or before (`no_rate`); where no rates are given all rows of other currencies
    (`other_currency`); rows that say no currency; and what is dated after `today` (`future`). Raises `BadInput` when
    there is nothing, and for rates that are wrong.
    """
    if rates is not None:
        log.runner.given("rates", checked(rates, currency))
    paid, into = PAID if kinds is None else PAID_OF_KINDS, WITHOUT_RATES if rates is None else IN_ONE_CURRENCY
    values: dict[str, Value] = {"zone": zone, "currency": currency, "today": today}
    if kinds is not None:
        values["kinds"] = list(kinds)
    steps = Pipeline((paid, *into), values)
    log.runner.keep("transactions", steps.then(IN_TIME))
    (row,) = log.runner.run(Pipeline((_COUNTED,))).to_pylist()
    if row["first"] is None:
        raise BadInput(f"Nobody has paid anything in {currency} yet.")
    (missed,) = log.runner.run(steps.then(_MISSED)).to_pylist()
    if rates is None:
        missed["other_currency"] = missed.pop("no_rate")
    left_out = {what: int(number) for what, number in missed.items() if number}
    return Transactions(log.runner, row["first"], row["last"], True, bool(row["given_back"]), left_out)
