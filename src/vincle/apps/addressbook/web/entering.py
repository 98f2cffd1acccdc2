"""Who may read the book: a colleague who sees people, by the password of one of their devices."""

import base64
import binascii

from django.core.cache import cache
from django.http import HttpRequest

from vincle.apps.accounts.facade import Colleague, colleague_by_number
from vincle.apps.addressbook import actions, queries
from vincle.kernel import clock
from vincle.web.permissions import PERMISSIONS

MOST_FAILURES = 20  # in a quarter of an hour, from one address
_REMEMBERED = 15 * 60


class Closed(Exception):
    """Nobody comes in so: `status` is 401 (say who you are), 403 (you do not see people) or 429 (not so fast)."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def let_in(request: HttpRequest) -> Colleague:
    """The colleague behind a request; raises `Closed`."""
    key = f"addressbook.failures.{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(key, 0) >= MOST_FAILURES:
        raise Closed(429)
    given = _given(request)
    if given is None:
        raise Closed(401)
    colleague = _behind(*given)
    if colleague is None:
        cache.add(key, 0, _REMEMBERED)
        cache.incr(key)
        raise Closed(401)
    if colleague.role not in PERMISSIONS["people.view"].roles:
        raise Closed(403)
    return colleague


def _behind(email: str, password: str) -> Colleague | None:
    found = queries.password_in_force(actions.digest(password))
    if found is None:
        return None
    colleague = colleague_by_number(found.user_id)
    if colleague is None or not colleague.is_active or colleague.email != email.strip().lower():
        return None
    actions.note_use(found, now=clock.now())
    return colleague


def _given(request: HttpRequest) -> tuple[str, str] | None:
    scheme, _gap, value = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        email, colon, password = base64.b64decode(value.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    return (email, password) if colon else None
