"""`vincle value bridge`: why the value of relationships changed between two days."""

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
    one_of,
    opened,
    tell_left_out,
)
from vincle.cli.commands.value_out import money
from vincle.cli.options import HomeOption, JsonOption, print_json, say
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.value import Bridge

EXAMPLE = "Example: vincle value bridge --home /srv/vincle --from 2023-12-31 --to 2024-12-31 --by month"
PARTS = ("opening", "new", "kept", "recovered", "lost", "closing")
LONGEST = 3_650  # days


def bridge(
    opening: Annotated[str, typer.Option("--from", metavar="DATE", help="The day on which it opens.")],
    closing: Annotated[str, typer.Option("--to", metavar="DATE", help="The day on which it closes.")],
    file: FileArgument = None,
    customer: CustomerOption = "",
    time: TimeOption = "",
    amount: AmountOption = "",
    by: Annotated[
        str, typer.Option("--by", metavar="PERIOD", help="One bridge after the other: by month, quarter or year.")
    ] = "",
    window: Annotated[
        int, typer.Option("--window", metavar="DAYS", help="What people paid in so many days until each day is worth.")
    ] = 365,
    currency_column: CurrencyColumnOption = "",
    currency: CurrencyOption = "",
    rates: RatesOption = None,
    kind: KindOption = None,
    timezone: ZoneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Why the value changed between two days, to the cent.

    What people were worth on the first, what new ones brought, the change in those kept, what those recovered brought,
    what was lost with others, and what people are worth on the last. What somebody is worth is what they paid in the
    days until then, less what they were given back.
    """
    from vincle.engine import value as engine
    from vincle.engine.value.calendar_bridges import MONTHS

    first, last = day_of(opening, "--from"), day_of(closing, "--to")
    if first is None or last is None:
        raise BadInput("A bridge leads from one day to a later one.", "Say --from and --to.")
    if not 1 <= window <= LONGEST:
        raise BadInput(f"--window {window} does not lie from 1 to {LONGEST:,} days.", "Say it in days, such as 365.")
    periods = one_of(by, tuple(MONTHS), "period") if by else None
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
        whole = engine.bridge(log, first, last, window=window)
        steps = engine.bridges(log, first, last, by=periods, window=window) if periods else []
    tell_left_out(log.left_out, tills)
    if as_json:
        print_json(_as_json(whole, steps, source.currency) | {"rows_left_out": log.left_out, "flagged": list(tills)})
        return
    _say(whole, source.currency)
    if steps:
        _say_steps(steps)


def _as_json(whole: "Bridge", steps: "list[Bridge]", currency: str) -> dict[str, Any]:
    return whole.as_json() | {"currency": currency or None, "steps": [step.as_json() for step in steps]}


def _say(whole: "Bridge", currency: str) -> None:
    people = whole.people
    were, are = people["kept"] + people["lost"], people["kept"] + people["new"] + people["recovered"]
    counted = {"opening": were, "closing": are, **people}
    signs = {"lost": -1}
    for part in PARTS:
        at = getattr(whole, part) * signs.get(part, 1)
        day = {"opening": whole.opening_day, "closing": whole.closing_day}.get(part, "")
        say(f"{part:>10}{money(at, currency):>22}{counted[part]:>10,} people  {day}".rstrip())


def _say_steps(steps: "list[Bridge]") -> None:
    say()
    say(f"{'until':<10}" + "".join(f"{part:>15}" for part in PARTS))
    for step in steps:
        amounts = (getattr(step, part) * (-1 if part == "lost" else 1) for part in PARTS)
        say(f"{step.closing_day}" + "".join(f"{money(at):>15}" for at in amounts))
