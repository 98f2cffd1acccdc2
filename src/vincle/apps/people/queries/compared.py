"""Two people side by side, attribute by attribute, with what will show when they are one."""

from collections.abc import Sequence
from dataclasses import dataclass

from vincle.apps.fields.facade import labels as field_labels
from vincle.apps.people.queries.person import Attribute, attributes_of
from vincle.apps.people.words import attribute_words
from vincle.flow.models import Identity


@dataclass(frozen=True)
class Compared:
    """One attribute of two people, and the value that shows when they are one."""

    name: str
    words: str
    first: str
    second: str
    then: str

    @property
    def differs(self) -> bool:
        return bool(self.first and self.second and self.first != self.second)


def compared(mine: Sequence[Identity], theirs: Sequence[Identity]) -> list[Compared]:
    """Every attribute that sources give either of two people, by name; given the identities of each."""
    first, second = _by_name(attributes_of(mine)), _by_name(attributes_of(theirs))
    then = _by_name(attributes_of([*mine, *theirs]))
    named = field_labels()
    return [
        Compared(name, attribute_words(name, named), first.get(name, ""), second.get(name, ""), value)
        for name, value in sorted(then.items())
    ]


def _by_name(attributes: list[Attribute]) -> dict[str, str]:
    return {known.name: known.shown.value for known in attributes}
