"""How often a token may be used."""

from datetime import datetime

from vincle.apps.tokens.models import Token
from vincle.flow.incoming import pace


def a_minute() -> int:
    """How many requests a minute a token may make: VINCLE_API_RATE, else 600."""
    return pace.allowed("VINCLE_API_RATE")


def use(token: Token, *, now: datetime) -> int:
    """Count one use; returns 0, or after how many seconds it may be tried again."""
    return pace.use(Token.objects.filter(pk=token.pk), a_minute=a_minute(), now=now, last_used_at=now)
