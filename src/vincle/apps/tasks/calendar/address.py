"""The private address of somebody's calendar: made, made anew, and taken back by whom it belongs to."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.tasks.models import Calendar
from vincle.kernel.errors import Refused

MADE, REVOKED = "calendar.made", "calendar.revoked"
NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make(*, actor: Actor, now: datetime) -> str:
    """A new secret for one's own calendar, which is told once and not kept; a former one works no more."""
    if actor.id is None:
        raise Refused(_("A calendar belongs to somebody who signs in."))
    token = secrets.token_urlsafe(32)
    Calendar.objects.update_or_create(
        user_id=actor.id, defaults={"digest": _digest(token), "made_at": now, "read_at": None}
    )
    record(actor=actor, now=now, action=MADE, object_type="calendar", object_uid=str(actor.id))
    return token


@transaction.atomic
def revoke(*, actor: Actor, now: datetime) -> None:
    """Let nobody read one's calendar any more; raises `Refused` when there is none."""
    found = calendar_of(actor.id or 0)
    if found is None:
        raise Refused(_("Your calendar has no address."))
    found.delete()
    record(actor=actor, now=now, action=REVOKED, object_type="calendar", object_uid=str(actor.id))


def calendar_of(user_id: int) -> Calendar | None:
    """A colleague's calendar, when it has an address."""
    return Calendar.objects.filter(user_id=user_id).first()


def calendar_at(token: str) -> Calendar | None:
    """Whose calendar this secret opens."""
    return Calendar.objects.filter(digest=_digest(token)).first()


def note_reading(calendar: Calendar, *, now: datetime) -> None:
    """Remember that it was read, to the hour."""
    if calendar.read_at is None or now - calendar.read_at >= NOTED_EVERY:
        Calendar.objects.filter(pk=calendar.pk).update(read_at=now)


def _digest(token: str) -> str:
    # As long as a password nobody could guess, so that a plain hash is enough.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
