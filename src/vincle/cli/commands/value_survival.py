"""`vincle value survival`: how long contracts last."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.commands.value_log import (
    CurrencyOption,
    CustomerOption,
    FileArgument,
    KindOption,
    RatesOption,
    TimeOption,
    UnitOption,
    ZoneOption,
    one_of,
    opened,
    tell_left_out,
)
from vincle.cli.options import HomeOption, JsonOption, print_json, say
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.value import Fitted, Survival

EXAMPLE = "Example: vincle value survival fees.csv --customer member --time paid_on --unit month"
SHOWN = 40  # times that are printed for people


def survival(
    file: FileArgument = None,
    customer: CustomerOption = "",
    time: TimeOption = "",
    unit: UnitOption = "month",
    duration: Annotated[
        str,
        typer.Option("--duration", metavar="COL", help="Instead of --customer, --time: how long each was there."),
    ] = "",
    ended: Annotated[
        str, typer.Option("--ended", metavar="COL", help="With --duration: whether they ended then, yes or no.")
    ] = "",
    currency: CurrencyOption = "",
    rates: RatesOption = None,
    kind: KindOption = None,
    timezone: ZoneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """How long contracts last (Kaplan-Meier), beside the model sBG.

    Somebody has a contract from their first payment on, until a period of the calendar goes by without one.
    """
    from vincle.engine import value as engine
    from vincle.engine.value.summaries import UNITS
    from vincle.engine.value.summarising import as_contracts, contracts

    tills: Sequence[tuple[Any, int]] = ()
    if duration or ended:
        found, left_out = _of_columns(file, duration, ended)
        fitted, counted_in = None, None
    else:
        counted_in = one_of(unit, tuple(UNITS), "unit")
        with opened(
            file,
            home,
            customer=customer,
            time=time,
            currency=currency,
            rates=rates,
            kinds=kind,
            timezone=timezone,
            needs_money=False,
        ) as source:
            known = engine.summarise(source.transactions, unit=counted_in)
            periods = as_contracts(contracts(source.transactions, known))
            if not periods.people.sum():
                raise BadInput(
                    f"No {counted_in} has gone by in which a contract could be renewed.", "Say a shorter --unit."
                )
            found = engine.of_contracts(periods)
            fitted = engine.fit(source.transactions, known, "sbg").fitted
        left_out, tills = known.left_out, known.flagged
    tell_left_out(left_out, tills)
    if as_json:
        told = found.as_json() | {"unit": counted_in, "sbg": _model(found, fitted)}
        print_json(told | {"rows_left_out": left_out, "flagged": list(tills)})
        return
    _say(found, fitted, counted_in)


def _of_columns(file: Path | None, duration: str, ended: str) -> "tuple[Survival, dict[str, int]]":
    from vincle.engine import value as engine

    if file is None:
        raise BadInput("--duration and --ended name columns of a file.", "Give the file too, or leave them out.")
    durations, gone, left_out = engine.read_durations(file, duration=duration, ended=ended)
    return engine.kaplan_meier(durations, gone), left_out


def _model(found: "Survival", fitted: "Fitted | None") -> dict[str, Any] | None:
    """What sBG says, of each of the times at which somebody ended."""
    from vincle.engine.value.sbg import SBG

    if fitted is None or not fitted.converged:
        return None
    times = found.time[found.ended > 0].astype(int)
    share = SBG.survival(fitted.params, int(found.time.max()))
    return fitted.as_json() | {"share": share[times].tolist()}


def _say(found: "Survival", fitted: "Fitted | None", unit: str | None) -> None:
    told, model = found.as_json(), _model(found, fitted)
    say(f"{told['people']:,} were there, {told['ended']:,} have ended.")
    at, low, high = told["median"]
    in_units = f" {unit}s" if unit else ""
    if at is None:
        say("More than half are still there.")
    else:
        ends = f"{'?' if low is None else f'{low:g}'} to {'?' if high is None else f'{high:g}'}"
        say(f"Half have ended after {at:g}{in_units} (95 % interval: {ends}).")
    if not told["times"]:
        return
    say(f"{'after':>10}{'at risk':>10}{'ended':>8}{'there':>9}{'95 % interval':>20}{'sBG' if model else '':>9}")
    for place, row in enumerate(told["times"][:SHOWN]):
        interval = "-" if row["low"] is None else f"{row['low']:.1%} to {row['high']:.1%}"
        beside = f"{model['share'][place]:>9.1%}" if model else ""
        say(f"{row['time']:>10g}{row['at_risk']:>10,}{row['ended']:>8,}{row['share']:>9.1%}{interval:>20}{beside}")
    if len(told["times"]) > SHOWN:
        say(f"... and {len(told['times']) - SHOWN:,} later times: --json tells all.")
