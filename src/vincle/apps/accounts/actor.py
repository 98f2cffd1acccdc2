"""Who does something: a person who is signed in, the command line, or the house itself."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest

from vincle.apps.accounts.models import User


@dataclass(frozen=True)
class Actor:
    """Named in the audit log. `id` is the user's number, None when nobody was signed in."""

    id: int | None
    name: str
    ip: str | None = None

    @classmethod
    def of(cls, user: Any, *, ip: str | None = None) -> "Actor":
        """The actor behind a user."""
        return cls(user.pk, user.name, ip)

    @classmethod
    def behind(cls, request: HttpRequest) -> "Actor":
        """The signed-in person who sent `request`, and the address it came from."""
        return cls.of(request.user, ip=request.META.get("REMOTE_ADDR") or None)


def signed_in(request: HttpRequest) -> User:
    """Who sent `request`; only for views that nobody enters without signing in."""
    return cast("User", request.user)


COMMAND_LINE = Actor(None, "command line")
"""Somebody with access to the machine."""
