"""`vincle value`: what relationships are worth."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.options import JsonOption, new_app, print_json, say, tell
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.value import Outcome, Summaries

EXAMPLE = (
    "Example: vincle value fit orders.csv --customer client --time day --amount paid --model auto "
    "--calibration-end 2024-06-30"
)
SHOWN = 20  # people left out that are named

app = new_app("What relationships are worth: who is still there, how often they will come, what they will spend.")


@app.callback(epilog=EXAMPLE)
def value() -> None:
    """What relationships are worth: who is still there, how often they will come, what they will spend."""


@app.command(epilog=EXAMPLE)
def fit(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Transactions: CSV, Parquet, columns aligned with spaces.")
    ],
    customer: Annotated[
        str,
        typer.Option("--customer", metavar="COL", help="The column that says who: its name, or its place from 0 on."),
    ] = "",
    time: Annotated[str, typer.Option("--time", metavar="COL", help="The column that says when.")] = "",
    amount: Annotated[str, typer.Option("--amount", metavar="COL", help="The column that says how much.")] = "",
    model: Annotated[
        str,
        typer.Option("--model", metavar="MODEL", help="bgnbd, mbgnbd, paretonbd, gammagamma, sbg, bgbb or auto."),
    ] = "auto",
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="day, week, month or year.")] = "week",
    calibration_end: Annotated[
        str,
        typer.Option("--calibration-end", metavar="DATE", help="The last day the model is fitted to; else the file's."),
    ] = "",
    holdout_end: Annotated[
        str,
        typer.Option("--holdout-end", metavar="DATE", help="The last day it is checked on; else the file's."),
    ] = "",
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help="Of times that do not say theirs, and whose days count.")
    ] = "UTC",
    as_json: JsonOption = False,
) -> None:
    """Fit a model of how people come back, spend or stay, and check it on what came after. Needs no home.

    With auto the models of coming back are fitted, and the one that foretells best what came after is told.
    """
    from vincle.engine import value as engine
    from vincle.engine.value.outcomes import MODELS
    from vincle.engine.value.summaries import UNITS
    from vincle.engine.value.transactions import zone_named

    chosen, periods = _one_of(model, MODELS, "model"), _one_of(unit, tuple(UNITS), "unit")
    end, until = _day(calibration_end, "--calibration-end"), _day(holdout_end, "--holdout-end")
    today = datetime.now(zone_named(timezone)).date()
    with engine.read(file, customer=customer, time=time, amount=amount, timezone=timezone, today=today) as log:
        known = engine.summarise(log, unit=periods, calibration_end=end, holdout_end=until)
        found = engine.fit(log, known, chosen)
    _tell_left_out(known)
    if as_json:
        print_json(_as_json(found, known))
        return
    _say(found, known)


def _one_of(word: str, known: tuple[Any, ...], what: str) -> Any:
    if word not in known:
        raise BadInput(f"“{word}” is no {what}.", f"Say {', '.join(known[:-1])} or {known[-1]}.")
    return word


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}” is no day.", f"Write {option} as 2024-06-30.") from error


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


def _tell_left_out(known: "Summaries") -> None:
    said = {
        "future": "{:,} rows dated in the future were left out.",
        "people_without_time": "Of {:,} people no row says when.",
    }
    for what, number in known.left_out.items():
        tell(said.get(what, f"{{:,}} rows without {what} were left out.").format(number))
    for who, rows in known.flagged[:SHOWN]:
        tell(f"“{who}” has {rows:,} rows on one day, which no person does, and was left out.")


def _say(found: "Outcome", known: "Summaries") -> None:
    if found.fitted is None:
        say(_why_none(dict(found.choice.why) if found.choice else {}))
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


def _why_none(why: dict[str, Any]) -> str:
    if why.get("reason") == "too_few_people":
        return (
            f"Too few to tell: {why['people']:,} people of whom {why['returned']:,} came again; "
            f"{why['people_needed']} and {why['returned_needed']} are needed."
        )
    return "No model could be fitted: the data do not determine one."


def _share(error: float | None) -> str:
    return "unknown" if error is None else f"{error:+.1%}"
