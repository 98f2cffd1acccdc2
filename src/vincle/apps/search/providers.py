"""Who answers a search. A room registers what it keeps when it is ready:

    from vincle.apps.search.facade import Hit, Provider, register

    register(Provider("notes", _("Notes"), "people.view", find_notes, order=30))

`find_notes(words, reader)` gives the best hits, few and quickly; it is asked only for readers who have the permission.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from vincle.web.permissions import PERMISSIONS, Words, can

SHOWN = 6  # hits of each provider in the panel under the search
MOST = 20  # on the page

Excerpt = Sequence[tuple[str, bool]]  # pieces of a text; True: it is what was looked for


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: `note` stands in grey beside it, `excerpt` beneath."""

    title: str
    url: str
    note: str = ""
    icon: str = ""
    face: str = ""  # of a person: what decides the colour of their initials
    excerpt: Excerpt = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """What one room finds; `find` is given the words and the reader, and gives at most `MOST` hits, the best first."""

    name: str
    label: Words
    permission: str
    find: Callable[[str, Any], Sequence[Hit]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Group:
    """What one provider found."""

    name: str
    label: Words
    hits: list[Hit] = field(default_factory=list)


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Have a room answer searches; call it from the room's `AppConfig.ready`."""
    if provider.permission not in PERMISSIONS:
        raise LookupError(f"{provider.name}: there is no permission {provider.permission}")
    _providers[provider.name] = provider


def find(words: str, reader: Any, *, most: int = MOST) -> list[Group]:
    """What every room finds by these words that `reader` may see; rooms that find nothing are left out."""
    if not words.strip():
        return []
    groups = [
        Group(provider.name, provider.label, list(provider.find(words, reader))[:most])
        for provider in sorted(_providers.values(), key=lambda each: each.order)
        if can(reader, provider.permission)
    ]
    return [group for group in groups if group.hits]
