"""What programs are told: JSON, and to browsers of other sites that they may read it."""

import base64
import binascii
from typing import Any

from django.http import HttpRequest, JsonResponse

from vincle.apps.tracking.wire.refusals import ForeignOrigin
from vincle.flow.incoming.refusals import NotNow, Refusal

_METHODS = "GET, POST, OPTIONS"
_HEADERS = (
    "Authorization, Content-Type, Content-Encoding, X-Retry-Count, AnonymousId, SentAt, Rsa-Recovered, "
    "Rsa-Retry-Attempt, Rsa-Retry-Reason, Rsa-Since-First-Attempt, Rsa-Since-Last-Attempt"
)
_PREFLIGHT_LASTS = "600"  # seconds
_RETRY_AFTER = "5"


def said(request: HttpRequest, value: dict[str, Any], *, status: int = 200) -> JsonResponse:
    """An answer that the page which asked may read."""
    response = JsonResponse(value, status=status)
    return _readable(request, response)


def refused(request: HttpRequest, refusal: Refusal) -> JsonResponse:
    """Why nothing was taken, with the `code` and `message` that Segment's libraries look for."""
    response = JsonResponse({"success": False, "code": refusal.code, "message": refusal.message}, status=refusal.status)
    if isinstance(refusal, NotNow):
        response["Retry-After"] = _RETRY_AFTER
    return response if isinstance(refusal, ForeignOrigin) else _readable(request, response)


def preflight(request: HttpRequest) -> JsonResponse:
    """Yes to a browser that asks whether it may send."""
    response = JsonResponse({"success": True})
    response["Access-Control-Allow-Methods"] = _METHODS
    response["Access-Control-Allow-Headers"] = _HEADERS
    response["Access-Control-Max-Age"] = _PREFLIGHT_LASTS
    return _readable(request, response)


def key_in_headers(request: HttpRequest) -> str:
    """The write key of the Authorization header: Basic, as the user's name, or Bearer. Empty when it is not there."""
    scheme, _, value = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value.strip(), validate=True).decode("utf-8").partition(":")[0]
    except (binascii.Error, ValueError):
        return ""


def _readable(request: HttpRequest, response: JsonResponse) -> JsonResponse:
    origin = request.headers.get("Origin")
    if origin:
        response["Access-Control-Allow-Origin"] = origin
        response["Vary"] = "Origin"
    response["Cache-Control"] = "no-store"
    return response
