"""`vincle journeys behind`: who is behind a figure of a journey."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.commands.journeys_log import (
    PERSON,
    ActivityOption,
    CaseOption,
    FileArgument,
    JourneyOption,
    TimeOption,
    ZoneOption,
    journey_in,
    of_case,
    opened,
)
from vincle.cli.options import HomeOption, JsonOption, print_json, say

if TYPE_CHECKING:
    from vincle.engine.log import Log

EXAMPLE = "Example: vincle journeys behind --home /srv/vincle --journey client.json --figure here:decline"


def behind(
    figure: Annotated[str, typer.Option("--figure", metavar="FIGURE", help="Such as entered:KEY: docs/journeys.md.")],
    file: FileArgument = None,
    journey: JourneyOption = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The people whom a figure of “map” or “discover” counts, one a line; of a file its cases.

    People whose processing is restricted are in no figure, and not here.
    """
    from vincle.engine import journeys
    from vincle.engine.journeys.behind_figures import cases_behind

    meant = of_case(journey_in(journey, home), case, file) if journey else None
    with opened(file, home, case=case, activity=activity, time=time, timezone=timezone) as log:
        if isinstance(log, journeys.Cases):
            found = sorted(map(str, cases_behind(log, meant, figure, zone=timezone)))
        else:
            found = _uids(log, journeys.behind(log, meant, figure, case=case or PERSON, zone=timezone))
    if as_json:
        print_json({"figure": figure, "cases" if file else "people": len(found), "uids": found})
        return
    for uid in found:
        say(uid)


def _uids(log: "Log", people: Any) -> list[str]:
    rows = log.sql(
        "SELECT uid FROM people WHERE list_contains($people, person) ORDER BY uid", people=people.to_pylist()
    )
    return [str(uid) for (uid,) in rows.fetchall()]
