"""Writes of the room by colleagues. One action, one change, one line in the audit log."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.hooks.models import Delivery, Hook
from vincle.apps.hooks.signatures import is_key
from vincle.apps.hooks.taking.mapping import read_mapping
from vincle.apps.sources.facade import source_named
from vincle.apps.webhooks.facade import new_secret
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Source
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.words import slug

LONGEST_NAME = 80
LONGEST_SECRET = 200
MOST = 200
FORMER_LASTS = timedelta(hours=24)
UNDO_WITHIN = timedelta(hours=1)
_HEADER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}")


@dataclass(frozen=True, slots=True)
class Signing:
    """How a program signs what it sends. Without a secret one is made."""

    how: str = Hook.Signing.NONE
    header: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A hook with what is told once: the secret of its address, the one its program signs with; either may be empty."""

    hook: Hook
    secret: str = ""
    signing_secret: str = ""


def digest(secret: str) -> str:
    """What is kept of a secret. It is as long as a password nobody could guess, so that a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def add_hook(
    *, actor: Actor, now: datetime, name: str, signing: Signing = Signing(), mapping: str = "", path: str = ""
) -> NewSecret:
    """Let a program send what happens. Raises `BadInput` for a name without letters, or one that is taken, for what is
    no mapping, no header, no secret."""
    label = " ".join(name.split())
    if not slug(label) or len(label) > LONGEST_NAME:
        raise BadInput(_("Give the source a name of up to %(count)d letters.") % {"count": LONGEST_NAME})
    if Source.objects.filter(name=slug(label)[:80]).exists():
        raise BadInput(_("There is already a source called “%(name)s”.") % {"name": label}, _("Choose another name."))
    if Hook.objects.count() >= MOST:
        raise Refused(_("There are no more than %(count)d incoming webhooks.") % {"count": MOST})
    secret, signing = secrets.token_urlsafe(32), _some_signing(signing)
    hook = Hook.objects.create(
        source=source_named(label, now=now),
        public_id=secrets.token_urlsafe(12),
        digest=digest(secret),
        hint=secret[-4:],
        signing=signing.how,
        signing_header=signing.header,
        signing_secret=signing.secret,
        path=_some_path(path),
        mapping=read_mapping(mapping) if mapping else "",
        created_at=now,
        created_by=actor.name[:200],
    )
    _record("hook.added", hook, actor=actor, now=now)
    return NewSecret(hook, secret, signing.secret)


@transaction.atomic
def rotate(hook: Hook, *, actor: Actor, now: datetime) -> NewSecret:
    """Make a new secret for its address. The former one works for a day; one that was revoked works no more."""
    hook, secret = _locked(hook), secrets.token_urlsafe(32)
    works = hook.revoked_at is None
    hook.former_digest, hook.former_until = (hook.digest, now + FORMER_LASTS) if works else ("", None)
    hook.digest, hook.hint, hook.revoked_at = digest(secret), secret[-4:], None
    hook.save(update_fields=["former_digest", "former_until", "digest", "hint", "revoked_at"])
    _record("hook.rotated", hook, actor=actor, now=now)
    return NewSecret(hook, secret)


@transaction.atomic
def revoke(hook: Hook, *, actor: Actor, now: datetime) -> None:
    """Let the program send no more, at once; `restore` takes it back for a while. What it sent stays."""
    if not Hook.objects.filter(pk=hook.pk, revoked_at=None).update(revoked_at=now):
        raise Refused(_("It cannot send any more as it is."))
    _record("hook.revoked", hook, actor=actor, now=now)


@transaction.atomic
def restore(hook: Hook, *, actor: Actor, now: datetime) -> None:
    """Take back that it was revoked, soon afterwards; raises `Refused` when that was long ago."""
    if not Hook.objects.filter(pk=hook.pk, revoked_at__gt=now - UNDO_WITHIN).update(revoked_at=None):
        raise Refused(_("It was revoked too long ago to be let in again."), _("Make a new secret."))
    _record("hook.restored", hook, actor=actor, now=now)


@transaction.atomic
def choose_signing(hook: Hook, *, actor: Actor, now: datetime, signing: Signing) -> NewSecret:
    """Say how the program signs, from now on. Raises `BadInput`."""
    hook, signing = _locked(hook), _some_signing(signing)
    before = hook.signing
    hook.signing, hook.signing_header, hook.signing_secret = signing.how, signing.header, signing.secret
    hook.save(update_fields=["signing", "signing_header", "signing_secret"])
    _record("hook.signing", hook, actor=actor, now=now, details={"signature": [before, hook.signing]})
    return NewSecret(hook, signing_secret=signing.secret)


@transaction.atomic
def choose_mapping(hook: Hook, *, actor: Actor, now: datetime, toml: str, path: str = "") -> None:
    """Say what the columns of what it sends mean; what waits is taken in. Raises `BadInput`."""
    hook = _locked(hook)
    hook.mapping, hook.path = read_mapping(toml), _some_path(path)
    hook.save(update_fields=["mapping", "path"])
    _take_in(hook, now=now)
    _record("hook.mapped", hook, actor=actor, now=now)


@transaction.atomic
def take_again(hook: Hook, *, actor: Actor, now: datetime) -> None:
    """Have what is held taken in again, by the mapping and the contracts of today."""
    _take_in(hook, now=now)
    _record("hook.taken_again", hook, actor=actor, now=now)


@transaction.atomic
def discard(delivery: Delivery, *, actor: Actor, now: datetime) -> None:
    """Leave out what waits or is held of a delivery; `bring_back` takes it back while its content is kept. What of it
    is in quarantine stays there."""
    open_ = [Delivery.Outcome.WAITING, Delivery.Outcome.HELD]
    changed = Delivery.objects.filter(pk=delivery.pk, outcome__in=open_)
    if not changed.update(outcome=Delivery.Outcome.DISCARDED):
        raise Refused(_("It does not wait any more."))
    _record("hook.discarded", delivery.hook, actor=actor, now=now)


@transaction.atomic
def bring_back(delivery: Delivery, *, actor: Actor, now: datetime) -> None:
    """Take back that a delivery was left out; it waits, and is taken in when there is a mapping."""
    left_out = Delivery.objects.filter(pk=delivery.pk, outcome=Delivery.Outcome.DISCARDED, kept__isnull=False)
    if not left_out.update(outcome=Delivery.Outcome.WAITING):
        raise Refused(_("There is nothing to take back: its content is not kept any more."))
    _take_in(delivery.hook, now=now)
    _record("hook.brought_back", delivery.hook, actor=actor, now=now)


def _take_in(hook: Hook, *, now: datetime) -> None:
    held = Delivery.objects.filter(hook=hook, outcome=Delivery.Outcome.HELD, kept__isnull=False)
    held.update(outcome=Delivery.Outcome.WAITING)
    enqueue("hooks.take_in", key="hooks.take_in", now=now)


def _locked(hook: Hook) -> Hook:
    return Hook.objects.select_for_update(of=("self",)).select_related("source").get(pk=hook.pk)


def _some_path(path: str) -> str:
    wanted = path.strip().strip(".")
    if len(wanted) > 200 or not wanted.isprintable():
        raise BadInput(
            _("“%(path)s” is no place in what is sent.") % {"path": wanted[:80]}, _("It is written data.items.")
        )
    return wanted


def _some_signing(signing: Signing) -> Signing:
    secret = signing.secret.strip()
    if signing.how not in Hook.Signing.values or len(secret) > LONGEST_SECRET or not secret.isprintable():
        raise BadInput(_("A secret has up to %(count)d letters.") % {"count": LONGEST_SECRET})
    match signing.how:
        case Hook.Signing.STANDARD:
            secret = secret or new_secret()
            if not is_key(secret):
                raise BadInput(_("This is no secret of Standard Webhooks: it begins with whsec_."))
            return Signing(signing.how, "", secret)
        case Hook.Signing.HMAC:
            header = signing.header.strip()
            if not _HEADER.fullmatch(header):
                raise BadInput(_("Say in which header the signature comes, as X-Hub-Signature-256."))
            return Signing(signing.how, header, secret or secrets.token_urlsafe(32))
    return Signing()


def _record(
    action: str, hook: Hook, *, actor: Actor, now: datetime, details: Mapping[str, object] | None = None
) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="source",
        object_uid=hook.source.name,
        summary=hook.source.label,
        details=details,
    )
