"""`vincle person`: people found, seen whole, made one and made two again."""

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say

if TYPE_CHECKING:
    from vincle.flow.models import Person

app = new_app("Find people, see one whole, make one of two and undo it.")

EXAMPLE = "Example: vincle person find roca"
UidArgument = Annotated[UUID, typer.Argument(metavar="UID", help="The person, as “vincle person find” names them.")]
OtherArgument = Annotated[UUID, typer.Argument(metavar="UID", help="Another person.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")]


@app.callback(epilog=EXAMPLE)
def person() -> None:
    """Find people, see one whole, make one of two and undo it."""


@app.command(epilog=EXAMPLE)
def find(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="The beginning of any word of a name, an e-mail, a phone, a number.")
    ],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """People whose name or identity begins so, the latest seen first (50 at most)."""
    people = _people(home)
    page, _way = people.people_page(people.Criteria(search=text))
    if as_json:
        print_json([{"uid": str(each.uid), "name": each.name} for each in page])
        return
    for each in page:
        say(f"{each.uid}  {each.interactions:>8,}  {each.name}")
    if not page.items:
        say("Nobody matches.")


@app.command(epilog="Example: vincle person show 01a20096-1a13-77a6-aa31-ee5d96f2cbfd --json")
def show(uid: UidArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """All that is known of one person. The address of somebody who is part of another leads to them."""
    people = _people(home)
    told = _told(people, _now(people, uid))
    people.note_looks(people.looks().looked, actor=_actor(), now=_now_instant())
    if as_json:
        print_json(told)
        return
    say(f"{told['name']}  ({told['uid']})")
    say(f"  {told['interactions']:,} interactions, {told['amount']} {told['currency']}")
    for name, known in told["attributes"].items():
        say(f"  {name}: {known['value']}  (from {known['source']}, {known['at']:%Y-%m-%d})")
    for known in told["identities"]:
        state = f"  ({', '.join(known['state'])})" if known["state"] else ""
        say(f"  known as {known['namespace']} {known['value']}{state}")
    for relation in told["relations"]:
        role = f", {relation['role']}" if relation["role"] else ""
        over = f"  (until {relation['ended']})" if relation["ended"] else ""
        say(f"  {relation['words']} {relation['name']}{role}{over}  [{relation['uid']}]")
    for step in told["history"]:
        sign = "=" if step["verdict"] == "same" else "is not"
        ending = "" if step["in_force"] else "  (undone)"
        say(f"  step {step['step']}: {step['a'][1]} {sign} {step['b'][1]}, by {step['by']}{ending}")


@app.command(epilog="Example: vincle person merge UID UID --reason 'Same phone'")
def merge(
    uid: UidArgument,
    other: OtherArgument,
    reason: ReasonOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make one person of two. Nothing is rewritten: “vincle person unmerge STEP” brings both back as they were."""
    people = _people(home)
    first, second = people.person_by_uid(uid), people.person_by_uid(other)
    step = people.join(first, second, actor=_actor(), now=_now_instant(), reason=reason)
    joined = _now(people, uid)
    if as_json:
        print_json({"step": str(step.pk), "person": str(joined.uid)})
    else:
        say(f"{joined.name} ({joined.uid}) is one person now. To undo: vincle person unmerge {step.pk}")


@app.command(epilog="Example: vincle person apart UID UID --reason 'Father and son'")
def apart(
    uid: UidArgument,
    other: OtherArgument,
    reason: ReasonOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that two people are not the same: no source makes them one from then on."""
    people = _people(home)
    first, second = people.person_by_uid(uid), people.person_by_uid(other)
    step = people.keep_apart(first, second, actor=_actor(), now=_now_instant(), reason=reason)
    if as_json:
        print_json({"step": str(step.pk), "people": [str(first.uid), str(second.uid)]})
    else:
        say(f"{first.name} and {second.name} stay two people. To undo: vincle person unmerge {step.pk}")


@app.command(epilog="Example: vincle person unmerge 12")
def unmerge(
    step: Annotated[int, typer.Argument(metavar="STEP", help="The step, as “vincle person show” names it.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Undo a step: what it joined is apart again, with what arrived since; what it kept apart may be joined."""
    people = _people(home)
    fact = people.step_by_number(step)
    people.undo(fact, actor=_actor(), now=_now_instant())
    there = people.people_of_step(fact)
    if as_json:
        print_json({"step": str(step), "people": [str(each.uid) for each in there]})
    else:
        say(f"Step {step} is undone: {' and '.join(f'{each.name} ({each.uid})' for each in there)}.")


def _people(home: HomeOption) -> Any:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.people import facade

    return facade


def _told(people: Any, person: "Person") -> dict[str, Any]:
    """All that is known of a person, with how they relate, which another room keeps; `history` stays last."""
    from vincle.apps.relations import facade as relations

    told: dict[str, Any] = people.told(person)
    history = told.pop("history")
    return told | {"relations": relations.told(people.somebody(person.uid)), "history": history}


def _now(people: Any, uid: UUID) -> "Person":
    found: Person = people.person_they_are_now(people.person_by_uid(uid))
    return found


def _actor() -> Any:
    from vincle.apps.accounts.facade import COMMAND_LINE

    return COMMAND_LINE


def _now_instant() -> Any:
    from vincle.kernel import clock

    return clock.now()
