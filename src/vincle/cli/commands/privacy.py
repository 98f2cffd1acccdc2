"""`vincle erase` and `vincle access-export`: a person leaves for good, or is given everything kept of them."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import VincleError

erase_app = new_app()
access_app = new_app()

UidArgument = Annotated[UUID, typer.Argument(metavar="UID", help="The person, as “vincle person find” names them.")]


@erase_app.command(epilog="Example: vincle erase 01a20096-1a13-77a6-aa31-ee5d96f2cbfd --json")
def erase(
    uid: UidArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a person out for good: log, mirror, search, kept files, names in the audit log. It cannot be undone.

    Prints the certificate. For somebody erased already it finishes what was cut short, and prints theirs.
    """
    people, now = _people(home)
    tombstone = people.tombstone_of(uid)
    if tombstone is not None:
        certificate = people.finish_erasure(tombstone, now=now)
    else:
        person = people.person_they_are_now(people.person_by_uid(uid))
        if not (yes or as_json) and sys.stdin.isatty():
            typer.confirm(f"Erase {person.name} ({person.interactions:,} interactions) for good?", abort=True)
        certificate = people.erase(person, actor=_actor(), now=now)
    if as_json:
        print_json(certificate)
    else:
        _print_certificate(certificate)
    from vincle.apps.today.facade import refresh_reading

    # The certificate says what stands in the way of the mirror, and background work tries again.
    with suppress(VincleError):
        refresh_reading(now=now)


@access_app.command(epilog="Example: vincle access-export 01a20096-1a13-77a6-aa31-ee5d96f2cbfd --out roca.zip")
def access_export(
    uid: UidArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.zip", help="The file to write.")],
    language: Annotated[str, typer.Option(help="Of the page to be read: en, ca, es; else the organisation's.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write everything kept of a person to one ZIP: a page to read, JSON for programs, CSV for a spreadsheet."""
    people, now = _people(home)
    person = people.person_they_are_now(people.person_by_uid(uid))
    count = people.write_file(person, out, language=language, actor=_actor(), now=now)
    if as_json:
        print_json({"uid": str(person.uid), "file": str(out), "interactions": count, "bytes": out.stat().st_size})
    else:
        say(f"{out} holds everything kept of {person.name}: {count:,} interactions.")


def _print_certificate(certificate: dict[str, Any]) -> None:
    say(f"{certificate['uid']} was erased on {certificate['at']:%Y-%m-%d}.")
    for what, rows in certificate["removed"].items():
        if rows:
            say(f"  {rows:>10,}  {what.replace('_', ' ')}")
    for path in certificate["files_removed"]:
        say(f"  removed {path}")
    for each in certificate["remains"]:
        where = f" ({', '.join(each['where'])})" if each["where"] else ""
        say(f"  {each['why']}{where}")
    if certificate["finished_at"] is None:
        say("Something is left to be done: background work tries again, and so does this command.")
    checked = certificate["checked"].get("values", 0)
    say(f"Verified on the bytes: {'yes' if certificate['verified'] else 'no'} ({checked} values searched for).")


def _people(home: HomeOption) -> tuple[Any, Any]:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.people import facade
    from vincle.kernel import clock

    return facade, clock.now()


def _actor() -> Any:
    from vincle.apps.accounts.facade import COMMAND_LINE

    return COMMAND_LINE
