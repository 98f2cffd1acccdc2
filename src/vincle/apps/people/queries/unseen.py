"""Confidential people in what is not in the log: what waits in quarantine, the rows of a file.

The rule is that of `visible`: whoever may not see them is told what to hide; of whoever may, it is noted that they
looked. Nothing here takes more questions for many than for one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from vincle.apps.people.queries.visible import CONFIDENTIAL, look_at, looks, marked
from vincle.engine.tabular.cells import bare
from vincle.engine.tabular.identities import e164
from vincle.flow.models import Identity, Observation, Person
from vincle.kernel.house import house
from vincle.kernel.words import fold

T = TypeVar("T")

_SHORTEST_NUMBER = 4  # digits; a shorter number is in everything


def hidden_identities(named: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these identities (namespace, value) whose person may not be seen by whoever looks."""
    if not named:
        return set()
    spaces, values = {space for space, _value in named}, {value for _space, value in named}
    rows = Identity.objects.filter(namespace__in=spaces, value__in=values, person_id__in=marked(CONFIDENTIAL))
    found = {(space, value): number for space, value, number in rows.values_list("namespace", "value", "person_id")}
    return _hidden({each: {found[each]} for each in named if each in found})


def hidden_lines(lines: Iterable[Collection[str]]) -> set[int]:
    """The places of those lines of a file that say, in a cell of its own, a name, a number or a contact point of
    somebody who may not be seen by whoever looks."""
    words = _words_of_confidential()
    if not words:
        return set()
    country = house().country or None
    found = ((place, _named_in(cells, words, country)) for place, cells in enumerate(lines))
    return _hidden({place: numbers for place, numbers in found if numbers})


def _words_of_confidential() -> dict[str, int]:
    """What confidential people are known by, and were ever called, each with the number of the person."""
    people = marked(CONFIDENTIAL)
    known = Identity.objects.filter(person_id__in=people).values_list("value", "person_id")
    called = Person.objects.filter(pk__in=people).values_list("name", "pk")
    names = Observation.objects.filter(identity__person_id__in=people, name="name")
    words = {
        fold(word): number for word, number in (*known, *called, *names.values_list("value", "identity__person_id"))
    }
    return {word: number for word, number in words.items() if word and not _is_in_everything(word)}


def _is_in_everything(word: str) -> bool:
    return word.isdecimal() and len(word) < _SHORTEST_NUMBER


def _named_in(cells: Iterable[str], words: Mapping[str, int], country: str | None) -> set[int]:
    return {words[word] for cell in cells for word in _written(cell, country) if word in words}


def _written(cell: str, country: str | None) -> Iterator[str]:
    """What a cell may stand for: its words, and the telephone number it is."""
    plain = bare(cell)
    yield fold(plain)
    if sum(sign.isdecimal() for sign in plain[:40]) > _SHORTEST_NUMBER and (number := e164(plain.strip(), country)):
        yield number


def _hidden(found: Mapping[T, Collection[int]]) -> set[T]:
    if not looks().confidential:
        return set(found)
    for numbers in found.values():
        for number in numbers:
            look_at(number)
    return set()
