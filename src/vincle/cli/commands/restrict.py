"""`vincle restrict`: what is known of somebody is kept, and not used."""

from typing import Annotated
from uuid import UUID

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import NotFound

app = new_app()


@app.command(epilog="Example: vincle restrict 01a20096-1a13-77a6-aa31-ee5d96f2cbfd --reason 'Disputes the address'")
def restrict(
    uid: Annotated[UUID, typer.Argument(metavar="UID", help="The person, as “vincle person find” names them.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    lift: Annotated[bool, typer.Option("--lift", help="Let it be used again.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep what is known of a person and do nothing with it: no messages, no files, no changes but by leads.

    With --lift it may be used again.
    """
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.accounts.facade import COMMAND_LINE
    from vincle.apps.people import facade as people
    from vincle.kernel import clock

    person, kind = people.person_they_are_now(people.person_by_uid(uid)), people.PersonMark.Kind.RESTRICTED
    if lift:
        marks = [mark for mark in people.marks_of(person) if mark.kind == kind]
        if not marks:
            raise NotFound(f"The processing of {person.name} is not restricted.")
        for mark in marks:
            people.lift(mark, actor=COMMAND_LINE, now=clock.now())
    else:
        people.mark(person, kind, actor=COMMAND_LINE, now=clock.now(), reason=reason)
    if as_json:
        print_json({"uid": str(person.uid), "restricted": not lift})
    else:
        say(f"The processing of {person.name} is {'not restricted any more' if lift else 'restricted'}.")
