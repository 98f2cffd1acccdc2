"""`vincle serve`: the web application and its background work, in one command."""

from pathlib import Path
from typing import Annotated

import typer

from vincle.cli.options import HomeOption, new_app, say

app = new_app()


@app.command(epilog="Example: vincle serve --port 8080 --open-link")
def serve(
    home: HomeOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 for any free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=0, help="How many processes do background work.")] = 2,
    threads: Annotated[int, typer.Option(min=1, help="How many requests are answered at a time.")] = 8,
    open_link: Annotated[
        bool, typer.Option("--open-link", help="Print a link that lets an owner in, once, within minutes.")
    ] = False,
) -> None:
    """Open the web application, with its background work, until Ctrl-C or SIGTERM.

    A part that dies is started again. Behind another web server set VINCLE_HTTPS=1, and VINCLE_ALLOWED_HOSTS to the
    names by which people reach it.
    """
    serve_home(home, host=host, port=port, workers=workers, threads=threads, link_to="" if open_link else None)


def serve_home(home: Path | None, *, host: str, port: int, workers: int, threads: int, link_to: str | None) -> None:
    """Serve a home until stopped. `link_to`: print a link for the first owner to this page (empty: the first)."""
    from vincle.cli.django import ready, require_migrated
    from vincle.cli.serving.address import url
    from vincle.cli.serving.serve import serve as run

    place = ready(home)
    require_migrated()
    from django.db import connections

    from vincle.cli.letting_in import link_for, owner

    welcome = owner() if link_to is not None else None

    def when_ready(real_port: int) -> None:
        say(f"Vincle is open at {url(host, real_port)}")
        if welcome:
            say(f"Sign in once with {link_for(welcome, url(host, real_port), to=link_to or '')}")
            connections.close_all()

    connections.close_all()
    run(place.path, host=host, port=port, threads=threads, workers=workers, when_ready=when_ready)
