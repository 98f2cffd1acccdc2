"""Reads of the room, each bounded."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vincle.apps.tokens.actions import digest
from vincle.apps.tokens.models import Token
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page

PAGE = 50


def token_in_force(secret: str, *, now: datetime) -> Token | None:
    """The token of that secret, with its maker and source, when it may be used now."""
    if not secret:
        return None
    found = Token.objects.select_related("maker", "source").filter(digest=digest(secret))
    return found.filter(revoked_at=None, expires_at__gt=now, maker__is_active=True).first()


def tokens_page(*, cursor: str = "") -> Page[Token]:
    """Every token there is or was, newest first."""
    return keyset_page(_tokens(), order="-created_at", cursor=cursor, size=PAGE)


def newest_tokens() -> list[Token]:
    """The last tokens that were made."""
    return list(_tokens().order_by("-created_at", "-pk")[:1_000])


def token_by_number(number: int) -> Token:
    """One token; raises `NotFound`."""
    found = _tokens().filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no such token."))
    return found


def _tokens() -> QuerySet[Token]:
    return Token.objects.select_related("maker", "source")
