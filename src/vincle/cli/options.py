"""The options that every command shares, and how a command says what it found."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The home folder; else VINCLE_HOME, else var/vincle.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")]


def new_app(help: str | None = None) -> typer.Typer:  # noqa: A002 - typer's own word
    """An empty Typer in the house's way: plain help, errors told by `vincle.cli.trouble`."""
    return typer.Typer(
        help=help,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
    )


def print_json(value: Any) -> None:
    """One line of JSON on standard output; instants in ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, default=_plain), flush=True)


def say(text: str = "") -> None:
    """A line of a command's result, on standard output."""
    print(text, flush=True)


def tell(text: str) -> None:
    """A line about what is going on, on standard error, so that the result can be piped."""
    print(text, file=sys.stderr, flush=True)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
