"""`vincle user`: who works with it."""

from typing import Annotated

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say

app = new_app("Add the people who work with it, give them roles and links to sign in.")

EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="Whose.")]
BaseOption = Annotated[
    str, typer.Option("--base", metavar="URL", help="The address by which they reach the application.")
]
BASE = "http://127.0.0.1:8000/"


@app.callback(epilog="Example: vincle user add merce@example.org --name 'Mercè Roca' --role owner")
def user() -> None:
    """Add the people who work with it, give them roles and links to sign in."""


@app.command(epilog="Example: vincle user add merce@example.org --name 'Mercè Roca' --role owner")
def add(
    email: EmailArgument,
    name: Annotated[str, typer.Option(help="Their name; else what stands before the @.")] = "",
    role: Annotated[str, typer.Option(help="owner, manager, agent, marketer, educator, analyst or auditor.")] = "agent",
    base: BaseOption = BASE,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add somebody and print a link, to hand over, that lets them in once, within seven days."""
    _wake(home)
    from vincle.apps.accounts import facade
    from vincle.cli.letting_in import address
    from vincle.kernel import clock

    invitation = facade.invite(
        actor=facade.COMMAND_LINE, now=clock.now(), name=name or email.partition("@")[0], email=email, role=role
    )
    link = address(invitation.token, base)
    if as_json:
        print_json({"id": invitation.user_id, "email": email, "role": role, "link": link})
    else:
        say(f"{email} may come in as {role}, once and until {invitation.expires_at:%d %B %Y}, with {link}")


@app.command("list", epilog="Example: vincle user list --json")
def list_(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Who works here, and with which role."""
    _wake(home)
    from vincle.apps.accounts import facade

    people = facade.colleagues()
    if as_json:
        print_json(
            [
                {"id": each.id, "email": each.email, "name": each.name, "role": each.role, "active": each.is_active}
                for each in people
            ]
        )
        return
    for each in people:
        say(f"{each.email:<40} {each.role or 'no role':<10} {each.name}{'' if each.is_active else ' (no access)'}")
    if not people:
        say("Nobody yet. Add somebody with “vincle user add EMAIL --role owner”.")


@app.command(epilog="Example: vincle user role merce@example.org manager")
def role(
    email: EmailArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="Their new role.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give somebody another role."""
    _wake(home)
    from vincle.apps.accounts import facade
    from vincle.cli.letting_in import colleague
    from vincle.kernel import clock

    before = facade.change_role(actor=facade.COMMAND_LINE, now=clock.now(), user_id=colleague(email).id, role=role)
    if as_json:
        print_json({"email": email, "before": before, "role": role})
    else:
        say(f"{email} is {role} now.")


@app.command(epilog="Example: vincle user link merce@example.org --base https://vincle.example.org/")
def link(email: EmailArgument, base: BaseOption = BASE, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Print a link that lets somebody in, once, within minutes. Earlier ones of theirs stop working."""
    _wake(home)
    from vincle.cli.letting_in import colleague, link_for

    made = link_for(colleague(email), base)
    if as_json:
        print_json({"email": email, "link": made})
    else:
        say(made)


@app.command(epilog="Example: vincle user deactivate merce@example.org")
def deactivate(email: EmailArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """End somebody's access at once: their sessions and links too. What they did stays told."""
    _wake(home)
    from vincle.apps.accounts import facade
    from vincle.cli.letting_in import colleague
    from vincle.kernel import clock

    facade.deactivate(actor=facade.COMMAND_LINE, now=clock.now(), user_id=colleague(email).id)
    if as_json:
        print_json({"email": email, "active": False})
    else:
        say(f"{email} has no access any more.")


def _wake(home: HomeOption) -> None:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
