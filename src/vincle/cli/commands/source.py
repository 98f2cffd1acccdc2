"""`vincle source`: who sends by itself what happens, and with which keys."""

from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import BadInput, NotFound

PURPOSE = "Let websites, apps, servers and other programs send what happens; see, rotate and revoke their keys."
app = new_app(PURPOSE)

EXAMPLE = "Example: vincle source add --kind tracking --name Web --origin https://www.example.org"
NameArgument = Annotated[str, typer.Argument(metavar="SOURCE", help="As “vincle source list” names it.")]


class Kind(StrEnum):
    """What a source is."""

    TRACKING = "tracking"
    WEBHOOK = "webhook"


@app.callback(epilog=EXAMPLE)
def source() -> None:
    """Let websites, apps, servers and other programs send what happens; see, rotate and revoke their keys."""


@app.command(epilog=EXAMPLE)
def add(
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What it is called.")],
    kind: Annotated[
        Kind,
        typer.Option("--kind", help="Tracking: it sends events as Segment's libraries do. Webhook: JSON of its own."),
    ] = Kind.TRACKING,
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", metavar="URL", help="Take events of web pages from here only; may be repeated."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="Of a webhook: what its columns mean, as TOML.")
    ] = None,
    path: Annotated[
        str, typer.Option("--path", metavar="PATH", help="Of a webhook: where the happenings are, as data.items.")
    ] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a source and print its write key, or its address and secret; they are not shown again."""
    if kind == Kind.WEBHOOK:
        toml = _text(mapping)
        made = _hooks(home).add_hook(actor=_actor(), now=_now(), name=name, mapping=toml, path=path)
    else:
        made = _tracking(home).add_source(actor=_actor(), now=_now(), name=name, origins=origin or [])
    _hand_over(made, as_json, kind=kind.value)


@app.command("list", epilog="Example: vincle source list --json")
def list_(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Every source that sends by itself, and its keys."""
    found, hooks = _tracking(home).list_sources(), _hooks(home).list_hooks()
    if as_json:
        print_json([*found, *hooks])
        return
    for each in hooks:
        state = "revoked" if each["revoked_at"] else "takes in" if each["mapped"] else "keeps what comes"
        say(f"{each['source']:<30} webhook {each['address']}  secret …{each['ends_with']}, {state}")
    for each in found:
        say(f"{each['source']:<30} {', '.join(each['origins']) or 'pages of any origin'}")
        for key in each["keys"]:
            used = f"last used {key['last_used_at']:%Y-%m-%d %H:%M}" if key["last_used_at"] else "never used"
            ends = f", ends {key['ends_at']:%Y-%m-%d %H:%M}" if key["ends_at"] else ""
            say(f"  key …{key['ends_with']}  made {key['created_at']:%Y-%m-%d}, {used}{ends}")
    if not found and not hooks:
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
    """Make a new write key or secret and print it; the former ones stop, the secret of a webhook after a day."""
    if (hook := _hook(name, home)) is not None:
        made = _hooks(home).rotate(hook, actor=_actor(), now=_now())
    else:
        facade = _tracking(home)
        tracking = facade.tracking_named(name)
        made = facade.rotate(tracking, actor=_actor(), now=_now(), grace=timedelta(hours=grace))
    _hand_over(made, as_json)


@app.command(epilog="Example: vincle source revoke web")
def revoke(name: NameArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Let no key or secret of a source work any more. What it sent stays; “rotate” gives it a new one."""
    ended = 1
    if (hook := _hook(name, home)) is not None:
        _hooks(home).revoke(hook, actor=_actor(), now=_now())
    else:
        facade = _tracking(home)
        ended = facade.revoke(facade.tracking_named(name), actor=_actor(), now=_now())
    if as_json:
        print_json({"source": name, "revoked": ended})
    else:
        say(f"{name} cannot send any more.")


def _hand_over(made: Any, as_json: bool, **more: str) -> None:
    told = _of_webhook(made) if hasattr(made, "hook") else _of_tracking(made)
    if as_json:
        print_json(told | more)
    elif "address" in told:
        say(f"{told['source']} sends to {told['address']} below the address of this installation.")
        say(f"Its secret, which is not shown again: {told['secret']}")
    else:
        say(f"The write key of {told['source']}, which is not shown again: {told['write_key']}")


def _of_tracking(made: Any) -> dict[str, Any]:
    tracking = made.tracking
    return {"source": tracking.source.name, "write_key": made.write_key, "origins": tracking.origins}


def _of_webhook(made: Any) -> dict[str, Any]:
    from vincle.apps.hooks.facade import door_of

    return {"source": made.hook.source.name, "address": door_of(made.hook), "secret": made.secret}


def _hook(name: str, home: HomeOption) -> Any:
    """The incoming webhook of that name; None when the source is none."""
    with suppress(NotFound):
        return _hooks(home).hook_named(name)
    return None


def _text(mapping: Path | None) -> str:
    if mapping is None:
        return ""
    try:
        return mapping.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"“{mapping}” cannot be read.", "Give a mapping saved as TOML.") from error


def _tracking(home: HomeOption) -> Any:
    _ready(home)
    from vincle.apps.tracking import facade

    return facade


def _hooks(home: HomeOption) -> Any:
    _ready(home)
    from vincle.apps.hooks import facade

    return facade


def _ready(home: HomeOption) -> None:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()


def _actor() -> Any:
    from vincle.apps.accounts.facade import COMMAND_LINE

    return COMMAND_LINE


def _now() -> Any:
    from vincle.kernel import clock

    return clock.now()
