"""Who is calling: a program with a token, on behalf of whoever made it."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that was let in. `scopes` are those its maker's role allows now; `source` is the name under which what
    it brings is kept."""

    token_id: int
    token: str
    user_id: int
    user: str
    source: str
    scopes: frozenset[str]
    ip: str | None = None


def let_in(request: HttpRequest, caller: Caller) -> None:
    """Remember who sent `request`."""
    request.caller = caller  # type: ignore[attr-defined]


def caller_of(request: HttpRequest) -> Caller:
    """Who sent `request`; only for operations, which nobody reaches without a token."""
    return cast("Caller", request.caller)  # type: ignore[attr-defined]
