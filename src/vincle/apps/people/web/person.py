"""One person's page: how they are known, what is known of them, what happened, in figures."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.fields.facade import PREFIX
from vincle.apps.people.marking import marks_of
from vincle.apps.people.panels import panels_for, scripts_for, styles_for
from vincle.apps.people.queries import story as figures
from vincle.apps.people.queries.contacts import Contact, contacts_among
from vincle.apps.people.queries.person import (
    Attribute,
    attributes_of,
    facts_between,
    identities_of,
    person_by_uid,
    person_they_are_now,
    said_by,
    source_labels,
    with_stories,
)
from vincle.apps.people.queries.things import interests_of
from vincle.apps.people.web import timeline
from vincle.apps.people.web.forms import TimelineForm, addressed
from vincle.apps.people.words import (
    CHANNEL_ICONS,
    CONTACT_SAYINGS,
    CONTACT_STATES,
    MARK_ICONS,
    MARKS,
    attribute_words,
    channel_words,
    namespace_words,
    place_words,
    provenance_words,
    span_words,
)
from vincle.flow.models import Identity, Observation, Person
from vincle.kernel.house import house
from vincle.web.charts import Chart, Series, bars
from vincle.web.permissions import needs

IDENTITIES_SHOWN = 6
BEST_SHOWN = 2  # in the head of the page
PLACES_SHOWN = 6


@dataclass(frozen=True)
class Told:
    """What is known under one name, in words; `before` are other values, each with where it was from."""

    words: str
    known: Attribute
    provenance: str
    before: list[tuple[str, str]]


@dataclass(frozen=True)
class KnownBy:
    """An identity as the page shows it. `state`: words, tone and icon of each chip; `contact`: what may be said of it,
    for an e-mail or a telephone."""

    identity: Identity
    words: str
    contact: Contact | None = None

    @property
    def state(self) -> list[tuple[Any, str, str]]:
        return [chip for kind, chip in CONTACT_STATES.items() if self.contact and kind in self.contact.state]


@needs("people.view")
def page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The page itself; the address of somebody who is part of somebody else leads to them."""
    person = person_by_uid(uid)
    if person.into_id is not None:
        return redirect("people:person", person_they_are_now(person).uid)
    labels = source_labels()
    identities = identities_of(person)
    numbers = with_stories(identities)
    habits = figures.habits_of(numbers)
    known = _known_by(person, identities, labels)
    form = TimelineForm(request.GET, places=_places(habits.places))
    context = {
        "person": person,
        "best": [each for each in known if each.contact is None or each.contact.is_usable][:BEST_SHOWN],
        "known": known[:IDENTITIES_SHOWN],
        "sayings": CONTACT_SAYINGS,
        "further": known[IDENTITIES_SHOWN:],
        "joined": len(identities) > 1,
        **_told(person, attributes_of(identities)),
        "habits": habits,
        "whole": habits.of >= person.interactions,
        "places": [_place(seen, form) for seen in habits.places[:PLACES_SHOWN]],
        "form": form,
        "panels": panels_for(request.user),
        "styles": styles_for(request.user),
        "scripts": scripts_for(request.user),
        **_heeded(person),
        **timeline.context_of(request, person, numbers, form, habits.kinds),
    }
    return addressed(render(request, "people/person.html", context), request, form)


@needs("people.view")
def story(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What takes longer to work out: rhythm, the last year's money, activity over time."""
    person = person_they_are_now(person_by_uid(uid))
    columns = figures.columns_of(person)
    rhythm = figures.rhythm_of(with_stories(identities_of(person)))
    context = {
        "person": person,
        "rhythm": rhythm,
        "every": _every(rhythm.median) if rhythm.median is not None else "",
        "last_year": figures.money_of_last_year(person, house().currency),
        "chart": _chart(columns) if len(columns) > 1 else None,
    }
    return render(request, "people/story.html", context)


@needs("people.view")
def interests(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What they care about."""
    person = person_they_are_now(person_by_uid(uid))
    found = interests_of(with_stories(identities_of(person)))
    return render(request, "people/interests.html", {"person": person, "interests": found})


@needs("people.view")
def why(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Why several identities are one person."""
    person = person_they_are_now(person_by_uid(uid))
    labels = source_labels()
    facts = [
        (fact, namespace_words(fact.a.namespace, labels), namespace_words(fact.b.namespace, labels))
        for fact in facts_between(identities_of(person))
    ]
    return render(request, "people/why.html", {"person": person, "facts": facts})


def _heeded(person: Person) -> dict[str, Any]:
    """What is to be heeded with them: each mark with its words and its icon, and the kinds there are."""
    marks = marks_of(person) if getattr(person, "is_marked", True) else []
    return {
        "marks": [(each, MARKS[each.kind], MARK_ICONS[each.kind]) for each in marks],
        "marked_as": {each.kind for each in marks},
    }


def _told(person: Person, attributes: list[Attribute]) -> dict[str, Any]:
    """What is known, with where it is from; said once where most of it is from the same place."""
    shown = [
        known
        for known in attributes
        if not known.name.startswith(PREFIX)  # a part of the page of their own
        and (known.older or (known.name, known.shown.value) != ("name", person.name))
    ]
    authors = said_by(each for known in shown for each in (known.shown, *known.older))
    rows = [
        Told(
            attribute_words(known.name),
            known,
            _provenance(known.shown, known.older, authors),
            [(old.value, _provenance(old, [], authors)) for old in known.older],
        )
        for known in shown
    ]
    usual, times = Counter(row.provenance for row in rows).most_common(1)[0] if rows else ("", 0)
    return {"attributes": rows, "usual": usual if times > 1 else ""}


def _provenance(said: Observation, others: list[Observation], authors: dict[int, str]) -> str:
    confirms = any(other.value == said.value and other.source_id != said.source_id for other in others)
    return provenance_words(str(said.source), said.observed_at, author=authors.get(said.pk, ""), confirms=confirms)


def _every(days: float) -> str:
    rounded = max(1, round(days))
    return ngettext("every day", "every %(number)s days", rounded) % {"number": rounded}


def _known_by(person: Person, identities: list[Identity], labels: dict[str, str]) -> list[KnownBy]:
    """How they are known: e-mails, telephones, those of them that cannot be used, then the rest."""
    found = contacts_among(identities).get(person.pk, [])
    contacts = sorted(found, key=lambda contact: (not contact.is_usable, contact.identity.namespace))
    reached = {contact.identity.pk for contact in contacts}
    rest = [(identity, None) for identity in identities if identity.pk not in reached]
    every = [*((contact.identity, contact) for contact in contacts), *rest]
    return [KnownBy(each, namespace_words(each.namespace, labels), contact) for each, contact in every]


def _places(seen: list[figures.PlaceSeen]) -> list[tuple[str, str]]:
    """The choices of where: each channel, then each named place."""
    channels = dict.fromkeys(one.touchpoint.channel for one in seen)
    whole = [(channel, channel_words(channel)) for channel in channels]
    return whole + [
        (str(one.touchpoint.pk), place_words(one.touchpoint.channel, one.touchpoint.place))
        for one in seen
        if one.touchpoint.place
    ]


def _place(seen: figures.PlaceSeen, form: TimelineForm) -> dict[str, Any]:
    parameters = form.said(leaving_out=("where",))
    parameters["where"] = str(seen.touchpoint.pk)
    return {
        "words": place_words(seen.touchpoint.channel, seen.touchpoint.place),
        "icon": CHANNEL_ICONS.get(seen.touchpoint.channel, "map-pin"),
        "times": seen.times,
        "url": f"?{parameters.urlencode()}",
    }


def _chart(columns: list[figures.Column]) -> Chart:
    counts = [column.interactions for column in columns]
    names = [span_words(column.since, column.last_day) for column in columns]
    urls = [f"?when_from={column.since}&when_to={column.last_day}#timeline" for column in columns]
    label = _("Interactions from %(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return bars(label, _("Period"), names, [Series(_("Interactions"), counts, urls=urls)])
