"""`vincle value equity`: what all relationships are worth, and what a little more of each lever adds."""

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
    TimeOption,
    ZoneOption,
    day_of,
    opened,
    share_of,
    tell_left_out,
)
from vincle.cli.commands.value_out import money
from vincle.cli.options import HomeOption, JsonOption, print_json, say
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.value import Equity, Levers

EXAMPLE = "Example: vincle value equity orders.csv --customer client --time day --amount paid --rate 0.1 --margin 0.3"
LONGEST = 100  # years
RateOption = Annotated[
    float, typer.Option("--rate", metavar="SHARE", help="How much less a year later counts: 0.1 for 10 %.")
]
MarginOption = Annotated[
    float, typer.Option("--margin", metavar="SHARE", help="What is left of what people pay: 0.3 for 30 %.")
]


def equity(
    file: FileArgument = None,
    customer: CustomerOption = "",
    time: TimeOption = "",
    amount: AmountOption = "",
    rate: RateOption = 0.1,
    margin: MarginOption = 1.0,
    retention: Annotated[
        float | None,
        typer.Option("--retention", metavar="SHARE", help="How many stay from year to year; else as was seen."),
    ] = None,
    won: Annotated[
        int | None, typer.Option("--won", metavar="PEOPLE", help="How many are won each year; else as was seen.")
    ] = None,
    acquisition_cost: Annotated[
        float, typer.Option("--acquisition-cost", metavar="AMOUNT", help="What it costs to win one of them.")
    ] = 0.0,
    years: Annotated[int, typer.Option("--years", metavar="YEARS", help="For how many years some are won.")] = 5,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="As it is on this day; else the last.")] = "",
    currency_column: CurrencyColumnOption = "",
    currency: CurrencyOption = "",
    rates: RatesOption = None,
    kind: KindOption = None,
    timezone: ZoneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What all people are worth together, and what moves it.

    Those there now and those to come, if it goes on as in the last year. Of each lever: by what share the whole grows
    with one per cent more of it.
    """
    from vincle.engine import value as engine

    share_of(rate, "--rate", above=0.0001)
    share_of(margin, "--margin", above=0.0001)
    given: dict[str, Any] = {"acquisition_cost": acquisition_cost, "periods": years}
    given |= {} if retention is None else {"retention": share_of(retention, "--retention")}
    given |= {} if won is None else {"won": won}
    if not 0 <= years <= LONGEST:
        raise BadInput(f"--years {years} does not lie from 0 to {LONGEST}.")
    day = day_of(on, "--on")
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
    ) as source:
        log, tills = engine.without_tills(source.transactions)
        seen = engine.levers(log, day or log.last)
    tell_left_out(log.left_out, tills)
    told: dict[str, Any] = {"currency": source.currency or None, "seen": seen.as_json()}
    told |= {"rows_left_out": log.left_out, "flagged": list(tills)}
    if seen.retention is None and retention is None:
        if as_json:
            print_json(told | {"equity": None})
            return
        say(_too_few(seen))
        return
    assumed = seen.assumptions(margin=margin, discount=rate, **given)
    found = engine.equity(assumed)
    ends = seen.between(assumed) if retention is None else None
    if as_json:
        interval = [end.whole for end in ends] if ends else None
        print_json(told | {"assumed": _fields(assumed), "equity": found.as_json() | {"whole_interval": interval}})
        return
    _say(found, ends, seen, assumed.retention, source.currency)


def _fields(assumed: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(assumed)


def _too_few(seen: "Levers") -> str:
    from vincle.engine.value.observed_levers import FEWEST

    return (
        f"Not enough yet: {seen.were:,} people were there on {seen.bridge.opening_day}, and {FEWEST} are needed to "
        "tell how many stay. --retention says it instead."
    )


def _say(
    found: "Equity", ends: "tuple[Equity, Equity] | None", seen: "Levers", retention: float, currency: str
) -> None:
    say(f"{seen.people:,} people are there on {seen.day}; {seen.won:,} of them were not a year before.")
    stay = f"{retention:.1%} stay from year to year"
    if ends and seen.retention:
        low, high = seen.retention[1:]
        stay += f" (95 % interval {low:.1%} to {high:.1%}, of {seen.were:,} people)"
    say(f"{stay}.")
    interval = f"  ({money(ends[0].whole)} to {money(ends[1].whole)}, as more or fewer stay)" if ends else ""
    say(f"{'there now':>12}{money(found.present, currency):>24}")
    say(f"{'to come':>12}{money(found.to_come, currency):>24}")
    say(f"{'whole':>12}{money(found.whole, currency):>24}{interval}")
    for lever, effect in found.effects.items():
        more = "less" if lever == "acquisition_cost" else "more"
        share = "cannot be told" if effect is None else f"{effect:+.2%}"
        say(f"One per cent {more} {lever.replace('_', ' ')}: {share}")
