"""`vincle value fit`: a model of how people come back, spend or stay."""

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
    UnitOption,
    ZoneOption,
    day_of,
    one_of,
    opened,
    tell_left_out,
)
from vincle.cli.options import HomeOption, JsonOption, print_json, say

if TYPE_CHECKING:
    from vincle.engine.value import Outcome, Summaries

EXAMPLE = (
    "Example: vincle value fit orders.csv --customer client --time day --amount paid --model auto "
    "--calibration-end 2024-06-30"
)


def fit(
    file: FileArgument = None,
    customer: CustomerOption = "",
    time: TimeOption = "",
    amount: AmountOption = "",
    model: Annotated[
        str,
        typer.Option("--model", metavar="MODEL", help="bgnbd, mbgnbd, paretonbd, gammagamma, sbg, bgbb or auto."),
    ] = "auto",
    unit: UnitOption = "week",
    calibration_end: Annotated[
        str,
        typer.Option("--calibration-end", metavar="DATE", help="The last day the model is fitted to; else the file's."),
    ] = "",
    holdout_end: Annotated[
        str,
        typer.Option("--holdout-end", metavar="DATE", help="The last day it is checked on; else the file's."),
    ] = "",
    currency_column: CurrencyColumnOption = "",
    currency: CurrencyOption = "",
    rates: RatesOption = None,
    kind: KindOption = None,
    timezone: ZoneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fit a model of coming back, spending or staying, and check it.

    It is checked on what came after the calibration. A file needs no home. With auto the models of coming back are
    fitted, and the one that foretells best what came after is told.
    """
    from vincle.engine import value as engine
    from vincle.engine.value.outcomes import MODELS
    from vincle.engine.value.summaries import UNITS

    chosen, periods = one_of(model, MODELS, "model"), one_of(unit, tuple(UNITS), "unit")
    end, until = day_of(calibration_end, "--calibration-end"), day_of(holdout_end, "--holdout-end")
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
        known = engine.summarise(source.transactions, unit=periods, calibration_end=end, holdout_end=until)
        found = engine.fit(source.transactions, known, chosen)
    tell_left_out(known.left_out, known.flagged)
    if as_json:
        print_json(_as_json(found, known))
        return
    _say(found, known)


def _as_json(found: "Outcome", known: "Summaries") -> dict[str, Any]:
    said = found.as_json()
    if said["holdout"] is not None:
        period = {"from": known.calibration_end, "to": known.holdout_end, "length": known.horizon}
        said["holdout"] = period | said["holdout"]
    return said | {
        "unit": known.unit,
        "calibration_end": known.calibration_end,
        "rows_left_out": known.left_out,
        "flagged": [[who, rows] for who, rows in known.flagged],
    }


def _say(found: "Outcome", known: "Summaries") -> None:
    if found.fitted is None:
        say(why_none(dict(found.choice.why) if found.choice else {}))
        return
    fitted = found.fitted
    say(f"{fitted.model}: {fitted.n:,} people, log-likelihood {fitted.loglik:,.2f}.")
    for name, at in fitted.params.items():
        error = f" ± {fitted.standard_errors[name]:.4g}" if fitted.standard_errors else ""
        say(f"{name:>10}  {at:.5g}{error}")
    for remark in fitted.remarks:
        say(remark)
    if found.choice and found.choice.why["reason"] == "rule_is_better":
        say(f"The rule “{str(found.choice.chosen).replace('_', ' ')}” foretells better than any model.")
    if found.holdout is None:
        return
    say()
    say(f"From {known.calibration_end} to {known.holdout_end}, by how often people had come again:")
    say(f"{'':>10}{'people':>10}{'expected':>10}{'actual':>10}")
    for each in found.holdout.by_frequency:
        say(f"{each.frequency:>10}{each.people:>10,}{each.expected:>10.3f}{each.actual:>10.3f}")
    for name, check in [(fitted.model, found.holdout), *found.rivals.items()]:
        say(f"Error of one person {check.root_mean_squared_error:.3f}, of all {_share(check.total_error)}: {name}")


def why_none(why: dict[str, Any]) -> str:
    """Why no model can be told, in a sentence."""
    if why.get("reason") == "one_day":
        return "All there is happened on one day: what people will do cannot be told from that."
    if why.get("reason") == "short":
        return "All there is happened in so few days that what people will do cannot be told from it."
    if why.get("reason") == "too_few_people" and "returned" in why:
        return (
            f"Too few to tell: {why['people']:,} people of whom {why['returned']:,} came again; "
            f"{why['people_needed']} and {why['returned_needed']} are needed."
        )
    if why.get("reason") == "too_few_people":
        return f"Too few to tell: {why['people']:,} people; {why['people_needed']} are needed."
    return "No model could be fitted: the data do not determine one."


def _share(error: float | None) -> str:
    return "unknown" if error is None else f"{error:+.1%}"
