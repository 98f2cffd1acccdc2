"""The door that every request to the API goes through, whatever room it is for.

A token, and how often it is used; no session and no cookie. What is asked twice with one Idempotency-Key is done once.
What is read carries its version. Whatever happens is answered as a problem that says what to do.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from vincle.api import problems
from vincle.api.problems import Malformed, TooLarge
from vincle.apps.people.facade import Sight, note_looks_of_visit, seeing
from vincle.apps.tokens.facade import LONGEST_KEY, Answer, actor_behind, admit, begin, fingerprint, keep
from vincle.kernel import clock
from vincle.kernel.errors import NotFound, NotReady, VincleError
from vincle.web.permissions import open_to_everybody
from vincle.web.rest.caller import Caller, let_in
from vincle.web.rest.etags import etag_of_text
from vincle.web.scopes import SEES_CONFIDENTIAL

View = Callable[..., HttpResponse]

LONGEST_BODY = 1024 * 1024
REPLAYED = "Idempotent-Replayed"
_LOOKING = {"GET", "HEAD", "OPTIONS"}

logger = logging.getLogger(__name__)


def guarded(view: View) -> View:
    """The view behind the door. It is open to everybody in the sense of pages: the token decides, not the session."""

    @wraps(view)
    def door(request: HttpRequest, **given: str) -> HttpResponse:
        return _private(_answered(lambda: _through(request, view, given)))

    return open_to_everybody(csrf_exempt(door))


def nowhere(request: HttpRequest, **_given: str) -> HttpResponse:  # noqa: ARG001 - Django's
    """The answer at an address of the API that does not exist."""
    return problems.explained(NotFound(_("There is nothing at this address of the API."), problems.PAGE))


def _answered(ask: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return ask()
    except VincleError as error:
        return problems.explained(error)
    except (OperationalError, InterfaceError):
        logger.warning("The database did not answer the API.", exc_info=True)
        return problems.explained(NotReady(_("The database is busy; nothing was done."), _("Try again in a moment.")))
    except Exception:
        logger.exception("The API broke.")
        hint = _("Nothing was done. Tell whoever looks after this Vincle, if it happens again.")
        return problems.problem(problems.BROKEN, str(problems.BROKEN.title), hint)


def _through(request: HttpRequest, view: View, given: dict[str, str]) -> HttpResponse:
    now = clock.now()
    caller = admit(_token_in(request), ip=request.META.get("REMOTE_ADDR") or None, now=now)
    let_in(request, caller)
    _read_body(request)
    sight = Sight(confidential=SEES_CONFIDENTIAL in caller.scopes, changes=request.method not in _LOOKING)
    with seeing(sight):
        response = _done(request, view, given, caller, now)
    if sight.looked and response.status_code < 400:
        note_looks_of_visit(sight.looked, actor=actor_behind(request), now=now)
    return response


def _done(request: HttpRequest, view: View, given: dict[str, str], caller: Caller, now: datetime) -> HttpResponse:
    key = request.headers.get("Idempotency-Key", "")
    if request.method == "POST" and key:
        return _once(request, lambda: _asked(request, view, given), key=key, caller=caller, now=now)
    return _versioned(request, _asked(request, view, given))


def _asked(request: HttpRequest, view: View, given: dict[str, str]) -> HttpResponse:
    response = view(request, **given)
    if response.status_code == problems.METHOD.status and response["Content-Type"] != problems.MEDIA_TYPE:
        allowed = ", ".join(sorted(response.headers.get("Allow", "").split(", ")))
        response = problems.problem(problems.METHOD, _("This address takes %(methods)s.") % {"methods": allowed})
        response.headers["Allow"] = allowed
    return response


def _once(
    request: HttpRequest, ask: Callable[[], HttpResponse], *, key: str, caller: Caller, now: datetime
) -> HttpResponse:
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Malformed(_("An Idempotency-Key has up to %(count)d printable letters.") % {"count": LONGEST_KEY})
    asked = fingerprint(request.method or "", request.get_full_path(), request.body)
    with transaction.atomic():
        kept = begin(token_id=caller.token_id, key=key, asked=asked, now=now)
        if kept is not None:
            response = HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")
            response.headers[REPLAYED] = "true"
            return response
        response = ask()
        if response.status_code >= 400:  # nothing was done, and the key may be used again
            transaction.set_rollback(True)
        else:
            keep(token_id=caller.token_id, key=key, answer=Answer(response.status_code, response.content.decode()))
    return response


def _versioned(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What was read, or 304 when the reader has it already."""
    if request.method != "GET" or response.status_code != 200:
        return response
    if not response.has_header("ETag"):
        response.headers["ETag"] = etag_of_text(response.content)
    conditional = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return conditional if isinstance(conditional, HttpResponse) else response


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    return response


def _token_in(request: HttpRequest) -> str:
    scheme, _gap, secret = request.headers.get("Authorization", "").strip().partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _read_body(request: HttpRequest) -> None:
    try:
        length = len(request.body)
    except RequestDataTooBig:
        length = LONGEST_BODY + 1
    except UnreadablePostError as error:
        raise Malformed(_("The request ended before its body did.")) from error
    if length > LONGEST_BODY:
        raise TooLarge(
            _("A request holds at most %(count)d KB.") % {"count": LONGEST_BODY // 1024}, _("Send it in parts.")
        )
