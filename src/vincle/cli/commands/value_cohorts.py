"""`vincle value cohorts`: who began together, how many came in each period after, what they paid."""

from typing import TYPE_CHECKING, Annotated

import typer

from vincle.cli.commands.value_log import (
    AmountOption,
    CurrencyColumnOption,
    CurrencyOption,
    CustomerOption,
    FileArgument,
    KindOption,
    RatesOption,
    TimeOption,
    ZoneOption,
    one_of,
    opened,
    tell_left_out,
)
from vincle.cli.commands.value_out import money
from vincle.cli.options import HomeOption, JsonOption, print_json, say

if TYPE_CHECKING:
    from vincle.engine.value import Cohort

EXAMPLE = "Example: vincle value cohorts orders.csv --customer client --time day --amount paid --by month"
BY = ("week", "month", "year")
SHOWN = 12  # periods that are printed for people


def cohorts(
    file: FileArgument = None,
    customer: CustomerOption = "",
    time: TimeOption = "",
    amount: AmountOption = "",
    by: Annotated[str, typer.Option("--by", metavar="PERIOD", help="week, month or year.")] = "month",
    currency_column: CurrencyColumnOption = "",
    currency: CurrencyOption = "",
    rates: RatesOption = None,
    kind: KindOption = None,
    timezone: ZoneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who began together: how many came again, and what they paid.

    Of each period after the first, how many came in it and what all had paid by its end. The period in which the data
    end is not over and is not told.
    """
    from vincle.engine import value as engine

    unit = one_of(by, BY, "period")
    with opened(
        file,
        home,
        customer=customer,
        time=time,
        amount=amount,
        currency_column=currency_column,
        currency=currency,
        rates=rates,
        kinds=kind,
        timezone=timezone,
        needs_money=False,
    ) as source:
        log, tills = engine.without_tills(source.transactions)
        found = engine.cohorts(log, unit=unit)
    tell_left_out(log.left_out, tills)
    if as_json:
        told = {"by": unit, "currency": source.currency or None, "cohorts": [each.as_json() for each in found]}
        print_json(told | {"rows_left_out": log.left_out, "flagged": list(tills)})
        return
    _say(found, unit, paid=log.money)


def _say(found: "list[Cohort]", unit: str, *, paid: bool) -> None:
    say(f"{'began':<10}{'people':>8}{'each paid':>12}   the share that came in the {SHOWN} periods of a {unit} after")
    for cohort in found:
        shares = "".join(f"{at:>6.0%}" for _number, at, *_ends in cohort.came[1 : SHOWN + 1])
        each = money(cohort.paid[-1] / cohort.people) if paid and cohort.paid else "-"
        say(f"{cohort.period}{cohort.people:>8,}{each:>12}  {shares}")
