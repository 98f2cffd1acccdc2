"""Writes of the room. One action, one change, one line in the audit log."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.sources.facade import source_named
from vincle.apps.tokens.models import Token
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.words import slug
from vincle.web.permissions import can
from vincle.web.scopes import SCOPES, in_force

PREFIX = "vincle_"  # so that whoever finds one lying about, or a scanner of secrets, knows what it is
LONGEST_NAME = 80
LONGEST_LIFE = timedelta(days=366)
MOST_TOKENS = 50  # of one colleague, in force
UNDO_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token, and the secret by which its program comes in, which is told once and not kept."""

    token: Token
    secret: str


def digest(secret: str) -> str:
    """What is kept of a secret. It holds 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def add_token(
    *,
    actor: Actor,
    now: datetime,
    maker_id: int,
    name: str,
    scopes: Sequence[str],
    lasts: timedelta,
    source: str = "",
) -> NewToken:
    """Let a program in, on behalf of the colleague `maker_id`, for `scopes`, as long as it `lasts`.

    What it brings is kept under the source of the name `source`, else of its own name. Raises `BadInput` for what
    cannot be a token, and `Refused` for a scope that the colleague's role does not allow.
    """
    maker = get_user_model().objects.select_for_update().filter(pk=maker_id).first()
    if maker is None or not can(maker, "tokens.manage"):
        raise Refused(_("Their role does not let them make tokens."))
    label = " ".join(name.split())
    origin = " ".join(source.split()) or label
    if not label or len(label) > LONGEST_NAME or not slug(origin):
        raise BadInput(_("Give the token a name of up to %(count)d letters.") % {"count": LONGEST_NAME})
    if not timedelta() < lasts <= LONGEST_LIFE:
        raise BadInput(_("A token lasts a year at most, and ends some day."))
    if Token.objects.filter(maker_id=maker_id, revoked_at=None, expires_at__gt=now).count() >= MOST_TOKENS:
        raise Refused(_("Nobody has more than %(count)d tokens in force.") % {"count": MOST_TOKENS})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        name=label,
        maker_id=maker_id,
        source=source_named(origin, now=now),
        scopes=_allowed(scopes, maker),
        digest=digest(secret),
        hint=secret[-4:],
        created_at=now,
        expires_at=now + lasts,
    )
    _record("token.made", token, actor=actor, now=now, details={"scopes": " ".join(token.scopes)})
    return NewToken(token, secret)


@transaction.atomic
def revoke(token: Token, *, actor: Actor, now: datetime) -> None:
    """Let the program in no more, at once; `restore` takes it back. Raises `Refused` when it has ended already."""
    ended = Token.objects.filter(pk=token.pk, revoked_at=None, expires_at__gt=now).update(revoked_at=now)
    if not ended:
        raise Refused(_("This token has ended already."))
    _record("token.revoked", token, actor=actor, now=now)


@transaction.atomic
def restore(token: Token, *, actor: Actor, now: datetime) -> None:
    """Take back that a token was revoked, soon afterwards. Raises `Refused` when that was long ago."""
    recent = Token.objects.filter(pk=token.pk, revoked_at__gt=now - UNDO_WITHIN, expires_at__gt=now)
    if not recent.update(revoked_at=None):
        raise Refused(_("It was revoked too long ago to be let in again."), _("Make a new token."))
    _record("token.restored", token, actor=actor, now=now)


def _allowed(scopes: Sequence[str], maker: Any) -> list[str]:
    wanted = list(dict.fromkeys(scopes))
    if not wanted:
        raise BadInput(_("Say what the token is for."), " ".join(SCOPES))
    for name in wanted:
        if name not in SCOPES:
            raise BadInput(_("There is no scope “%(name)s”.") % {"name": name[:40]}, " ".join(SCOPES))
    beyond = set(wanted) - in_force(wanted, maker)
    if beyond:
        raise Refused(_("Their role does not allow %(scopes)s.") % {"scopes": ", ".join(sorted(beyond))})
    return [name for name in SCOPES if name in wanted]


def _record(action: str, token: Token, *, actor: Actor, now: datetime, details: dict[str, str] | None = None) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="token",
        object_uid=str(token.pk),
        summary=token.name,
        details=details,
    )
