"""`vincle journeys compare`: two groups or two periods side by side."""

import re
from datetime import date, datetime, timedelta
from datetime import time as midnight
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from vincle.cli.commands.journeys_archetype import cases_in
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
    from vincle.engine.journeys import Cases, Compared, Group
    from vincle.engine.log import Log

EXAMPLE = "Example: vincle journeys compare --period 2024-01-01..2024-06-30 --with 2024-07-01..2024-12-31 --within 90"
SHOWN = 20
SURE = 0.05  # the share of false discoveries up to which a difference is told without a doubt
_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


def compare(
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    by: Annotated[
        str, typer.Option("--by", metavar="NAME=VALUE", help="People of a home with this attribute, and those without.")
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="DAY..DAY", help="Cases that began in it, with both days.")
    ] = "",
    cases: Annotated[
        Path | None, typer.Option("--cases", metavar="FILE.txt", help="These cases, one a line, and all others.")
    ] = None,
    other: Annotated[
        str, typer.Option("--with", metavar="OTHER", help="What it is compared with: a value, a period, a file.")
    ] = "",
    within: Annotated[
        float | None, typer.Option("--within", metavar="DAYS", help="Only what they do in so many days from the first.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What differs between two groups or two periods: steps, connections, ways, times; with 95 % intervals.

    Observational: the groups may differ in other things as well. A file needs no home.
    """
    from vincle.engine import journeys
    from vincle.engine.log import Log

    if sum(map(bool, (by, period, cases))) != 1:
        raise BadInput("Say by what to compare: one of --by, --period and --cases.")
    with opened(file, home, case=case, activity=activity, time=time, timezone=timezone) as log:
        read = journeys.of_log(log, case=case or PERSON) if isinstance(log, Log) else log
        if by:
            if not isinstance(log, Log) or case not in {"", PERSON}:
                raise BadInput("--by compares the people of a home.", "Of a file, --cases compares those you name.")
            first, second = _by_attribute(log, by, other)
        elif period:
            first, second = _of_period(period, timezone), _of_period(other, timezone)
        else:
            first, second = _of_files(read, cases, other)
        found = journeys.compare(read, first, second, within_days=within)
    if as_json:
        print_json(found.as_json())
        return
    for name, size, not_over in zip(found.names, found.cases, found.not_over, strict=True):
        say(f"{size:>10,} cases  {name}")
        if not_over:
            tell(f"{not_over:,} more cases of “{name}” are not known for that long.")
    for each in found.compared[:SHOWN]:
        say(_line(each))
    say("Observational: other things that differ between these cases may be the reason.")


def _by_attribute(log: "Log", by: str, other: str) -> "tuple[Group, Group]":
    from vincle.engine.journeys import Group

    name, equals, value = by.partition("=")
    if not equals:
        raise BadInput(f"“{by}” says no value.", "Say it so: --by income=high")
    rows = log.sql(
        "SELECT person, attributes[$name] AS value FROM people WHERE attributes[$name] IS NOT NULL", name=name
    ).fetchall()
    told = sorted({said for _person, said in rows})
    if wrong := next((one for one in (value, other) if one and one not in told), None):
        raise BadInput(f"Nobody has “{name}” “{wrong}”.", f"There are: {', '.join(told[:20])}." if told else "")
    return (
        Group(by, [person for person, said in rows if said == value]),
        Group(
            f"{name}={other}" if other else f"{name} otherwise",
            [person for person, said in rows if (said == other if other else said != value)],
        ),
    )


def _of_period(text: str, timezone: str) -> "Group":
    from vincle.engine.journeys import Group

    try:
        days = [date.fromisoformat(day) for day in found.groups()] if (found := _PERIOD.fullmatch(text)) else []
        zone = ZoneInfo(timezone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise BadInput(f"{error}.") from error
    if len(days) != 2 or days[0] > days[1]:
        raise BadInput(f"“{text}” is no period.", "Say it so: 2024-01-01..2024-03-31, and the other one by --with.")
    since, until = (datetime.combine(day, midnight(), zone) for day in (days[0], days[1] + timedelta(days=1)))
    return Group(text, since=int(since.timestamp()) * 1_000_000, until=int(until.timestamp()) * 1_000_000)


def _of_files(read: "Cases", path: Path | None, other: str) -> "tuple[Group, Group]":
    from vincle.engine.journeys import Group

    assert path is not None  # noqa: S101 - asked before
    named = cases_in(path, read)
    if other:
        return Group(path.name, named), Group(other, cases_in(Path(other), read))
    return Group(path.name, named), Group("all others", named, without=True)


def _line(each: "Compared") -> str:
    differs, what = each.difference, " → ".join(each.path) or "the whole journey"
    if each.what in {"duration", "pause"}:
        told = f"{differs.at / 86_400:+.2f} days ({differs.low / 86_400:+.2f} to {differs.high / 86_400:+.2f})"
    else:
        told = f"{100 * differs.at:+.1f} points ({100 * differs.low:+.1f} to {100 * differs.high:+.1f})"
    doubt = "  (too few to tell)" if each.q is None else "  (may be chance)" if each.q > SURE else ""
    return f"{told:>34}  {each.what}: {what}{doubt}"
