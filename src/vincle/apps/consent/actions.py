"""Writes of the ledger: what somebody said, and that it was noted by mistake. Nothing is ever changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.consent.models import Decision, Entry, How, Purpose
from vincle.apps.consent.queries.ledger import newest_wording, said_by
from vincle.apps.consent.rule import counts
from vincle.apps.people.facade import Somebody, restricted_among, tell_log, who_are
from vincle.kernel.errors import BadInput, NotFound, Refused

RECORDED, CORRECTED = "consent.recorded", "consent.corrected"
CLOCKS_APART = timedelta(minutes=5)
_AGREEING = {Decision.GIVEN, Decision.LIFTED}


@dataclass(frozen=True, slots=True)
class Proof:
    """How somebody said it, in what words or where, and what it can be found by: a form's number, a recording, the
    sha256 of a scan."""

    how: How = How.PERSON
    said: str = ""
    reference: str = ""
    file_hash: str = ""


@transaction.atomic
def note(
    who: Somebody,
    decision: Decision,
    *,
    purpose: Purpose | None,
    channel: str = "",
    proof: Proof,
    actor: Actor,
    now: datetime,
    decided_at: datetime | None = None,
) -> Entry:
    """Write in the ledger what somebody said; `mistaken` takes it back.

    Without a purpose it is about any contact at all: `OBJECTED` or `LIFTED`. Without a channel it is about every one.
    `decided_at` is when they said it, now if left out. Raises `BadInput` for what cannot be said, or not yet; `Refused`
    for an agreement of somebody whose processing is restricted.
    """
    _check(decision, purpose, channel)
    if decided_at is not None and decided_at > now + CLOCKS_APART:
        raise BadInput(_("That day has not come yet."), _("Give the day on which they said it."))
    if decision in _AGREEING and restricted_among([who.number]):
        raise Refused(_("The processing of %(name)s is restricted: only a no can be noted.") % {"name": who.name})
    entry = Entry.objects.create(
        identity_id=who.number,
        purpose=purpose,
        channel=channel,
        decision=decision,
        decided_at=decided_at or now,
        recorded_at=now,
        recorded_by=actor.name[:200],
        how=proof.how,
        wording=newest_wording(purpose) if purpose else None,
        said=proof.said.strip()[:2_000],
        reference=proof.reference.strip()[:200],
        file_hash=proof.file_hash,
    )
    about = {"purpose": purpose.name if purpose else "", "channel": channel}
    tell_log(who.number, f"consent.{decision}", actor=actor, now=now, properties=about)
    _record(RECORDED, who, actor=actor, now=now, details={**about, "decision": str(decision)})
    return entry


def no_to(who: Somebody, purpose: Purpose, channel: str = "") -> Decision:
    """What a no means: an objection where no consent was needed, a withdrawal where it was given, else a refusal."""
    if not purpose.needs_consent:
        return Decision.OBJECTED
    said = said_by(who.identities)
    before = [counts(said, purpose.pk, each) for each in ([channel] if channel else purpose.channels)]
    agreed = any(entry and entry.decision == Decision.GIVEN for entry in before)
    return Decision.WITHDRAWN if agreed else Decision.REFUSED


@transaction.atomic
def mistaken(entry: Entry, *, actor: Actor, now: datetime) -> Entry:
    """Say that a line was a mistake, in a line of its own: the former counts no more, and both stay.

    Raises `Refused` when that was said already, or of what itself says so; `NotFound` when they may not be seen.
    """
    who = who_are([entry.identity_id]).get(entry.identity_id)
    if who is None:
        raise NotFound(_("There is no such line in the ledger."))
    if entry.mistake_of_id is not None:
        raise Refused(_("That line takes another one back. Note anew what they said."))
    if entry.decision not in _AGREEING and restricted_among([who.number]):
        raise Refused(_("The processing of %(name)s is restricted: only a no can be noted.") % {"name": who.name})
    try:
        with transaction.atomic():
            made = Entry.objects.create(
                identity_id=entry.identity_id,
                purpose_id=entry.purpose_id,
                channel=entry.channel,
                decision=entry.decision,
                decided_at=now,
                recorded_at=now,
                recorded_by=actor.name[:200],
                how=entry.how,
                mistake_of=entry,
            )
    except IntegrityError as error:
        raise Refused(_("That was taken back already.")) from error
    about = {"purpose": entry.purpose.name if entry.purpose else "", "channel": entry.channel}
    tell_log(entry.identity_id, CORRECTED, actor=actor, now=now, properties=about)
    _record(CORRECTED, who, actor=actor, now=now, details={**about, "decision": entry.decision})
    return made


def _check(decision: Decision, purpose: Purpose | None, channel: str) -> None:
    if purpose is None:
        if decision not in {Decision.OBJECTED, Decision.LIFTED}:
            raise BadInput(_("Say what they consent to."), _("Only an objection can be to any contact at all."))
        return
    if channel and channel not in purpose.channels:
        raise BadInput(
            _("“%(purpose)s” does not reach anybody by “%(channel)s”.") % {"purpose": purpose, "channel": channel},
            ", ".join(purpose.channels),
        )


def _record(action: str, who: Somebody, *, actor: Actor, now: datetime, details: dict[str, str]) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(who.uid),
        summary=who.name,
        details={name: value for name, value in details.items() if value},
    )
