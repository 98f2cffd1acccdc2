"""Writes of the room: sources and their keys. One action, one change, one line in the audit log."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.sources.facade import source_named
from vincle.apps.tracking.models import TrackingSource, WriteKey
from vincle.apps.tracking.origins import normalised
from vincle.flow.models import Source
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.words import slug

LONGEST_NAME = 80
MOST_ORIGINS = 50
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A source and its new write key, which is told once and not kept."""

    tracking: TrackingSource
    write_key: str


def digest(write_key: str) -> str:
    """What is kept of a key. It is as long as a password nobody could guess, so that a plain hash is enough."""
    return hashlib.sha256(write_key.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def add_source(*, actor: Actor, now: datetime, name: str, origins: Sequence[str] = ()) -> NewKey:
    """Make a source that sends events, and its first key. `origins`: of the web pages that may send; none: any.

    Raises `BadInput` for a name without letters, or one that is taken, and for what is no origin.
    """
    label = " ".join(name.split())
    if not slug(label) or len(label) > LONGEST_NAME:
        raise BadInput(_("Give the source a name of up to %(count)d letters.") % {"count": LONGEST_NAME})
    if Source.objects.filter(name=slug(label)[:80]).exists():
        raise BadInput(_("There is already a source called “%(name)s”.") % {"name": label}, _("Choose another name."))
    tracking = TrackingSource.objects.create(
        source=source_named(label, now=now), origins=read_origins(origins), created_at=now, created_by=actor.name
    )
    key = _new_key(tracking, now=now)
    _record("tracking.added", tracking, actor=actor, now=now)
    return NewKey(tracking, key)


@transaction.atomic
def rotate(tracking: TrackingSource, *, actor: Actor, now: datetime, grace: timedelta = timedelta()) -> NewKey:
    """Make a new key; the former ones go on working for `grace`, which may be nothing."""
    _ending(tracking, at=now + grace)
    key = _new_key(tracking, now=now)
    _record("tracking.rotated", tracking, actor=actor, now=now)
    return NewKey(tracking, key)


@transaction.atomic
def revoke(tracking: TrackingSource, *, actor: Actor, now: datetime) -> int:
    """Let no key of the source work any more; returns how many did. What was sent stays."""
    ended = _ending(tracking, at=now)
    if not ended:
        raise Refused(_("No key of this source is in force."))
    _record("tracking.revoked", tracking, actor=actor, now=now)
    return ended


@transaction.atomic
def choose_origins(tracking: TrackingSource, *, actor: Actor, now: datetime, origins: Sequence[str]) -> None:
    """Say from which web pages events are taken."""
    before, wanted = tracking.origins, read_origins(origins)
    if before == wanted:
        return
    tracking.origins = wanted
    tracking.save(update_fields=["origins"])
    told = {"origins": [", ".join(before), ", ".join(wanted)]}
    _record("tracking.origins", tracking, actor=actor, now=now, details=told)


def note_use(key: WriteKey, *, now: datetime) -> None:
    """Remember that a key was used, to the minute."""
    if key.last_used_at is None or now - key.last_used_at >= USED_EVERY:
        WriteKey.objects.filter(pk=key.pk).update(last_used_at=now)


def read_origins(given: Sequence[str]) -> list[str]:
    """Origins as browsers send them, in order, each once. Raises `BadInput` for what is none."""
    found = list(dict.fromkeys(normalised(each) for each in given if each.strip()))
    if len(found) > MOST_ORIGINS:
        raise BadInput(_("A source has at most %(count)d origins.") % {"count": MOST_ORIGINS})
    return found


def _new_key(tracking: TrackingSource, *, now: datetime) -> str:
    key = secrets.token_urlsafe(24)
    WriteKey.objects.create(of=tracking, digest=digest(key), hint=key[-4:], created_at=now)
    return key


def _ending(tracking: TrackingSource, *, at: datetime) -> int:
    """Let the keys end then, unless they end before."""
    return WriteKey.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), of=tracking).update(ends_at=at)


def _record(
    action: str, tracking: TrackingSource, *, actor: Actor, now: datetime, details: dict[str, list[str]] | None = None
) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="source",
        object_uid=tracking.source.name,
        summary=tracking.source.label,
        details=details,
    )
