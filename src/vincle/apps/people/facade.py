"""What other rooms may call."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.people.actions import join, keep_apart, undo
from vincle.apps.people.looking import note_looks
from vincle.apps.people.marking import lift, mark, marks_of
from vincle.apps.people.models import PersonMark
from vincle.apps.people.panels import PersonPanel, register_panel
from vincle.apps.people.privacy.erasing import erase, finish_erasure, tombstone_of
from vincle.apps.people.privacy.giving import write_file
from vincle.apps.people.privacy.keeping import Keeping, keep
from vincle.apps.people.queries.alike import people_to_compare, told_apart
from vincle.apps.people.queries.criteria import Criteria, everybody
from vincle.apps.people.queries.days import as_moment, midnight
from vincle.apps.people.queries.directory import page as people_page
from vincle.apps.people.queries.history import people_of_step, step_by_number
from vincle.apps.people.queries.person import main_identities, person_by_uid, person_they_are_now, source_labels
from vincle.apps.people.queries.search import namespaces
from vincle.apps.people.queries.somebody import Somebody, somebody, who_are
from vincle.apps.people.queries.told import told
from vincle.apps.people.queries.visible import (
    Sight,
    hidden_numbers,
    hidden_of,
    look_at,
    look_at_those,
    looks,
    marked,
    restricted_among,
    see_everybody,
    seeing,
    shown,
    visible,
)
from vincle.apps.people.saying import tell_log
from vincle.apps.people.words import CHANNEL_ICONS, CHANNELS, channel_words, namespace_words, place_words

__all__ = [
    "CHANNELS",
    "Criteria",
    "Keeping",
    "PersonMark",
    "PersonPanel",
    "Sight",
    "Somebody",
    "as_moment",
    "channel_icon",
    "channel_words",
    "erase",
    "everybody",
    "everybody_url",
    "finish_erasure",
    "hidden_numbers",
    "hidden_of",
    "join",
    "keep",
    "keep_apart",
    "lift",
    "look_at",
    "look_at_those",
    "looks",
    "main_identities",
    "mark",
    "marked",
    "marks_of",
    "midnight",
    "namespace_words",
    "namespaces",
    "note_looks",
    "people_of_step",
    "people_page",
    "people_to_compare",
    "people_url",
    "person_by_uid",
    "person_they_are_now",
    "place_words",
    "register_panel",
    "restricted_among",
    "see_everybody",
    "seeing",
    "shown",
    "somebody",
    "source_labels",
    "step_by_number",
    "tell_log",
    "told",
    "told_apart",
    "tombstone_of",
    "undo",
    "visible",
    "who_are",
    "write_file",
]


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
