"""How the room says what the log holds in codes: namespaces, channels, attributes, scores."""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_skeleton
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from vincle.apps.people.queries.days import local_day
from vincle.web.locales import locale, write_day
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
    "contact": _("entry of the list"),
    "uid": _("number of the card"),
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

# What is said of a contact point: words, tone and icon of its chip.
CONTACT_STATES: dict[str, tuple[Words, str, str]] = {
    "preferred": (pgettext_lazy("a contact point", "preferred"), "gold", "star"),
    "verified": (pgettext_lazy("a contact point", "verified"), "well", "check"),
    "bounced": (_("does not arrive"), "warm", "alert-triangle"),
    "do_not_use": (_("do not use"), "warm", "x"),
    "shared": (_("of a household"), "plain", "home"),
}

# What may be said of a contact point: the kind, the words to say it and to take it back, an icon.
CONTACT_SAYINGS: tuple[tuple[str, Words, Words, str], ...] = (
    ("preferred", _("This is the preferred one"), _("Not preferred any more"), "star"),
    ("verified", _("It is verified"), _("It is not verified"), "check"),
    ("bounced", _("It does not arrive"), _("It works again"), "alert-triangle"),
    ("do_not_use", _("Do not use it"), _("It may be used"), "x"),
)

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
    "given_name": _("first name"),
    "middle_name": _("second name"),
    "family_name": _("surname"),
    "second_family_name": _("second surname"),
    "name_prefix": _("form of address"),
    "name_suffix": _("name suffix"),
    "nickname": _("nickname"),
    "birthday": _("birthday"),
    "anniversary": _("anniversary"),
    "age": _("age"),
    "gender": _("gender"),
    "language": _("language"),
    "address": _("address"),
    "postcode": _("postcode"),
    "town": _("town"),
    "city": _("city"),
    "country": _("country"),
    "job": _("job"),
    "job_title": _("job"),
    "role": pgettext_lazy("of a person", "role"),
    "company": _("company"),
    "department": _("department"),
    "website": _("website"),
    "tags": _("tags"),
    "notes": _("notes"),
    "address_line_2": _("second line of the address"),
    "po_box": _("post box"),
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


def attribute_words(name: str, labels: Mapping[str, str] | None = None) -> str:
    """The name of an attribute in words; `labels` are those of the organisation's own fields."""
    return str((labels or {}).get(name) or _ATTRIBUTES.get(name) or name.replace("_", " "))


def provenance_words(source: str, at: datetime, *, author: str = "", confirms: bool = False) -> str:
    """Where a value is from, and when it was said: by a source or, with `author`, by a colleague, who perhaps confirms
    what a source had said."""
    words = {"source": source, "who": author, "day": write_day(local_day(at))}
    if not author:
        return gettext("from %(source)s, %(day)s") % words
    return (gettext("confirmed by %(who)s, %(day)s") if confirms else gettext("said by %(who)s, %(day)s")) % words


def score_words(score: float) -> tuple[str, str, str]:
    """Satisfaction from -1 to 1 in words, with its tone and its face."""
    for bound, words, tone, icon in _SCORES:
        if score <= bound:
            return str(words), tone, icon
    _bound, words, tone, icon = _SCORES[-1]
    return str(words), tone, icon
