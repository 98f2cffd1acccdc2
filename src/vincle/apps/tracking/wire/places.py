"""Where: the channel an event came through, and the website or app it happened in."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from vincle.apps.tracking.wire.event import Said, as_object

_CHANNELS = {"web": "web", "browser": "web", "mobile": "app", "app": "app"}
_LONGEST = 200


def of(
    type_: str, said: Said, properties: Mapping[str, Any], context: Mapping[str, Any]
) -> tuple[str | None, str | None]:
    """Channel and place; None where the event does not say. A server's event does not say where it happened."""
    page = as_object(context.get("page")).get("url") or properties.get("url")
    app = as_object(context.get("app")).get("name")
    channel = _CHANNELS.get(said.channel) if isinstance(said.channel, str) else None
    if type_ == "screen" or (channel is None and app and not page):
        channel = "app"
    elif type_ == "page" or page:
        channel = channel or "web"
    if channel == "app":
        return channel, app.strip()[:_LONGEST] or None if isinstance(app, str) else None
    return channel, _host(page) if channel and isinstance(page, str) else None


@lru_cache(maxsize=4096)
def _host(url: str) -> str | None:
    try:
        name = urlsplit(url[:2000]).hostname
    except ValueError:
        return None
    return name[:_LONGEST] if name else None
