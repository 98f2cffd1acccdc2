"""Short notices at the foot of the page, with Undo where what was done can be taken back."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse

from vincle.web.permissions import Words

Tone = Literal["well", "warm", "gold", "plain"]


@dataclass(frozen=True)
class Toast:
    """One notice: `undo` is the address that takes it back by POST, or empty."""

    text: str
    tone: Tone = "well"
    undo: str = ""


def toast(request: HttpRequest, text: Words, *, tone: Tone = "well", undo: str = "") -> None:
    """Show `text` on the next page, or at once when this request came from htmx."""
    messages.info(request, str(text), extra_tags=urlencode({"tone": tone, "undo": undo}))


def pending(request: HttpRequest) -> list[Toast]:
    """The notices waiting to be shown; asking for them takes them."""
    return [_read(message) for message in messages.get_messages(request)]


def hand_over(request: HttpRequest, response: HttpResponse) -> None:
    """Send what is pending with an htmx response, unless the browser is about to load another page."""
    leaving = any(response.has_header(name) for name in ("HX-Redirect", "HX-Refresh", "HX-Location"))
    if leaving or 300 <= response.status_code < 400:
        return
    waiting = pending(request)
    if waiting:
        add_to(response, waiting)


def add_to(response: HttpResponse, toasts: list[Toast]) -> None:
    """Write `toasts` into the response's HX-Trigger header, beside what is there already."""
    events: dict[str, Any] = json.loads(response.headers.get("HX-Trigger", "{}"))
    events["vincle:toasts"] = {"toasts": [asdict(toast) for toast in toasts]}
    response.headers["HX-Trigger"] = json.dumps(events)


def _read(message: Message) -> Toast:
    tags = parse_qs(message.extra_tags or "")
    if "tone" not in tags:
        # A library's own message, by its level.
        return Toast(str(message), "warm" if message.level >= messages.WARNING else "well")
    tone: Any = tags["tone"][0]
    return Toast(str(message), tone, tags.get("undo", [""])[0])
