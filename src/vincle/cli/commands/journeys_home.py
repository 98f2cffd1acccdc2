"""The designed journeys of a home: `vincle journeys list`, and the one that another command means by its name."""

from pathlib import Path
from typing import TYPE_CHECKING

from vincle.cli.options import HomeOption, JsonOption, print_json, say
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from vincle.engine.journeys.journey import Journey

EXAMPLE = "Example: vincle journeys list --home /srv/vincle"


def list_(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """The designed journeys of a home, those changed last first.

    Other commands take the address of one, or its name, as --journey (of “conform” and “funnel”: --design).
    """
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.journeys.facade import designed_journeys

    found = designed_journeys()
    if as_json:
        print_json([{"uid": each.uid, "name": each.name, "changed_at": each.changed_at} for each in found])
        return
    for each in found:
        say(f"{each.uid}  {each.changed_at:%Y-%m-%d}  {each.name}")


def journey_of_home(named: str, home: Path | None) -> "Journey":
    """The designed journey of a home with that address or exactly that name. Raises `BadInput` when there is none, or
    several have the name.
    """
    if not Home.at(home).settings_file.is_file():
        raise BadInput(
            f"There is no file “{named}”.", "Give a file that holds the journey, or the home of which it is one."
        )
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.journeys.facade import journey_named

    try:
        return journey_named(named)
    except NotFound as error:
        raise BadInput(
            f"There is neither a file “{named}” nor a designed journey of that name or address.",
            "“vincle journeys list” says which there are.",
        ) from error
