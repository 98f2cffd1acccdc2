"""`vincle backup`: the whole home in one file."""

from pathlib import Path
from typing import Annotated

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say, tell

app = new_app()


@app.command(epilog="Example: vincle backup --to /media/disk/vincle.tar.zst")
def backup(
    home: HomeOption = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; else a new file in the home's backups.")
    ] = None,
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="Put the secret key in too, so that people stay signed in.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the whole home to one file, as it is at this instant; others may go on working meanwhile.

    It holds personal data: keep it where only the right people can read it.
    """
    from vincle.cli.django import ready

    place = ready(home)
    from vincle.flow.backup.save import save
    from vincle.kernel import clock

    saved = save(place, to=to, with_secrets=with_secrets, now=clock.now(), progress=lambda what: tell(f"  {what} ..."))
    if as_json:
        print_json({"file": saved.path, "rows": saved.rows, "files": saved.files, "bytes": saved.size})
    else:
        say(f"{saved.path} holds {saved.rows:,} rows and {saved.files:,} files, in {saved.size / 1e6:,.1f} MB.")
