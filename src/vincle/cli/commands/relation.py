"""`vincle relation`: how people relate, said, listed, ended and taken back."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import BadInput

app = new_app("Say how people relate, to each other and to organisations; end it, take it back.")

EXAMPLE = "Example: vincle relation add UID parent UID"
UidArgument = Annotated[UUID, typer.Argument(metavar="UID", help="The person, as “vincle person find” names them.")]
RelationArgument = Annotated[UUID, typer.Argument(metavar="RELATION", help="As “vincle relation list” names it.")]


@app.callback(epilog=EXAMPLE)
def relation() -> None:
    """Say how people relate, to each other and to organisations; end it, take it back."""


@app.command(epilog="Example: vincle relation kinds")
def kinds(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Which relations there are, in both directions."""
    found = [kind for kind in _facade(home).kinds().values() if not kind.archived]
    if as_json:
        told = [
            {"kind": each.name, "there": each.forward, "back": each.back, "between": each.between} for each in found
        ]
        print_json(told)
        return
    for each in found:
        say(f"{each.name:<14} {each.forward} / {each.back}")


@app.command(epilog=EXAMPLE)
def add(
    uid: UidArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="As “vincle relation kinds” names it.")],
    other: Annotated[
        UUID | None, typer.Argument(metavar="[UID]", help="Another person, or an organisation.", show_default=False)
    ] = None,
    organisation: Annotated[
        str,
        typer.Option("--organisation", metavar="NAME", help="An organisation by its name, made when new."),
    ] = "",
    role: Annotated[str, typer.Option("--role", metavar="TEXT", help="In their own words: buyer, treasurer.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="As 2026-11-25.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="As 2026-11-25.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a person relates so to another, or to an organisation."""
    facade = _facade(home)
    someone, said = _somebody(uid), facade.Said(role, _day(since), _day(until))
    way: dict[str, Any] = {"kind": kind, "said": said, "actor": _actor(), "now": _now()}
    if organisation and other is None:
        made = facade.relate_to_name(someone, name=organisation, **way)
    elif other is not None and not organisation:
        there = facade.organisation_at(other)
        far = {"organisation": there} if there else {"other": _somebody(other)}
        made = facade.relate(someone, **far, **way)
    else:
        raise BadInput("Name another person, or an organisation with --organisation; one of both.")
    if as_json:
        print_json({"relation": str(made.uid)})
    else:
        say(f"It is noted. To take it back: vincle relation withdraw {made.uid}")


@app.command("list", epilog="Example: vincle relation list UID --json")
def list_(uid: UidArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """How a person relates."""
    found = _facade(home).told(_somebody(uid))
    if as_json:
        print_json(found)
        return
    for each in found:
        over = f"  (until {each['ended']})" if each["ended"] else ""
        say(f"{each['uid']}  {each['words']} {each['name']}{over}")
    if not found:
        say("Nobody yet.")


@app.command(epilog="Example: vincle relation end RELATION --on 2026-10-31")
def end(
    relation: RelationArgument,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day it was over; else today.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a relation is over."""
    facade = _facade(home)
    now = _now()
    ended = facade.end(facade.relation_by_uid(relation), on=_day(on) or now.date(), actor=_actor(), now=now)
    if as_json:
        print_json({"relation": str(relation), "ended": ended.ended_on})
    else:
        say(f"It is over since {ended.ended_on}.")


@app.command(epilog="Example: vincle relation withdraw RELATION")
def withdraw(relation: RelationArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Take a relation back: it never was so."""
    facade = _facade(home)
    facade.withdraw(facade.relation_by_uid(relation), actor=_actor(), now=_now())
    if as_json:
        print_json({"relation": str(relation), "withdrawn": True})
    else:
        say("It is taken back.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"“{text}” is no day.", "Write it as 2026-11-25.") from error


def _somebody(uid: UUID) -> Any:
    from vincle.apps.people.facade import somebody

    return somebody(uid)


def _facade(home: HomeOption) -> Any:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.relations import facade

    return facade


def _actor() -> Any:
    from vincle.apps.accounts.facade import COMMAND_LINE

    return COMMAND_LINE


def _now() -> Any:
    from vincle.kernel import clock

    return clock.now()
