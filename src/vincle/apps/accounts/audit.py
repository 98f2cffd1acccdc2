"""The words of the audit log: what each dotted action is called. Rooms name theirs when the application starts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.web.permissions import Words

STAFF_ADDED = "staff.added"
STAFF_LEFT = "staff.left"
STAFF_BACK = "staff.back"
ROLE_CHANGED = "staff.role_changed"
NAME_CHANGED = "staff.name_changed"
PASSWORD_SET = "staff.password_set"  # noqa: S105 - the name of an action
LINK_ISSUED = "staff.link_issued"
LINK_USED = "staff.link_used"
SIGNED_IN = "staff.signed_in"
SIGN_IN_FAILED = "staff.sign_in_failed"
SIGNED_OUT = "staff.signed_out"
PASSWORD_CHANGED = "staff.password_changed"  # noqa: S105
SECOND_STEP_ADDED = "staff.second_step_added"
SECOND_STEP_REMOVED = "staff.second_step_removed"
ORGANISATION_CHANGED = "organisation.changed"

_words: dict[str, Words] = {
    STAFF_ADDED: _("added to the staff"),
    STAFF_LEFT: _("ended the access of"),
    STAFF_BACK: _("let back in"),
    ROLE_CHANGED: _("changed the role of"),
    NAME_CHANGED: _("changed the name of"),
    PASSWORD_SET: _("set a password for"),
    LINK_ISSUED: _("made a sign-in link for"),
    LINK_USED: _("entered by a link"),
    SIGNED_IN: _("signed in"),
    SIGN_IN_FAILED: _("failed to sign in"),
    SIGNED_OUT: _("signed out"),
    PASSWORD_CHANGED: _("changed their password"),
    SECOND_STEP_ADDED: _("added a second step to sign in"),
    SECOND_STEP_REMOVED: _("removed a second step to sign in"),
    ORGANISATION_CHANGED: _("changed the organisation"),
}


def name(action: str, words: Words) -> None:
    """Give an action its words, as they stand between who did it and to what: "took back the import"."""
    _words[action] = words


def words_of(action: str) -> Words:
    """The words of an action; its dotted name when nobody has named it."""
    return _words.get(action, action)


def named() -> dict[str, Words]:
    """Every action that has words, in the order of their names."""
    return dict(sorted(_words.items()))


# What details speak of, in words; names that are not here stand as they are.
DETAILS: dict[str, Words] = {
    "name": _("name"),
    "role": _("role"),
    "language": _("language"),
    "country": _("country"),
    "currency": _("currency"),
    "timezone": _("time zone"),
    "date_order": _("dates in files"),
}


def in_words(details: Mapping[str, Any]) -> str:
    """Names and values on one line; a pair is what it was and what it is: "currency: USD → EUR"."""
    return " · ".join(f"{DETAILS.get(name, name)}: {_value(value)}" for name, value in details.items())


def _value(value: Any) -> str:
    if isinstance(value, list):
        return " → ".join(_value(each) for each in value)
    return "–" if value in {None, ""} else str(value)
