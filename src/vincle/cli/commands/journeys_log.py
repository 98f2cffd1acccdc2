"""What the commands of `vincle journeys` read: a file or the log of a home, designs and journeys; and their options."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vincle.cli.commands.journeys_home import journey_of_home
from vincle.cli.options import tell
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.journeys import Beside, Cases, DesignStep
    from vincle.engine.journeys.journey import Journey
    from vincle.engine.log import Log

PERSON = "person"

DesignOption = Annotated[
    Path,
    typer.Option(
        "--design",
        metavar="FILE.json",
        help="Steps, or a journey, as they should be: docs/journeys.md. Or a journey of the home: address or name.",
    ),
]
FileArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]", help="An event log (XES), CSV, Parquet or other file; without it, the home's log."
    ),
]
CaseOption = Annotated[
    str,
    typer.Option(
        "--case",
        metavar="COL",
        help="The column that says which case a row is of. Of a home's log: a type of thing; else people are cases.",
    ),
]
ActivityOption = Annotated[str, typer.Option("--activity", metavar="COL", help="The column that says what was done.")]
TimeOption = Annotated[str, typer.Option("--time", metavar="COL", help="The column that says when.")]
ZoneOption = Annotated[str, typer.Option("--timezone", metavar="ZONE", help="Of times that do not say theirs.")]
JourneyOption = Annotated[
    Path | None,
    typer.Option(
        "--journey",
        metavar="FILE.json",
        help="Its stages are the steps, as cases entered them. A file, or a journey of the home: address or name.",
    ),
]


@contextmanager
def opened(
    file: Path | None,
    home: Path | None,
    *,
    case: str = "",
    activity: str = "",
    time: str = "",
    timezone: str = "UTC",
    beside: "Beside | None" = None,
) -> "Iterator[Log | Cases]":
    """A file of cases (`beside`: columns that say more), or without one the log of a home, brought up to date."""
    from vincle.engine import journeys

    if file is not None:
        with journeys.read(file, case=case, activity=activity, time=time, timezone=timezone, beside=beside) as cases:
            yield cases
        return
    if activity or time:
        raise BadInput("--activity and --time name columns of a file.", "Give the file too, or leave them out.")
    from vincle.cli.django import ready, require_migrated

    place = ready(home)
    require_migrated()
    import vincle.engine as ve
    from vincle.flow import mirror

    mirror.refresh(place)
    with ve.open(place) as log:
        yield log


@contextmanager
def opened_cases(
    file: Path | None,
    home: Path | None,
    *,
    journey: Path | None = None,
    beside: "Beside | None" = None,
    **columns: str,
) -> "Iterator[Cases]":
    """The events of cases, or the stages of a journey that they entered; see `opened`."""
    from vincle.engine import journeys

    with opened(file, home, beside=beside, **columns) as log:
        if journey is not None:
            yield journeys.of_stages(log, of_case(journey_in(journey, home), columns["case"], file))
        elif isinstance(log, journeys.Cases):
            yield log
        else:
            yield journeys.of_log(log, case=columns["case"] or PERSON)


def tell_left_out(rows: dict[str, int]) -> None:
    """Say how many rows were left out, for want of what."""
    for what, number in rows.items():
        tell(f"{number:,} rows without {what} were left out.")


def design_in(path: Path, home: Path | None) -> "list[DesignStep] | Journey":
    """A design, or a journey, which has "stages"; or one of a home. Raises `BadInput` for what is neither."""
    from vincle.engine.journeys import design, journey

    if not path.exists():
        return journey_of_home(str(path), home)
    text = _text(path)
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    return journey.from_data(said) if isinstance(said, dict) and "stages" in said else design.from_json(text)


def journey_in(path: Path, home: Path | None) -> "Journey":
    """The journey in a file; where there is no such file, the one of a home with that address or name. Raises
    `BadInput` for what is none.
    """
    from vincle.engine.journeys import journey

    if not path.exists():
        return journey_of_home(str(path), home)
    return journey.from_json(_text(path))


def of_case(journey: "Journey", case: str, file: Path | None) -> "Journey":
    """The journey of what `--case` says; of a file that is a column, and the journey is that of its cases."""
    import msgspec

    return msgspec.structs.replace(journey, case=case) if case and file is None else journey


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"“{path.name}” cannot be read as text.", "Give a JSON file that holds the design.") from error
