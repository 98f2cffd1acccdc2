"""What other rooms may call."""

from collections.abc import Collection
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.people.actions import join, join_all, keep_apart, undo, undo_all
from vincle.apps.people.cards import cards_of, write_cards
from vincle.apps.people.export import Shown, write_workbook
from vincle.apps.people.looking import note_looks, note_looks_of_visit
from vincle.apps.people.marking import lift, mark, marks_of
from vincle.apps.people.models import PersonMark
from vincle.apps.people.panels import PersonPanel, register_panel
from vincle.apps.people.privacy.addresses import Addressed, say_addresses
from vincle.apps.people.privacy.erasing import erase, finish_erasure, tombstone_of
from vincle.apps.people.privacy.giving import write_file
from vincle.apps.people.privacy.keeping import Keeping, keep
from vincle.apps.people.privacy.naming_others import FreeText, may_name
from vincle.apps.people.queries.alike import people_to_compare, told_apart
from vincle.apps.people.queries.close import close_people
from vincle.apps.people.queries.compared import Compared, compared
from vincle.apps.people.queries.contacts import CONTACTS, contacts_of
from vincle.apps.people.queries.contents import reachable_people
from vincle.apps.people.queries.criteria import ORDERS, Condition, Criteria, KnownIn, Span, at_most, everybody
from vincle.apps.people.queries.days import as_moment, bounds, local_day, midnight
from vincle.apps.people.queries.directory import Plan, numbers_of
from vincle.apps.people.queries.directory import page as people_page
from vincle.apps.people.queries.directory import plan as people_plan
from vincle.apps.people.queries.golden import ORDER as GOLDEN_ORDER
from vincle.apps.people.queries.golden import in_force, unseen_names
from vincle.apps.people.queries.history import people_of_step, step_by_number
from vincle.apps.people.queries.interactions import told as told_interactions
from vincle.apps.people.queries.known import Known, known_of, said_at
from vincle.apps.people.queries.person import (
    identities_of,
    main_identities,
    people_of,
    person_by_uid,
    person_they_are_now,
    source_labels,
)
from vincle.apps.people.queries.portraits import Portrait, portraits
from vincle.apps.people.queries.search import FOUND, find_people, namespaces
from vincle.apps.people.queries.somebody import Somebody, somebody, who_are
from vincle.apps.people.queries.told import told
from vincle.apps.people.queries.unseen import hidden_identities, hidden_lines
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
from vincle.apps.people.saying import tell_log, tell_log_of_each
from vincle.apps.people.web.forms import criteria_asked
from vincle.apps.people.words import (
    CHANNEL_ICONS,
    CHANNELS,
    attribute_words,
    channel_words,
    namespace_words,
    place_words,
)

__all__ = [
    "CHANNELS",
    "CONTACTS",
    "FOUND",
    "GOLDEN_ORDER",
    "ORDERS",
    "Addressed",
    "Compared",
    "Condition",
    "Criteria",
    "FreeText",
    "Keeping",
    "Known",
    "KnownIn",
    "PersonMark",
    "PersonPanel",
    "Plan",
    "Portrait",
    "Shown",
    "Sight",
    "Somebody",
    "Span",
    "as_moment",
    "at_most",
    "attribute_words",
    "best_known",
    "bounds",
    "cards_of",
    "channel_icon",
    "channel_words",
    "close_people",
    "compared",
    "contacts_of",
    "criteria_asked",
    "erase",
    "everybody",
    "everybody_url",
    "find_people",
    "finish_erasure",
    "hidden_identities",
    "hidden_lines",
    "hidden_numbers",
    "hidden_of",
    "identities_of",
    "in_force",
    "join",
    "join_all",
    "keep",
    "keep_apart",
    "known_of",
    "lift",
    "local_day",
    "look_at",
    "look_at_those",
    "looks",
    "main_identities",
    "mark",
    "marked",
    "marks_of",
    "may_name",
    "midnight",
    "namespace_words",
    "namespaces",
    "note_looks",
    "note_looks_of_visit",
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
    "portraits",
    "reachable_people",
    "register_panel",
    "restricted_among",
    "said_at",
    "say_addresses",
    "see_everybody",
    "seeing",
    "shown",
    "somebody",
    "source_labels",
    "step_by_number",
    "tell_log",
    "tell_log_of_each",
    "told",
    "told_apart",
    "told_interactions",
    "tombstone_of",
    "undo",
    "undo_all",
    "unseen_names",
    "visible",
    "who_are",
    "write_cards",
    "write_file",
    "write_workbook",
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


def best_known(people: Collection[int]) -> dict[int, str]:
    """For each person, by number, the identity that tells them best from others, in words."""
    labels = source_labels()
    return {
        number: f"{namespace_words(identity.namespace, labels)}: {identity.value}"
        for number, identity in main_identities(people).items()
    }
