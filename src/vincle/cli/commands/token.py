"""`vincle token`: which programs may use the REST API, for what and until when."""

import re
from datetime import timedelta
from typing import Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import BadInput, NotFound

app = new_app("Let programs use the REST API; see and revoke their tokens.")

EXAMPLE = "Example: vincle token add --name Shop --scope people:read --scope interactions:write --expires 90d"
_LASTS = re.compile(r"(\d{1,5})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@app.callback(epilog=EXAMPLE)
def token() -> None:
    """Let programs use the REST API; see and revoke their tokens."""


@app.command(epilog=EXAMPLE)
def add(
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Which program it is for.")],
    scope: Annotated[
        list[str], typer.Option("--scope", metavar="SCOPE", help="What it may do, as people:read; may be repeated.")
    ],
    expires: Annotated[
        str, typer.Option("--expires", metavar="TIME", help="How long it lasts: 12h, 90d, 52w; a year at most.")
    ] = "90d",
    user: Annotated[
        str, typer.Option("--user", metavar="EMAIL", help="On whose behalf; else that of the first owner.")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="NAME", help="What it brings is kept under this name; else its own.")
    ] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a token and print it; it is not shown again."""
    lasts = _lasts(expires)
    facade = _facade(home)
    made = facade.add_token(
        actor=_actor(), now=_now(), maker_id=_maker(user), name=name, scopes=scope, lasts=lasts, source=source
    )
    told = {
        "token": made.secret,
        "number": made.token.pk,
        "name": made.token.name,
        "scopes": made.token.scopes,
        "source": made.token.source.name,
        "expires_at": made.token.expires_at,
    }
    if as_json:
        print_json(told)
    else:
        say(f"The token of {made.token.name}, which is not shown again: {made.secret}")


@app.command("list", epilog="Example: vincle token list --json")
def list_(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Every token, and what it is for."""
    found = _facade(home).list_tokens()
    if as_json:
        print_json(found)
        return
    for each in found:
        used = f"last used {each['last_used_at']:%Y-%m-%d %H:%M}" if each["last_used_at"] else "never used"
        ends = "revoked" if each["revoked_at"] else f"until {each['expires_at']:%Y-%m-%d}"
        say(f"{each['token']:>5}  {each['name']:<30} {ends}, {used}, of {each['maker']}: {' '.join(each['scopes'])}")
    if not found:
        say("None yet. Make one with “vincle token add --name NAME --scope people:read”.")


@app.command(epilog="Example: vincle token revoke 3")
def revoke(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As “vincle token list” numbers it.", min=1)],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a program in no more, at once."""
    facade = _facade(home)
    facade.revoke(facade.token_by_number(number), actor=_actor(), now=_now())
    if as_json:
        print_json({"token": number, "revoked": True})
    else:
        say(f"Token {number} lets nobody in any more.")


def _lasts(written: str) -> timedelta:
    match = _LASTS.fullmatch(written.strip())
    if match is None:
        raise BadInput(f"“{written}” is no time a token can last.", "Write 12h, 90d or 52w.")
    return int(match[1]) * _UNITS[match[2]]


def _maker(email: str) -> int:
    from vincle.apps.accounts.facade import colleague_by_email, colleagues
    from vincle.web.permissions import Role

    if email:
        found = colleague_by_email(email)
    else:
        owners = (each for each in colleagues() if each.role == Role.OWNER and each.is_active)
        found = min(owners, key=lambda owner: owner.id, default=None)
    if found is None:
        raise NotFound("There is nobody on whose behalf it could come in.", "“vincle user list” lists who works here.")
    return found.id


def _facade(home: HomeOption) -> Any:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.tokens import facade

    return facade


def _actor() -> Any:
    from vincle.apps.accounts.facade import COMMAND_LINE

    return COMMAND_LINE


def _now() -> Any:
    from vincle.kernel import clock

    return clock.now()
