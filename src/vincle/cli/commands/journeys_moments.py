"""`vincle journeys moments`: what at the beginning of cases goes with how they go on."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.commands.journeys_log import (
    ActivityOption,
    CaseOption,
    FileArgument,
    TimeOption,
    ZoneOption,
    journey_in,
    of_case,
    opened,
    opened_cases,
    tell_left_out,
)
from vincle.cli.options import HomeOption, JsonOption, print_json, say
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.journeys import Beside
    from vincle.engine.journeys.journey import Aim, Journey

EXAMPLE = "Example: vincle journeys moments orders.csv --case client --activity step --time when --outcome buy"
SURE = 0.05  # the share of false discoveries up to which one is told without a doubt
SHOWN = 20
FIRST_DAYS, WITHIN_DAYS = 30, 90
ALIKE = 0.1  # standard deviations up to which both sides count as alike


def moments(
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="STEP",
            help="The step that is to happen; for churn, amount and satisfaction of which step, else of everything.",
        ),
    ] = "",
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    kind: Annotated[
        str,
        typer.Option(
            "--outcome-kind",
            metavar="KIND",
            help="What of it: step, completion, churn, amount or satisfaction; of a journey stage.",
        ),
    ] = "step",
    journey: Annotated[
        Path | None,
        typer.Option(
            "--journey",
            metavar="FILE.json",
            help="The outcome is the aim of this journey; with --outcome-kind stage, its stage --outcome.",
        ),
    ] = None,
    first: Annotated[
        float | None,
        typer.Option("--first", metavar="DAYS", help="How long the first time is: 30, or as the aim says."),
    ] = None,
    within: Annotated[
        float | None, typer.Option("--within", metavar="DAYS", help="How long the time after is: 90, or as it says.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="It counts although they had it before.")] = False,
    exposures: Annotated[
        str,
        typer.Option(
            "--exposures",
            metavar="LIST",
            help="What is asked about, of steps, pairs, waits, touchpoints, staff: the first two, of a journey three.",
        ),
    ] = "",
    adjust: Annotated[
        str, typer.Option("--adjust", metavar="LIST", help="What is heeded of beginning, start, else; or nothing.")
    ] = "beginning,start,else",
    attribute: Annotated[
        list[str] | None,
        typer.Option(
            "--attribute",
            metavar="COL",
            help="Heeded too: a column (of a case its first value counts), of a home an attribute. As often as wanted.",
        ),
    ] = None,
    randomised_by: Annotated[
        str,
        typer.Option(
            "--randomised-by",
            metavar="COL",
            help="A column, of a home an attribute, with the two arms into which a lot has put cases: compare these.",
        ),
    ] = "",
    staff: Annotated[str, typer.Option("--staff", metavar="COL", help="The column that says who took part.")] = "",
    channel: Annotated[str, typer.Option("--channel", metavar="COL", help="The column that says by which way.")] = "",
    amount: Annotated[str, typer.Option("--amount", metavar="COL", help="The column of money.")] = "",
    score: Annotated[str, typer.Option("--score", metavar="COL", help="The column of satisfaction.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What at the beginning of cases goes with an outcome in the time after, other things being equal.

    Observational, unless a lot decided: what is not heeded is not adjusted for. A file needs no home.
    """
    from vincle.engine import journeys
    from vincle.engine.journeys import Outcome

    attributes = list(attribute or ())
    beside = _beside(file, attributes, randomised_by, staff=staff, channel=channel, amount=amount, score=score)
    columns: dict[str, Any] = {"case": case, "activity": activity, "time": time, "timezone": timezone}
    asked: dict[str, Any] = {
        "adjust": [word for word in _words(adjust) if word != "nothing"],
        "attributes": attributes,
        **({"exposures": _words(exposures)} if exposures else {}),
    }
    if journey is not None:
        if randomised_by:
            raise BadInput("What a lot decided is not asked of a journey.", "Leave --journey or --randomised-by out.")
        aimed, aim = _aimed(of_case(journey_in(journey, home), case, file), kind, outcome, first, within, again=again)
        first, within = aim.first_days, aim.within_days
        with opened(file, home, beside=beside, **columns) as whole:
            found = journeys.moments_of(whole, aimed, **asked).as_json()
            left_out = whole.left_out if isinstance(whole, journeys.Cases) else {}
    else:
        first, within = FIRST_DAYS if first is None else first, WITHIN_DAYS if within is None else within
        asked |= {"first_days": first, "within_days": within, "randomised_by": randomised_by}
        with opened_cases(file, home, beside=beside, **columns) as log:
            found = journeys.moments(log, outcome=Outcome(kind, outcome, again), **asked).as_json()
            left_out = log.left_out
    tell_left_out(left_out)
    if as_json:
        print_json(found | {"rows_left_out": left_out})
        return
    _say(found, first, within)


def _aimed(
    journey: "Journey", kind: str, outcome: str, first: float | None, within: float | None, *, again: bool
) -> "tuple[Journey, Aim]":
    """The journey with the aim that is asked about: its own or a stage of it, with other days where they are said."""
    import msgspec

    from vincle.engine.journeys.journey import Aim, checked

    aim = journey.aim
    if kind == "stage":
        days = aim or Aim()
        aim = Aim(stage=outcome, first_days=days.first_days, within_days=days.within_days)
    elif outcome or kind != "step":
        raise BadInput(
            "Of a journey the outcome is its aim, or one of its stages.", "Say --outcome-kind stage, or leave it out."
        )
    if aim is None:
        raise BadInput(
            f"“{journey.name}” does not say what should come of it.", "Say --outcome-kind stage --outcome STAGE."
        )
    changes: dict[str, Any] = {"first_days": first, "within_days": within, "again": again or None}
    aim = msgspec.structs.replace(aim, **{name: said for name, said in changes.items() if said is not None})
    return checked(msgspec.structs.replace(journey, aim=aim)), aim


def _words(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",") if word.strip()]


def _beside(file: Path | None, attributes: list[str], randomised_by: str, **columns: str) -> "Beside | None":
    from vincle.engine.journeys import Beside

    if file is None:
        if any(columns.values()):
            named = ", ".join(f"--{name}" for name, column in columns.items() if column)
            raise BadInput(f"{named} names a column of a file.", "The log of a home knows that by itself.")
        return None
    said = tuple(dict.fromkeys([*attributes, *([randomised_by] if randomised_by else [])]))
    return Beside(**columns, attributes=said) if said or any(columns.values()) else None


def _say(found: Mapping[str, Any], first: float, within: float) -> None:
    at, low, high = (_written(value, found) for value in found["average"])
    of = f" “{found['outcome']}”" if found["outcome"] else ""
    if found["outcome_kind"] in {"step", "completion", "stage"}:
        say(
            f"{found['outcomes']:,} of {found['cases']:,} cases came to{of} "
            f"within {within:g} days after their first {first:g}."
        )
    else:
        say(
            f"{found['cases']:,} cases, {found['outcome_kind']}{of} within {within:g} days after their "
            f"first {first:g}: on average {at} ({low} to {high})."
        )
    for each in found["moments"][:SHOWN]:
        if each["estimate"] is None:
            say(f"{'too few':>32}  {_named(each)}")
            continue
        at, low, high = (_written(each[name], found, sign=True) for name in ("estimate", "low", "high"))
        sure = "" if each["q"] <= SURE else "  (may be chance)"
        unlike = [name for name, (_before, after) in each["balance"].items() if after > ALIKE]
        still = f"  (sides still unlike in {', '.join(unlike)})" if unlike else ""
        say(f"{at} ({low} to {high})  {each['having']:>9,} cases  {_named(each)}{sure}{still}")
    if found["kind"] == "randomised":
        say(f"Randomised by “{found['randomised_by']}”, as you say: whether a lot decided cannot be seen here.")
    else:
        say("Observational: other things that differ between these cases may be the reason.")


def _written(value: float, found: Mapping[str, Any], *, sign: bool = False) -> str:
    plus = "+" if sign else ""
    if found["unit"] == "share":
        return f"{100 * value:{plus}.1f} points" if sign else f"{value:.1%}"
    return f"{value:{plus},.2f}" + (f" {found['currency']}" if found["currency"] else "")


def _named(moment: Mapping[str, Any]) -> str:
    """An exposure in a few words."""
    what = f"{moment['former']} → {moment['step']}" if moment["former"] else str(moment["step"])
    if moment["what"] == "wait":
        return f"{what} after more than {moment['seconds'] / 86_400:.1f} days"
    if moment["what"] in {"channel", "place"}:
        return f"{what} ({moment['what']}: {moment['of']})"
    if moment["what"] == "staff":
        return f"with {moment['of']}"
    if moment["what"] == "arm":
        return f"{moment['of']}, against {moment['against']}"
    return what
