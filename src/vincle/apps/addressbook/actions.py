"""Writes of the room: passwords of devices, one action, one change, one line in the audit log."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.addressbook import queries
from vincle.apps.addressbook.models import AppPassword
from vincle.kernel.errors import BadInput, Refused

LONGEST_NAME = 80
MOST = 20  # passwords in force of one colleague
USED_EVERY = timedelta(minutes=1)


def digest(password: str) -> str:
    """What is kept of a password. It is as long as nobody could guess, so that a plain hash is enough."""
    return hashlib.sha256(password.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make_password(*, actor: Actor, now: datetime, device: str) -> str:
    """A new password for one of the actor's devices, told once and not kept. Raises `BadInput` without a name."""
    name = " ".join(device.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(_("Say which device it is for, in up to %(count)d letters.") % {"count": LONGEST_NAME})
    if actor.id is None or queries.passwords_in_force(actor.id).count() >= MOST:
        raise Refused(_("You have %(count)d passwords already.") % {"count": MOST}, _("End one of them first."))
    password = secrets.token_urlsafe(24)
    made = AppPassword.objects.create(user_id=actor.id, device=name, digest=digest(password), created_at=now)
    _record("addressbook.password_made", made, actor=actor, now=now)
    return password


@transaction.atomic
def end_password(password: AppPassword, *, actor: Actor, now: datetime) -> None:
    """Let a password of the actor's work no more; `bring_back` undoes it."""
    if AppPassword.objects.filter(pk=password.pk, ended_at=None).update(ended_at=now):
        _record("addressbook.password_ended", password, actor=actor, now=now)


@transaction.atomic
def bring_back(password: AppPassword, *, actor: Actor, now: datetime) -> None:
    """Let a password that was ended work again."""
    if AppPassword.objects.filter(pk=password.pk).exclude(ended_at=None).update(ended_at=None):
        _record("addressbook.password_back", password, actor=actor, now=now)


def note_use(password: AppPassword, *, now: datetime) -> None:
    """Remember that a password was used, to the minute."""
    if password.last_used_at is None or now - password.last_used_at >= USED_EVERY:
        AppPassword.objects.filter(pk=password.pk).update(last_used_at=now)


def _record(action: str, password: AppPassword, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor, now=now, action=action, object_type="app_password", object_uid=str(password.pk),
        summary=password.device,
    )  # fmt: skip
