"""The door that programs knock at: a secret instead of a session, and an answer in JSON whatever happens."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from vincle.apps.hooks.models import Delivery, Hook
from vincle.apps.hooks.queries import hook_in_force
from vincle.apps.hooks.signatures import is_signed
from vincle.apps.hooks.taking.entering import TooManyWait, receive, refuse
from vincle.flow.incoming import body, pace
from vincle.flow.incoming.refusals import NotNow, Refusal, Unreadable
from vincle.kernel import clock
from vincle.web.permissions import open_to_everybody

RATE = "VINCLE_HOOKS_RATE"
_RETRY_AFTER = {503: "30"}
_LONGEST_ID = 255


class Unknown(Refusal):
    """401: no such address, or not its secret; which of them is not told."""

    def __init__(self) -> None:
        super().__init__(401, "unknown", "There is no such webhook, or its secret is missing, wrong or revoked.")


class TooOften(Refusal):
    """429: more requests than are taken; `wait` is after how many seconds it may be tried again."""

    def __init__(self, wait: int) -> None:
        super().__init__(429, "too_many_requests", "These are too many requests; nothing was kept, try again later.")
        self.wait = wait


def _door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answering(request: HttpRequest, **given: str) -> HttpResponse:
        try:
            return view(request, **given)
        except Refusal as refusal:
            return _refused(refusal)
        except UnreadablePostError:
            return _refused(Unreadable("incomplete", "The request ended before its body did."))
        except (OperationalError, InterfaceError):
            return _refused(NotNow())

    return open_to_everybody(csrf_exempt(answering))


@_door
def door(request: HttpRequest, public_id: str, secret: str = "") -> HttpResponse:
    """Take what a program sends. Answers when it is committed."""
    if request.method != "POST":
        raise Refusal(405, "method_not_allowed", "What happens is sent by POST.")
    now = clock.now()
    hook = hook_in_force(public_id, secret or _bearer(request), now=now)
    if hook is None:
        raise Unknown
    wait = pace.use(Hook.objects.filter(pk=hook.pk), a_minute=pace.allowed(RATE), now=now)
    if wait:
        raise TooOften(wait)
    delivery = _taken(request, hook, now)
    counts = {"new": delivery.new, "known": delivery.known, "held": delivery.held}
    return _said({"success": True, "outcome": delivery.outcome, **counts})


def _taken(request: HttpRequest, hook: Hook, now: datetime) -> Delivery:
    """What was sent, kept; what is refused from here on is written down, without what it said."""
    size = _told_size(request)
    try:
        sent = body.whole(body.stream_of(request))
        size = len(sent)
        said = _opened(request, hook, sent, now)
        return receive(said, hook=hook, size=size, webhook_id=_webhook_id(request), now=now)
    except TooManyWait:
        raise
    except Refusal as refusal:
        refuse(hook, size=size, reason=refusal.message, now=now)
        raise


def _opened(request: HttpRequest, hook: Hook, sent: bytes, now: datetime) -> bytes:
    """The body unpacked, when it is signed as the hook asks."""
    if not is_signed(hook, request.headers, sent, now=now):
        raise Refusal(401, "invalid_signature", "The signature is missing, wrong or too old.")
    said = body.plain(sent, request.headers.get("Content-Encoding", ""))
    if not said.strip():
        raise Unreadable("empty", "There is nothing in the body.")
    return said


def _bearer(request: HttpRequest) -> str:
    scheme, _, value = request.headers.get("Authorization", "").strip().partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _webhook_id(request: HttpRequest) -> str:
    """The id that the request brings (Standard Webhooks), the same however often it is sent."""
    given = request.headers.get("webhook-id", "").strip().replace("\0", "")
    return (
        given if len(given) <= _LONGEST_ID else f"long-{hashlib.sha256(given.encode('utf-8', 'replace')).hexdigest()}"
    )


def _told_size(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length", "")
    return min(int(told), 2**31 - 1) if told.isascii() and told.isdecimal() and len(told) < 20 else 0


def _said(value: dict[str, object], *, status: int = 200) -> JsonResponse:
    response = JsonResponse(value, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _refused(refusal: Refusal) -> JsonResponse:
    response = _said({"success": False, "code": refusal.code, "message": refusal.message}, status=refusal.status)
    if refusal.status == 405:
        response["Allow"] = "POST"
    if isinstance(refusal, TooOften):
        response["Retry-After"] = str(refusal.wait)
    elif refusal.status in _RETRY_AFTER:
        response["Retry-After"] = _RETRY_AFTER[refusal.status]
    return response
