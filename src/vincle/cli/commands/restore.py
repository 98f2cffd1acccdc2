"""`vincle restore`: a home again, from a backup."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say, tell
from vincle.kernel.home import Home

app = new_app()


@app.command(epilog="Example: vincle restore vincle.tar.zst --home /srv/vincle")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup made by “vincle backup”.")],
    home: HomeOption = None,
    database_url: Annotated[
        str, typer.Option(metavar="URL", help="An empty PostgreSQL database to restore into, instead of SQLite.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Make a new home from a backup, on SQLite or PostgreSQL, whichever it came from. All of it, or nothing.

    The home must not exist yet, or be empty, and so must the database.
    """
    from vincle.cli.django import ready
    from vincle.flow.backup.restore import restore as run

    target = Home.at(home)
    address = database_url or os.environ.get("VINCLE_DATABASE_URL", "")
    done = run(
        file.absolute(),
        target,
        database_url=address,
        wake=lambda path, url: ready(path, database_url=url, home_required=False),
        progress=lambda what: tell(f"  {what} ..."),
    )
    mirrored = _replay(target)
    if as_json:
        print_json({"home": done.home, "rows": done.rows, "files": done.files, "mirrored": mirrored})
        return
    say(f"The home in {done.home} is back: {done.rows:,} rows and {done.files:,} files.")
    if not mirrored:
        say("Its mirror could not be rebuilt; everything else is there. “vincle replay” tries again.")


def _replay(home: Home) -> bool:
    # In a process of its own: this one is still awake for the folder in which the home was prepared.
    command = [sys.executable, "-m", "vincle", "replay", "--home", str(home.path)]
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0
