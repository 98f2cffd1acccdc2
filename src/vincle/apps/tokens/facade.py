"""What other rooms, the REST API and the command line may call."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.tokens import pace
from vincle.apps.tokens.actions import NewToken, add_token, revoke
from vincle.apps.tokens.answers import LONGEST_KEY, Answer, OtherRequest, begin, fingerprint, forget_about, keep
from vincle.apps.tokens.models import Token
from vincle.apps.tokens.queries import newest_tokens, token_by_number, token_in_force
from vincle.kernel.errors import VincleError
from vincle.web.rest.caller import Caller, caller_of
from vincle.web.scopes import in_force

__all__ = [
    "LONGEST_KEY",
    "Answer",
    "NewToken",
    "OtherRequest",
    "TooOften",
    "UnknownToken",
    "actor_behind",
    "add_token",
    "admit",
    "begin",
    "fingerprint",
    "forget_about",
    "keep",
    "list_tokens",
    "revoke",
    "token_by_number",
]


class UnknownToken(VincleError):
    """No token came, or one that is unknown, expired or revoked."""


class TooOften(VincleError):
    """The token is used more often than its rate; `wait` is after how many seconds it may be tried again."""

    def __init__(self, message: str, hint: str, wait: int) -> None:
        super().__init__(message, hint)
        self.wait = wait


def admit(secret: str, *, ip: str | None, now: datetime) -> Caller:
    """Who comes in with that secret; raises `UnknownToken`, `TooOften`. Counts as a use."""
    token = token_in_force(secret, now=now)
    if token is None:
        raise UnknownToken(
            _("This needs a token that is in force."),
            _("Make one under “API”, and send it as “Authorization: Bearer TOKEN”."),
        )
    wait = pace.use(token, now=now)
    if wait:
        raise TooOften(
            _("This token asks more than %(count)d times a minute.") % {"count": pace.a_minute()},
            _("Wait %(seconds)d s and go on; nothing was done.") % {"seconds": wait},
            wait,
        )
    maker: Any = token.maker
    return Caller(
        token_id=token.pk,
        token=token.name,
        user_id=maker.pk,
        user=maker.name,
        source=token.source.name,
        scopes=in_force(token.scopes, maker),
        ip=ip,
    )


def actor_behind(request: HttpRequest) -> Actor:
    """Who is named in the audit log for what a program does: the colleague, and their token."""
    caller = caller_of(request)
    return Actor(caller.user_id, f"{caller.user} · {caller.token}", caller.ip)


def list_tokens() -> list[dict[str, Any]]:
    """The last tokens that were made, newest first, as plain values; of the secret only what tells them apart."""
    return [_told(token) for token in newest_tokens()]


def _told(token: Token) -> dict[str, Any]:
    return {
        "token": token.pk,
        "name": token.name,
        "maker": str(token.maker),
        "source": token.source.name,
        "scopes": token.scopes,
        "ends_with": token.hint,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "last_used_at": token.last_used_at,
    }
