"""`vincle demo`: from nothing to a year of real relationships, and a link to walk in."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.home import Home

app = new_app()

DEFAULT_HOME = Path("var/demo")
EXAMPLE = "Example: vincle demo --home /tmp/demo --no-serve --json"
OWNER_EMAIL = "owner@demo.invalid"


@app.command(epilog=EXAMPLE)
def demo(
    home: HomeOption = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End after the summary.")] = False,
    host: Annotated[str, typer.Option(help="The address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to serve on.")] = 8000,
    as_json: JsonOption = False,
) -> None:
    """Fill a home with The Complete Journey, a year of 2,469 real households at a grocer's, and open it.

    The home is --home DIR, else VINCLE_HOME, else var/demo. A second time adds nothing and takes seconds.
    """
    import os

    began = time.monotonic()
    place = Home.at(home or os.environ.get("VINCLE_HOME") or DEFAULT_HOME)
    from vincle.cli.commands.init import make

    make(place.path)
    summary, page = _fill(place)
    summary["seconds"] = round(time.monotonic() - began, 1)
    if as_json:
        print_json(summary)
    else:
        _print(summary, place)
    if not no_serve:
        from vincle.cli.commands.serve import serve_home

        _let_somebody_in()
        serve_home(place.path, host=host, port=port, workers=1, threads=8, link_to=page)


def _fill(place: Home) -> tuple[dict[str, Any], str]:
    """What there is in the end, and the page that the demonstration opens on."""
    from vincle.apps.accounts.facade import COMMAND_LINE, change_organisation, organisation
    from vincle.apps.journeys.facade import demo_journey_url
    from vincle.apps.lists.facade import keep_demo_views
    from vincle.apps.sources import facade as sources
    from vincle.apps.today.facade import refresh_reading
    from vincle.apps.value.facade import keep_demo_value
    from vincle.cli.progress import shown_progress
    from vincle.flow import catalogue
    from vincle.flow.overview import overview
    from vincle.kernel.clock import now

    if not overview(place, now=now()).interactions:
        # Before the first row enters, so that money is counted in the data's own currency.
        house = organisation()
        change_organisation(
            actor=COMMAND_LINE,
            now=now(),
            name="The Complete Journey",
            currency="USD",
            country="US",
            timezone="UTC",
            language=house.language,
        )
    with shown_progress("The Complete Journey") as progress:
        this = sources.bring_in_demo(actor=COMMAND_LINE, progress=progress)
    refresh_reading(now=now())
    found = overview(place, now=now())
    if found.last is not None:
        keep_demo_views(actor=COMMAND_LINE, now=now(), last=found.last.date())
    page = demo_journey_url(actor=COMMAND_LINE, now=now())
    keep_demo_value(actor=COMMAND_LINE, now=now())
    summary = {
        "people": found.people,
        "interactions": found.interactions,
        "kinds": catalogue.counts(),
        "first": found.first,
        "last": found.last,
        "import": str(this.uid),
    }
    return summary, page


def _let_somebody_in() -> None:
    """An owner for the login link, unless somebody is here already."""
    from vincle.apps.accounts.facade import COMMAND_LINE, add_user, anybody_here
    from vincle.kernel.clock import now

    if not anybody_here():
        add_user(actor=COMMAND_LINE, now=now(), name="Demo owner", email=OWNER_EMAIL, role="owner")


def _print(summary: dict[str, Any], place: Home) -> None:
    span = f"{summary['first']:%d %b %Y} to {summary['last']:%d %b %Y}"
    say(f"{summary['people']:,} people and {summary['interactions']:,} interactions, {span}.")
    for name, count in summary["kinds"].items():
        say(f"  {count:>9,}  {name}")
    say(f"In {place.path}, in {summary['seconds']} seconds.")
