"""How the room says what the log holds in codes: namespaces, channels, attributes, scores."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_skeleton
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vincle.web.locales import locale
from vincle.web.permissions import Words

SHORT_CODE = 3

_NAMESPACES: dict[str, Words] = {
    "email": _("e-mail"),
    "phone": _("phone"),
    "customer_id": _("customer number"),
    "client_id": _("client number"),
    "member_id": _("member number"),
    "student_id": _("student number"),
    "user_id": _("user number"),
    "anonymous_id": _("browser"),
    "account": _("account"),
    "case": _("case"),
    "household": _("household"),
}

_CHANNELS: dict[str, Words] = {
    "shop": _("shop"),
    "web": _("web"),
    "email": _("e-mail"),
    "phone": _("phone"),
    "chat": _("chat"),
    "counter": _("counter"),
    "app": _("app"),
    "social": _("social networks"),
    "post": _("post"),
    "unknown": pgettext_lazy("a channel", "unknown"),
}

CHANNELS = tuple(channel for channel in _CHANNELS if channel != "unknown")

MARKS: dict[str, Words] = {
    "confidential": _("confidential"),
    "restricted": _("processing restricted"),
}

MARK_ICONS: dict[str, str] = {"confidential": "lock", "restricted": "player-pause"}

CHANNEL_ICONS: dict[str, str] = {
    "shop": "building-store",
    "web": "world",
    "email": "mail",
    "phone": "phone",
    "chat": "message",
    "counter": "users",
    "app": "device-mobile",
    "social": "affiliate",
    "post": "inbox",
}

_ATTRIBUTES: dict[str, Words] = {
    "name": pgettext_lazy("of a person", "name"),
    "birthday": _("birthday"),
    "age": _("age"),
    "gender": _("gender"),
    "language": _("language"),
    "address": _("address"),
    "postcode": _("postcode"),
    "town": _("town"),
    "city": _("city"),
    "country": _("country"),
    "job": _("job"),
    "company": _("company"),
    "income": _("income"),
    "home": _("home"),
    "marital_status": _("marital status"),
    "household": _("household"),
    "household_size": _("people at home"),
    "children": _("children"),
}

# The upper bound of each step of satisfaction, from -1 to 1: its words, its tone, its face.
_SCORES: tuple[tuple[float, Words, str, str], ...] = (
    (-0.6, _("very disappointed"), "warm", "mood-sad"),
    (-0.2, _("disappointed"), "warm", "mood-sad"),
    (0.2, _("neither pleased nor disappointed"), "plain", "mood-neutral"),
    (0.6, _("pleased"), "well", "mood-smile"),
    (1.0, _("very pleased"), "well", "mood-happy"),
)


def namespace_words(namespace: str, sources: Mapping[str, str]) -> str:
    """A namespace in words: `customer_id@shop` becomes "customer number · The shop"; `sources` maps names to labels."""
    base, _at, source = namespace.partition("@")
    words = str(_NAMESPACES.get(base) or base.replace("_", " "))
    return f"{words} · {sources.get(source, source)}" if source else words


def channel_words(channel: str) -> str:
    """A channel in words; an unknown one speaks for itself."""
    return str(_CHANNELS.get(channel, channel))


def place_words(channel: str, place: str) -> str:
    """A touchpoint in words: "shop · Store 324"."""
    return f"{channel_words(channel)} · {place}" if place else channel_words(channel)


def span_words(first: date, last: date) -> str:
    """A stretch of whole months in words: "Mar 2017", "Jan - Mar 2017", "2017", "2015 - 2019" (with longer dashes)."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months >= 12:
        return str(first.year) if months == 12 else f"{first.year} – {last.year}"
    words = format_skeleton("yMMM", last, locale=locale())
    return words if months == 1 else f"{format_skeleton('MMM', first, locale=locale())} – {words}"


def calm(label: str) -> str:
    """A label without shouting: sources that write everything in capitals are given small ones, but for short codes."""
    return label.capitalize() if label.isupper() and len(label) > SHORT_CODE else label


def attribute_words(name: str) -> str:
    """The name of an attribute in words."""
    return str(_ATTRIBUTES.get(name) or name.replace("_", " "))


def score_words(score: float) -> tuple[str, str, str]:
    """Satisfaction from -1 to 1 in words, with its tone and its face."""
    for bound, words, tone, icon in _SCORES:
        if score <= bound:
            return str(words), tone, icon
    _bound, words, tone, icon = _SCORES[-1]
    return str(words), tone, icon
