"""`vincle init`: make a home, or bring one up to date."""

from pathlib import Path
from typing import Annotated

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import Refused
from vincle.kernel.home import Home

app = new_app()


@app.command(epilog="Example: vincle init --home /srv/vincle")
def init(
    home: HomeOption = None,
    database_url: Annotated[
        str, typer.Option(metavar="URL", help="A PostgreSQL database to keep the log in, instead of SQLite.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Make a home folder with its database, or bring an existing one up to date. Asks nothing; can be run again."""
    place = make(home, database_url=database_url)
    kind = "SQLite" if place.is_sqlite else "PostgreSQL"
    if as_json:
        print_json({"home": place.path, "database": kind.lower()})
        return
    say(f"The home in {place.path} is ready ({kind}).")
    say("Next: “vincle user add EMAIL --role owner”, “vincle import FILE”, “vincle serve”.")


def make(path: Path | None, *, database_url: str = "") -> Home:
    """Make the home at `path` (else VINCLE_HOME, else var/vincle), or bring it up to date; returns it.

    Raises `BadInput` when the database address cannot be used, `NotReady` when the database does not answer, and
    `Refused` when the home has another database: then nothing has been made or changed.
    """
    from vincle.cli.django import ready

    wished = Home.at(path)
    _refuse_another_database(wished, database_url)
    home = ready(path, database_url=database_url, home_required=False)
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor != "sqlite":
        connection.ensure_connection()
    home.create(database_url=database_url)
    call_command("migrate", verbosity=0, interactive=False)
    from vincle.flow import catalogue
    from vincle.flow.jobs import schedule
    from vincle.kernel import clock

    catalogue.seed()
    schedule.sync(now=clock.now())
    return home


def _refuse_another_database(home: Home, database_url: str) -> None:
    if database_url and home.exists and home.database_url != database_url:
        raise Refused(
            f"The home in {home.path} has another database already.",
            "To move it, make a backup and restore that with --database-url into a new home.",
        )
