"""Errors that a program, and whoever reads its log, understands: application/problem+json (RFC 9457).

`detail` is one sentence, `hint` what to do about it, `errors` where in the request it lies. `type` leads to the page of
the API, where each is explained.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from vincle.apps.tokens.facade import OtherRequest, TooOften, UnknownToken
from vincle.kernel.errors import BadInput, NotFound, NotReady, Refused, VincleError
from vincle.web.permissions import Words
from vincle.web.rest.etags import ChangedMeanwhile
from vincle.web.rest.router import LacksScope
from vincle.web.rest.working import BeingWorkedOut

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/v1/"


class Malformed(VincleError):
    """The request itself cannot be read."""


class TooLarge(VincleError):
    """The request is longer than is read."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in `type`, its title, its status."""

    name: str
    title: Words
    status: HTTPStatus


# The first that fits; what a class inherits from stands below it.
KINDS: Mapping[type[Exception], Kind] = {
    Malformed: Kind("malformed", _("It cannot be read"), HTTPStatus.BAD_REQUEST),
    UnknownToken: Kind("token", _("No token in force"), HTTPStatus.UNAUTHORIZED),
    LacksScope: Kind("scope", _("The token is not for this"), HTTPStatus.FORBIDDEN),
    NotFound: Kind("not-found", _("It is not there"), HTTPStatus.NOT_FOUND),
    Refused: Kind("refused", _("A rule of the house forbids it"), HTTPStatus.CONFLICT),
    BeingWorkedOut: Kind("being-worked-out", _("It is being worked out"), HTTPStatus.CONFLICT),
    ChangedMeanwhile: Kind("changed", _("It has changed meanwhile"), HTTPStatus.PRECONDITION_FAILED),
    TooLarge: Kind("too-large", _("Too much at once"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    OtherRequest: Kind("idempotency-key", _("The key belongs to another request"), HTTPStatus.UNPROCESSABLE_ENTITY),
    BadInput: Kind("input", _("Something in it cannot be used"), HTTPStatus.UNPROCESSABLE_ENTITY),
    TooOften: Kind("too-often", _("Too many requests"), HTTPStatus.TOO_MANY_REQUESTS),
    NotReady: Kind("not-ready", _("Not now"), HTTPStatus.SERVICE_UNAVAILABLE),
}
METHOD = Kind("method", _("Nothing is done at this address in this way"), HTTPStatus.METHOD_NOT_ALLOWED)
BROKEN = Kind("broken", _("Something broke on our side"), HTTPStatus.INTERNAL_SERVER_ERROR)


def explained(error: VincleError, *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """The answer to what a `VincleError` says."""
    kind = next((kind for of, kind in KINDS.items() if isinstance(error, of)), KINDS[BadInput])
    response = problem(kind, error.message, error.hint, errors=errors)
    if isinstance(error, UnknownToken):
        response.headers["WWW-Authenticate"] = 'Bearer realm="Vincle"'
    if isinstance(error, TooOften):
        response.headers["Retry-After"] = str(error.wait)
    if isinstance(error, NotReady | BeingWorkedOut):
        response.headers["Retry-After"] = "5"
    return response


def problem(kind: Kind, detail: str, hint: str = "", *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """An answer of that kind."""
    told: dict[str, Any] = {
        "type": f"{PAGE}#problem-{kind.name}",
        "title": str(kind.title),
        "status": int(kind.status),
        "detail": detail,
    }
    if hint:
        told["hint"] = hint
    if errors:
        told["errors"] = errors
    return HttpResponse(msgspec.json.encode(told), status=kind.status, content_type=MEDIA_TYPE)
