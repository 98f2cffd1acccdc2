"""What the engine and contracts say, in the reader's language; what is not known here is shown as it was said."""

import re
from collections.abc import Callable
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vincle.apps.sources import sentences
from vincle.flow.catalogue import builtin, describe
from vincle.kernel.errors import VincleError

_PLACE = re.compile(r"%\((\w+)\)s")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z“])")

_FIELDS: dict[str, Callable[[], str]] = {
    "amount": lambda: _("amount"),
    "currency": lambda: _("currency"),
    "score": lambda: _("satisfaction"),
    "text": lambda: _("words"),
    "channel": lambda: _("channel"),
    "place": lambda: _("place"),
    "staff": lambda: _("who on our side"),
    "identity": lambda: _("who"),
    "namespace": lambda: _("known by"),
    "occurred_at": lambda: _("when"),
    "kind": lambda: _("what happened"),
    "properties": lambda: _("properties"),
}

_NAMESPACES: dict[str, Callable[[], str]] = {
    "email": lambda: _("e-mail"),
    "phone": lambda: _("telephone"),
    "name": lambda: _("name"),
    "customer_id": lambda: _("customer number"),
    "user_id": lambda: _("user number"),
    "member_id": lambda: _("member number"),
    "student_id": lambda: _("student number"),
    "household_id": lambda: _("household number"),
    "account": lambda: _("account"),
    "anonymous_id": lambda: _("visitor"),
    "case_id": lambda: _("case number"),
    "contact": lambda: _("entry of the list"),
    "uid": lambda: _("number of the card"),
}

_THINGS: dict[str, Callable[[], str]] = {
    "name": lambda: _("name"),
    "given_name": lambda: _("first name"),
    "family_name": lambda: _("surname"),
    "birthday": lambda: _("birthday"),
    "town": lambda: _("town"),
    "postcode": lambda: _("postcode"),
    "province": lambda: _("province"),
    "region": lambda: _("region"),
    "country": lambda: _("country"),
    "address": lambda: _("address"),
    "gender": lambda: _("gender"),
    "language": lambda: _("language"),
    "company": lambda: _("company"),
    "age": lambda: _("age"),
    "education": lambda: _("studies"),
    "disability": lambda: _("disability"),
    "income": lambda: _("income"),
    "middle_name": lambda: _("second name"),
    "second_family_name": lambda: _("second surname"),
    "name_prefix": lambda: _("form of address"),
    "name_suffix": lambda: _("name suffix"),
    "nickname": lambda: _("nickname"),
    "anniversary": lambda: _("anniversary"),
    "department": lambda: _("department"),
    "job_title": lambda: _("job"),
    "role": lambda: pgettext("of a person", "role"),
    "tags": lambda: _("tags"),
    "notes": lambda: _("notes"),
    "website": lambda: _("website"),
    "address_line_2": lambda: _("second line of the address"),
    "po_box": lambda: _("post box"),
    "order": lambda: pgettext("a thing", "order"),
    "product": lambda: _("product"),
    "case": lambda: pgettext("a thing", "case"),
    "course": lambda: _("course"),
    "campaign": lambda: _("campaign"),
}


_GROUPS: dict[str, Callable[[], str]] = {
    "account": lambda: _("coming and leaving"),
    "call": lambda: _("calls"),
    "campaign": lambda: _("campaigns"),
    "case": lambda: _("cases"),
    "chat": lambda: _("chats"),
    "comment": lambda: _("comments"),
    "complaint": lambda: _("complaints"),
    "coupon": lambda: _("coupons"),
    "course": lambda: _("courses"),
    "donation": lambda: _("donations"),
    "email": lambda: _("e-mails"),
    "event": lambda: _("events"),
    "file": lambda: _("files"),
    "form": lambda: _("forms"),
    "idea": lambda: _("ideas"),
    "lesson": lambda: _("lessons"),
    "message": lambda: _("messages"),
    "note": lambda: _("notes"),
    "order": lambda: _("purchases"),
    "page": lambda: _("pages of the web"),
    "payment": lambda: _("payments"),
    "proposal": lambda: _("proposals"),
    "review": lambda: _("reviews"),
    "survey": lambda: _("surveys"),
    "visit": lambda: _("visits"),
}


def in_words(said: object) -> str:
    """A sentence, several of them, or an error, in the reader's language."""
    if isinstance(said, VincleError):
        return f"{in_words(said.message)} {in_words(said.hint)}".strip()
    text = str(said)
    whole = _sentence(text)
    if whole is not None:
        return whole
    for parting, joint in (("; ", "; "), (_BETWEEN_SENTENCES, " ")):
        parts = text.split(parting) if isinstance(parting, str) else parting.split(text)
        if len(parts) > 1:
            return joint.join(_breach(each) for each in parts)
    return _breach(text)


def is_known(text: str) -> bool:
    """Whether a sentence of the engine can be said in other languages."""
    parts = [text, *text.split("; ")]
    return _sentence(text) is not None or all(_sentence(each) is not None for each in parts[1:])


def is_of_an_event(text: str) -> bool:
    """Whether that is why an event of a website, an app or a server could not enter, and no breach of a contract."""
    return any(_pattern(each).fullmatch(text) for each in sentences.EVENTS)


def places(sentence: str) -> list[str]:
    """The names of the values that a sentence has a place for."""
    return _PLACE.findall(sentence)


def namespace(name: str) -> str:
    """What kind of number or name somebody is known by."""
    bare = name.partition("@")[0]
    known = _NAMESPACES.get(bare)
    return known() if known else bare.replace("_", " ")


def group(prefix: str) -> str:
    """What the kinds that begin with `prefix` are about."""
    known = _GROUPS.get(prefix)
    return known() if known else prefix.replace("_", " ")


def thing(name: str) -> str:
    """What something known of a person, or a type of thing, is called."""
    known = _THINGS.get(name.replace(" ", "_"))
    return known() if known else name.replace("_", " ")


def field(name: str) -> str:
    """What an interaction's field is called; inner ones with the name they have."""
    first, dot, rest = name.partition(".")
    known = _FIELDS.get(first)
    return f"{known()}, {rest}" if known and dot else (known() if known else name)


def _breach(text: str) -> str:
    where, colon, message = text.partition(": ")
    if colon and where.partition(".")[0] in _FIELDS:
        return f"{field(where)}: {_sentence(message) or message}"
    return _sentence(text) or text


def _sentence(text: str) -> str | None:
    for pattern, words in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return str(_(words) % {name: _value(name, value) for name, value in found.groupdict().items()})
    return None


def _value(name: str, value: str) -> str:
    match name:
        case "thing":
            return thing(value)
        case "field":
            return field(value)
        case "kind":
            return describe(value, "").label if value in builtin() else value
    return value


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    same = [
        (each, each)
        for group in (
            sentences.REASONS,
            sentences.EVENTS,
            sentences.GUESSES,
            sentences.NOTES,
            sentences.REFUSALS,
            sentences.SENT,
        )
        for each in group
    ]
    # The longest first: a sentence with another one after it is not taken for the first alone.
    found = sorted([*same, *sentences.OTHERWISE], key=lambda pair: -len(pair[0]))
    return [(_pattern(said), words) for said, words in found]


def _pattern(said: str) -> re.Pattern[str]:
    first, *parts = _PLACE.split(said)
    built = re.escape(first)
    for name, rest in zip(parts[0::2], parts[1::2], strict=True):
        built += f"(?P<{name}>.+?){re.escape(rest)}"
    return re.compile(built, re.DOTALL)
