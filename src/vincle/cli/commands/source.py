"""`vincle source`: who sends events by itself, and with which keys."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say

app = new_app("Let websites, apps and servers send events; see, rotate and revoke their keys.")

EXAMPLE = "Example: vincle source add --kind tracking --name Web --origin https://www.example.org"
NameArgument = Annotated[str, typer.Argument(metavar="SOURCE", help="As “vincle source list” names it.")]


class Kind(StrEnum):
    """What a source is."""

    TRACKING = "tracking"


@app.callback(epilog=EXAMPLE)
def source() -> None:
    """Let websites, apps and servers send events; see, rotate and revoke their keys."""


@app.command(epilog=EXAMPLE)
def add(
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What it is called.")],
    kind: Annotated[Kind, typer.Option("--kind", help="Tracking: it sends events as Segment's libraries do.")] = (
        Kind.TRACKING
    ),
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", metavar="URL", help="Take events of web pages from here only; may be repeated."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a source and print its write key, which is not shown again."""
    facade = _facade(home)
    made = facade.add_source(actor=_actor(), now=_now(), name=name, origins=origin or [])
    _hand_over(made, as_json, kind=kind.value)


@app.command("list", epilog="Example: vincle source list --json")
def list_(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Every source that sends by itself, and its keys."""
    found = _facade(home).list_sources()
    if as_json:
        print_json(found)
        return
    for each in found:
        say(f"{each['source']:<30} {', '.join(each['origins']) or 'pages of any origin'}")
        for key in each["keys"]:
            used = f"last used {key['last_used_at']:%Y-%m-%d %H:%M}" if key["last_used_at"] else "never used"
            ends = f", ends {key['ends_at']:%Y-%m-%d %H:%M}" if key["ends_at"] else ""
            say(f"  key …{key['ends_with']}  made {key['created_at']:%Y-%m-%d}, {used}{ends}")
    if not found:
        say("None yet. Make one with “vincle source add --name NAME”.")


@app.command(epilog="Example: vincle source rotate web --grace 24")
def rotate(
    name: NameArgument,
    grace: Annotated[
        float, typer.Option("--grace", metavar="HOURS", min=0, max=24 * 366, help="The former keys work so long.")
    ] = 0,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a new write key and print it; the former ones stop."""
    facade = _facade(home)
    tracking = facade.tracking_named(name)
    _hand_over(facade.rotate(tracking, actor=_actor(), now=_now(), grace=timedelta(hours=grace)), as_json)


@app.command(epilog="Example: vincle source revoke web")
def revoke(name: NameArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Let no key of a source work any more. What it sent stays; “rotate” gives it a new key."""
    facade = _facade(home)
    ended = facade.revoke(facade.tracking_named(name), actor=_actor(), now=_now())
    if as_json:
        print_json({"source": name, "revoked": ended})
    else:
        say(f"{name} cannot send any more.")


def _hand_over(made: Any, as_json: bool, **more: str) -> None:
    tracking = made.tracking
    if as_json:
        told = {"source": tracking.source.name, "write_key": made.write_key, "origins": tracking.origins}
        print_json(told | more)
    else:
        say(f"The write key of {tracking.source.name}, which is not shown again: {made.write_key}")


def _facade(home: HomeOption) -> Any:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.tracking import facade

    return facade


def _actor() -> Any:
    from vincle.apps.accounts.facade import COMMAND_LINE

    return COMMAND_LINE


def _now() -> Any:
    from vincle.kernel import clock

    return clock.now()
