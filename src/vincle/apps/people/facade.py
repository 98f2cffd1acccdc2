"""What other rooms may call."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.people.actions import join, keep_apart, undo
from vincle.apps.people.privacy.erasing import also_forget, erase, finish_erasure, tombstone_of
from vincle.apps.people.privacy.gathering import also_give
from vincle.apps.people.privacy.giving import write_file
from vincle.apps.people.queries.alike import people_to_compare, told_apart
from vincle.apps.people.queries.close import close_people
from vincle.apps.people.queries.criteria import ORDERS, Condition, Criteria, KnownIn, Span, at_most, everybody
from vincle.apps.people.queries.days import bounds, local_day
from vincle.apps.people.queries.directory import Plan, numbers_of
from vincle.apps.people.queries.directory import page as people_page
from vincle.apps.people.queries.directory import plan as people_plan
from vincle.apps.people.queries.history import people_of_step, step_by_number
from vincle.apps.people.queries.person import (
    main_identities,
    people_of,
    person_by_uid,
    person_they_are_now,
    source_labels,
)
from vincle.apps.people.queries.search import FOUND, find_people, namespaces
from vincle.apps.people.queries.told import told
from vincle.apps.people.web.forms import criteria_asked
from vincle.apps.people.words import CHANNEL_ICONS, attribute_words, channel_words, namespace_words, place_words

__all__ = [
    "FOUND",
    "ORDERS",
    "Condition",
    "Criteria",
    "KnownIn",
    "Plan",
    "Span",
    "also_forget",
    "also_give",
    "at_most",
    "attribute_words",
    "bounds",
    "channel_icon",
    "channel_words",
    "close_people",
    "criteria_asked",
    "erase",
    "everybody",
    "everybody_url",
    "find_people",
    "finish_erasure",
    "join",
    "keep_apart",
    "local_day",
    "main_identities",
    "namespace_words",
    "namespaces",
    "numbers_of",
    "people_of",
    "people_of_step",
    "people_page",
    "people_plan",
    "people_to_compare",
    "people_url",
    "person_by_uid",
    "person_they_are_now",
    "place_words",
    "source_labels",
    "step_by_number",
    "told",
    "told_apart",
    "tombstone_of",
    "undo",
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
