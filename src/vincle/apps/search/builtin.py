"""What the room finds by itself: people, what was said, pages."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vincle.apps.people.facade import (
    close_people,
    everybody,
    find_people,
    main_identities,
    namespace_words,
    place_words,
    source_labels,
)
from vincle.apps.search.excerpts import excerpt, words_of
from vincle.apps.search.providers import MOST, Hit, Provider, register
from vincle.apps.search.texts import find_texts
from vincle.flow.models import Person, Touchpoint
from vincle.web import nav
from vincle.web.templatetags.vincle import day

ENOUGH = 5  # people found as typed; with fewer, those whose names are close follow


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(Provider("people", _("People"), "people.view", people, order=10))
    register(Provider("texts", _("What was said"), "people.view", texts, order=20))
    register(Provider("pages", _("Pages"), "today.view", pages, order=90))


def people(words: str, _reader: Any) -> list[Hit]:
    """Whoever is called so, or is known by it; then those whose names are a letter away."""
    numbers = find_people(words)[:MOST]
    if len(numbers) < ENOUGH:
        numbers = list(dict.fromkeys([*numbers, *close_people(words, most=MOST)]))[:MOST]
    found = everybody().in_bulk(numbers)
    there = [found[number] for number in numbers if number in found]
    best, labels = main_identities([person.pk for person in there]), source_labels()
    return [_person(person, best.get(person.pk), labels) for person in there]


def texts(words: str, _reader: Any) -> list[Hit]:
    """In what interactions say."""
    wanted = words_of(words)
    return [
        Hit(
            title=person.name,
            url=f"{reverse('people:person', args=[person.uid])}?{urlencode({'text': words.strip()})}#timeline",
            note=" · ".join([row.kind.label, *_places(row.touchpoint), day(row.occurred_at)]),
            icon=row.kind.icon,
            excerpt=excerpt(row.text or "", wanted),
        )
        for row, person in find_texts(words, most=MOST)
    ]


def pages(words: str, reader: Any) -> list[Hit]:
    """Pages of the sidebar, by the beginning of a word of their names."""
    wanted = words_of(words)
    return [
        Hit(title=str(entry.label), url=entry.url, icon=entry.icon)
        for entry in nav.entries_for(reader)
        if wanted and all(any(word.startswith(each) for word in words_of(str(entry.label))) for each in wanted)
    ]


def _person(person: Person, identity: Any, labels: dict[str, str]) -> Hit:
    known = f"{namespace_words(identity.namespace, labels)}: {identity.value}" if identity else ""
    return Hit(title=person.name, url=reverse("people:person", args=[person.uid]), note=known, face=str(person.uid))


def _places(touchpoint: Touchpoint | None) -> list[str]:
    return [place_words(touchpoint.channel, touchpoint.place)] if touchpoint else []
