"""`vincle consent`: what somebody consents to, and noting what they say."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from uuid import UUID

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import BadInput

app = new_app("What somebody consents to, for each purpose and channel; note what they say.")

EXAMPLE = "Example: vincle consent show UID --json"
UidArgument = Annotated[UUID, typer.Argument(metavar="UID", help="The person, as “vincle person find” names them.")]
PurposeOption = Annotated[
    str, typer.Option("--purpose", metavar="NAME", help="As “vincle consent show” names it; “*”: any contact at all.")
]
ChannelOption = Annotated[str, typer.Option("--channel", metavar="NAME", help="email, phone ...; else every channel.")]
HowOption = Annotated[str, typer.Option("--how", metavar="HOW", help="person, phone, email, paper, form, import, api.")]
DayOption = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="When they said it; else now.")]
SaidOption = Annotated[str, typer.Option("--said", metavar="TEXT", help="In their words, or where it stands.")]
ReferenceOption = Annotated[str, typer.Option("--reference", metavar="TEXT", help="Number of the form or recording.")]

ANY = "*"


@app.callback(epilog=EXAMPLE)
def consent() -> None:
    """What somebody consents to, for each purpose and channel; note what they say."""


@app.command(epilog=EXAMPLE)
def show(uid: UidArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What counts now of what somebody said of each purpose, through each channel."""
    facade, who = _facade(home, uid)
    told = facade.told(who)
    if as_json:
        print_json({"uid": str(who.uid), **told})
        return
    say(f"{who.name} ({who.uid})")
    for purpose, channels in told["purposes"].items():
        for channel, state in channels.items():
            since = f" since {state['since']:%Y-%m-%d}" if state["since"] else ""
            say(f"  {purpose:<20} {channel:<10} {state['decision']}{since}")
    for channel in told["objections"]:
        say(f"  do not contact: {channel or 'every channel'}")


@app.command(epilog="Example: vincle consent give UID --purpose newsletter --channel email --how phone")
def give(
    uid: UidArgument,
    purpose: PurposeOption,
    channel: ChannelOption = "",
    how: HowOption = "person",
    on: DayOption = "",
    said: SaidOption = "",
    reference: ReferenceOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note that somebody said yes, or takes an objection back."""
    facade, who = _facade(home, uid)
    about = _about(facade, purpose)
    decision = facade.Decision.GIVEN if about and about.needs_consent else facade.Decision.LIFTED
    _note(facade, who, decision, about, channel, how, on, said, reference, as_json=as_json)


@app.command(epilog="Example: vincle consent withdraw UID --purpose newsletter --how email")
def withdraw(
    uid: UidArgument,
    purpose: PurposeOption,
    channel: ChannelOption = "",
    how: HowOption = "person",
    on: DayOption = "",
    said: SaidOption = "",
    reference: ReferenceOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note that somebody said no: a refusal, a withdrawal, or an objection where no consent was needed."""
    facade, who = _facade(home, uid)
    about = _about(facade, purpose)
    decision = facade.no_to(who, about, channel) if about else facade.Decision.OBJECTED
    _note(facade, who, decision, about, channel, how, on, said, reference, as_json=as_json)


def _note(
    facade: Any,
    who: Any,
    decision: Any,
    about: Any,
    channel: str,
    how: str,
    on: str,
    said: str,
    reference: str,
    *,
    as_json: bool,
) -> None:
    from vincle.apps.accounts.facade import COMMAND_LINE
    from vincle.kernel import clock

    if how not in facade.How.values:
        raise BadInput(f"Nobody says anything “{how}”.", ", ".join(facade.How.values))
    entry = facade.note(
        who,
        decision,
        purpose=about,
        channel=channel,
        proof=facade.Proof(how=facade.How(how), said=said, reference=reference),
        actor=COMMAND_LINE,
        now=clock.now(),
        decided_at=_day(on),
    )
    if as_json:
        print_json({"uid": str(who.uid), "entry": entry.pk, "decision": str(decision), "at": entry.decided_at})
    else:
        say(f"{who.name}: {decision}, {about.name if about else 'any contact'}, {channel or 'every channel'}.")


def _about(facade: Any, purpose: str) -> Any:
    return None if purpose == ANY else facade.purpose_named(purpose)


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        raise BadInput(f"“{text}” is no day.", "Write it as 2026-11-25.") from error


def _facade(home: HomeOption, uid: UUID) -> tuple[Any, Any]:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.consent import facade
    from vincle.apps.people.facade import somebody

    return facade, somebody(uid)
