"""`vincle journeys export`: cases, or the stages they entered, for other tools of the field."""

from pathlib import Path
from typing import Annotated

import typer

from vincle.cli.commands.journeys_log import PERSON, JourneyOption, journey_in, of_case, opened
from vincle.cli.options import HomeOption, JsonOption, print_json, say
from vincle.kernel.errors import BadInput

EXAMPLE = "Example: vincle journeys export --home /srv/vincle --journey client.json --to stages.xes.gz"


def export(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="An event log: .xes, or .xes.gz.")],
    journey: JourneyOption = None,
    case: Annotated[str, typer.Option("--case", metavar="TYPE", help="person, or a type of things: order.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the log of a home as cases with their steps (XES): kinds of interaction, or stages of a journey.

    “vincle export” writes the whole log with its objects (OCEL 2.0).
    """
    from vincle.engine.export import export as run
    from vincle.engine.journeys.writing import write_stages
    from vincle.engine.log import Log

    if not to.name.lower().endswith((".xes", ".xes.gz")):
        raise BadInput(f"{to.name} is not named as an event log.", "Let its name end in .xes or .xes.gz.")
    meant = of_case(journey_in(journey, home), case, None) if journey else None
    with opened(None, home, case=case) as log:
        assert isinstance(log, Log)  # noqa: S101 - without a file it is a home's
        counts = write_stages(log, meant, to) if meant else run(log, to, format="xes", case=case or PERSON)
    if as_json:
        print_json({"file": to.absolute(), **counts})
    else:
        say(f"{to} holds {', '.join(f'{count:,} {what}' for what, count in counts.items())}.")
