"""`vincle value rfm`: when each person came last, how often, since when, and what they paid."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.commands.value_log import (
    AmountOption,
    CurrencyColumnOption,
    CurrencyOption,
    CustomerOption,
    FileArgument,
    KindOption,
    RatesOption,
    Source,
    TimeOption,
    ZoneOption,
    day_of,
    opened,
    tell_left_out,
)
from vincle.cli.commands.value_out import OutOption, exact, money, refuse_ending, write
from vincle.cli.options import HomeOption, JsonOption, print_json, say, tell

if TYPE_CHECKING:
    import pyarrow as pa

    from vincle.engine.value import Summaries

EXAMPLE = "Example: vincle value rfm orders.csv --customer client --time day --amount paid --out people.csv"
FIGURES = {"last_days_ago": "days since the last time", "times": "times", "known_days": "days known", "money": "paid"}
AT = (0.25, 0.5, 0.75)


def rfm(
    file: FileArgument = None,
    customer: CustomerOption = "",
    time: TimeOption = "",
    amount: AmountOption = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="As it is on this day; else the last.")] = "",
    out: OutOption = None,
    currency_column: CurrencyColumnOption = "",
    currency: CurrencyOption = "",
    rates: RatesOption = None,
    kind: KindOption = None,
    timezone: ZoneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """When each person came last, how often, and what they paid.

    Recency, frequency, tenure and money: as totals, and with --out of each person. All of one day is one time. What was
    given back is taken off.
    """
    from vincle.engine import value as engine

    refuse_ending(out)
    end = day_of(until, "--until")
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
        known = engine.summarise(source.transactions, unit="day", calibration_end=end)
        people = _people(source, known)
    tell_left_out(known.left_out, known.flagged)
    if out is not None:
        write(people, out)
    told = _told(people, known, source.currency)
    if as_json:
        print_json(told | {"out": out.absolute() if out else None})
        return
    _say(told, known.calibration_end)
    if out is not None:
        tell(f"{out} holds {people.num_rows:,} people.")


def _people(source: Source, known: "Summaries") -> "pa.Table":
    """A row for each person, who came last first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    of = known.table
    money_ = exact(of.column("money")) if source.transactions.money else pa.nulls(of.num_rows, pa.decimal128(34, 4))
    columns = {
        "customer": source.named(of.column("customer")),
        "last_days_ago": pc.subtract(of.column("tenure"), of.column("recency")),
        "times": pc.add(of.column("frequency"), 1),
        "known_days": of.column("tenure"),
        "money": money_,
        "again": of.column("frequency"),
        "recency_days": of.column("recency"),
        "usual": of.column("mean"),
    }
    return pa.table(columns).sort_by([("last_days_ago", "ascending"), ("customer", "ascending")])


def _told(people: "pa.Table", known: "Summaries", currency: str) -> dict[str, Any]:
    import pyarrow.compute as pc

    quartiles = {
        name: pc.quantile(people.column(name).cast("float64"), list(AT)).to_pylist()
        for name in FIGURES
        if people.column(name).null_count < people.num_rows
    }
    total = pc.sum(people.column("money")).as_py()
    return {
        "on": known.calibration_end,
        "people": people.num_rows,
        "came_again": pc.sum(pc.greater(people.column("again"), 0)).as_py(),
        "times": pc.sum(people.column("times")).as_py(),
        "money": None if total is None else str(total),
        "currency": currency or None,
        "quartiles": quartiles,
        "rows_left_out": known.left_out,
        "flagged": list(known.flagged),
    }


def _say(told: dict[str, Any], day: date) -> None:
    paid = f", and paid {money(float(told['money']), told['currency'] or '')}" if told["money"] is not None else ""
    say(f"Until {day} {told['people']:,} people came {told['times']:,} times{paid}; {told['came_again']:,} came again.")
    say(f"{'':<26}{'a quarter':>14}{'half':>14}{'three quarters':>16}  have no more than")
    for name, words in FIGURES.items():
        if name in told["quartiles"]:
            low, middle, high = told["quartiles"][name]
            say(f"{words:<26}{low:>14,.6g}{middle:>14,.6g}{high:>16,.6g}")
