"""Whom an event speaks of: as its source knows them, and by which contact points others know them too."""

from collections.abc import Mapping
from typing import Any

from vincle.apps.tracking.wire import traits
from vincle.apps.tracking.wire.event import Said, as_object
from vincle.apps.tracking.wire.limits import LONGEST_ID
from vincle.apps.tracking.wire.who import ANONYMOUS, EMAIL, PHONE, USER, identity, phone
from vincle.engine.tabular.identities import email
from vincle.kernel.words import slug

Identity = tuple[str, str]  # namespace, value

_MOST_MERGED = 20
_MERGED = {"mobile": PHONE, "phone": PHONE, "email": EMAIL, "user_id": USER, "userid": USER, "anonymous_id": ANONYMOUS}


def named(said: Said, source: str) -> list[Identity]:
    """The ids of the event that say something, the surest first; `source` is the only one they are trusted in."""
    found = []
    if said.user_id is not None and (user := identity(said.user_id)):
        found.append((f"{USER}@{source}", user))
    if said.anonymous_id is not None and (visitor := identity(said.anonymous_id)):
        found.append((f"{ANONYMOUS}@{source}", visitor))
    return found


def why_nobody(said: Said) -> str:
    """What to say of an event without anybody in it."""
    for name, value in (("userId", said.user_id), ("anonymousId", said.anonymous_id)):
        if value is None or value == "":
            continue
        if isinstance(value, str) and len(value) > LONGEST_ID:
            return f"“{name}” is longer than {LONGEST_ID} letters"
        return f"“{name}” does not say who it is"
    return "neither “userId” nor “anonymousId” is there"


def former(said: Said, source: str) -> list[Identity]:
    """Under what an alias says that somebody was known before.

    It does not tell whether that was a visitor's number or a user's, and it may arrive before either: so it is both,
    unless it is the visitor's number that the event itself carries.
    """
    value = identity(said.previous_id)
    if value is None:
        return []
    visitor = (f"{ANONYMOUS}@{source}", value)
    return [visitor] if value == identity(said.anonymous_id) else [visitor, (f"{USER}@{source}", value)]


def merged(said: Said, source: str, country: str) -> list[Identity]:
    """The identities that RudderStack's merge says are one person."""
    given = said.merge_properties if isinstance(said.merge_properties, list) else []
    found: list[Identity] = []
    for each in given[:_MOST_MERGED]:
        type_, value = as_object(each).get("type"), as_object(each).get("value")
        if isinstance(type_, str) and (one := _merged(slug(type_, separator="_"), value, source, country)):
            found.append(one)
    return found


def told(type_: str, said: Said, context: Mapping[str, Any], country: str) -> tuple[dict[str, str], list[Identity]]:
    """What an event says of the person (name -> value), and the contact points it gives.

    Traits of an identify speak of the person; so do the context's, on any event. Those of a group speak of the group.
    """
    said_of = as_object(context.get("traits"))
    if type_ == "identify" and said.traits:
        said_of = {**said_of, **as_object(said.traits)}
    if not said_of:
        return {}, []
    observed = traits.observations(said_of)
    found = [
        (EMAIL, email(observed["email"].strip()) if "email" in observed else None),
        (PHONE, phone(observed["phone"], country) if "phone" in observed else None),
    ]
    return observed, [(name, value) for name, value in found if value]


def _merged(type_: str, value: Any, source: str, country: str) -> Identity | None:
    name = _MERGED.get(type_, type_)
    text = identity(value)
    if not name or text is None:
        return None
    if name in {EMAIL, PHONE}:
        contact = email(text) if name == EMAIL else phone(text, country)
        return (name, contact) if contact else None
    return f"{name[:60]}@{source}", text
