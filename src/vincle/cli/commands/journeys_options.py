"""What all of `vincle journeys` is told alike: the file or home, its columns, and what of it cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vincle.cli.options import tell
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.journeys import Beside, Cases

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


@contextmanager
def opened_cases(
    file: Path | None, home: Path | None, *, beside: "Beside | None" = None, **columns: str
) -> "Iterator[Cases]":
    """The log of a file, or without one of a home. `columns`: case, activity, time and timezone; `beside`: columns of a
    file that say more.
    """
    from vincle.engine import journeys

    if file is not None:
        with journeys.read(file, beside=beside, **columns) as cases:
            yield cases
        return
    if columns["activity"] or columns["time"]:
        raise BadInput("--activity and --time name columns of a file.", "Give the file too, or leave them out.")
    from vincle.cli.django import ready, require_migrated

    place = ready(home)
    require_migrated()
    import vincle.engine as ve
    from vincle.engine.journeys.logs import PEOPLE
    from vincle.flow import mirror

    mirror.refresh(place)
    with ve.open(place) as log:
        yield journeys.of_log(log, case=columns["case"] or PEOPLE)


def tell_left_out(rows: dict[str, int]) -> None:
    """Say how many rows were left out, for want of what."""
    for what, number in rows.items():
        tell(f"{number:,} rows without {what} were left out.")
