"""What other rooms may call."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.people.words import CHANNEL_ICONS, place_words

__all__ = ["channel_icon", "everybody_url", "people_url", "place_words"]


def channel_icon(channel: str) -> str:
    """What a channel looks like."""
    return CHANNEL_ICONS.get(channel, "map-pin")


def everybody_url() -> str:
    """The list of everybody."""
    return reverse("people:list")


def people_url(
    *,
    first_from: date | None = None,
    first_to: date | None = None,
    last_from: date | None = None,
    last_to: date | None = None,
) -> str:
    """The list of those whose first or last interaction lies between two days, both included."""
    wanted = {"first_from": first_from, "first_to": first_to, "last_from": last_from, "last_to": last_to}
    return f"{everybody_url()}?{urlencode({name: day.isoformat() for name, day in wanted.items() if day})}"
