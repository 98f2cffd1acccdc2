"""`vincle journeys archetype`: somebody real who stands for a group."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.commands.journeys_log import (
    PERSON,
    ActivityOption,
    CaseOption,
    FileArgument,
    TimeOption,
    ZoneOption,
    opened,
)
from vincle.cli.options import HomeOption, JsonOption, print_json, say, tell
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.journeys import Cases

EXAMPLE = "Example: vincle journeys archetype orders.csv --case order --activity step --time when --groups 3"
OnlyOption = Annotated[
    Path | None, typer.Option("--only", metavar="FILE.txt", help="The cases that count, one a line; else all.")
]


def archetype(
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    groups: Annotated[int, typer.Option("--groups", metavar="K", help="Tell so many groups apart.")] = 1,
    only: OnlyOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The case that is most like all others, or most like those of each group. A file needs no home.

    Of a home's log with people as cases, what they spent counts too.
    """
    from vincle.engine import journeys
    from vincle.engine.log import Log

    with opened(file, home, case=case, activity=activity, time=time, timezone=timezone) as log:
        cases = journeys.of_log(log, case=case or PERSON) if isinstance(log, Log) else log
        money = isinstance(log, Log) and case in {"", PERSON}
        people = None if only is None else cases_in(only, cases)
        found = journeys.archetypes(cases, groups=groups, people=people, money=money)
        left_out = cases.left_out
    for what, number in left_out.items():
        tell(f"{number:,} rows without {what} were left out.")
    if as_json:
        print_json(found.as_json() | {"rows_left_out": left_out})
        return
    if not found.clear:
        say(f"There are no clear groups (silhouette {found.silhouette:.2f}); these are {groups} all the same.")
    for one in found.archetypes:
        say(f"{one.case} stands for {one.cases:,} of {found.cases:,} ({one.share:.0%}).")
        say(
            f"    Mean distance {one.mean_distance:.3f}; between any two {one.between:.3f}; "
            f"{one.nearer:.0%} are nearer to it than that."
        )
        for trait in one.traits:
            if trait.value or trait.median:
                say(f"{_number(trait.value):>12} (half up to {_number(trait.median)})  {trait.name}")


def cases_in(path: Path, cases: "Cases") -> list[Any]:
    """The names of cases in a file, one a line, as the log has them. Raises `BadInput` when it cannot be read."""
    try:
        lines = [line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"“{path.name}” cannot be read as text.", "Give a file with one case a line.") from error
    if cases.named:
        return lines
    if wrong := next((line for line in lines if not line.isdecimal()), None):
        raise BadInput(f"“{wrong}” is no number of a case.")
    return [int(line) for line in lines]


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:,.4g}"
