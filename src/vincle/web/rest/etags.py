"""Versions of what is read (RFC 9110): a reader need not fetch it again, a writer changes only what they have seen."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from pydantic import BaseModel

from vincle.kernel.errors import VincleError


class ChangedMeanwhile(VincleError):
    """What the caller wants to change is not what they have seen."""


def etag_of(shown: BaseModel) -> str:
    """The version of what is shown: it changes exactly when something of it does."""
    return etag_of_text(shown.model_dump_json().encode())


def mark(response: HttpResponse, shown: BaseModel) -> None:
    """Give an answer the version of what it shows."""
    response.headers["ETag"] = etag_of(shown)


def require_match(request: HttpRequest, shown: BaseModel) -> None:
    """Raise `ChangedMeanwhile` unless the caller's If-Match, when there is one, names the version there is now.

    Ask inside the transaction that changes it.
    """
    wanted = parse_etags(request.headers.get("If-Match", ""))
    if wanted and "*" not in wanted and etag_of(shown) not in wanted:
        raise ChangedMeanwhile(
            _("It has changed since you read it; nothing was done."), _("Read it again and decide anew.")
        )


def etag_of_text(content: bytes) -> str:
    """The version of an answer as it is sent."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
