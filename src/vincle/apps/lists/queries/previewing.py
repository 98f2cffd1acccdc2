"""What a change of many people would do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vincle.apps.lists.actions.changing import What
from vincle.apps.lists.columns import Column
from vincle.apps.lists.models import Change
from vincle.apps.lists.queries.cells import cells
from vincle.apps.lists.queries.members import people_on
from vincle.apps.people.facade import everybody
from vincle.flow.models import Person

SHOWN = 10


@dataclass(frozen=True)
class Preview:
    """One person: what it was, and what it would be."""

    person: Person
    before: str
    after: str


def preview(what: What, numbers: Sequence[int], *, now: datetime) -> list[Preview]:
    """The first ten of them; of lists, `before` and `after` say whether they stand on it ("yes" or empty)."""
    found = everybody().in_bulk(list(numbers[:SHOWN]))
    people = [found[number] for number in numbers[:SHOWN] if number in found]
    if what.kind == Change.Kind.SET:
        shown = cells(people, [Column("attribute", what.attribute)], now=now)
        return [Preview(each, str(shown[each.pk][0] or ""), what.value.strip()) for each in people]
    if what.task is not None:
        return [Preview(each, "", what.task.title) for each in people]
    standing: set[int] = set()
    if what.list is not None:
        theirs = people_on(what.list.uid).filter(person_id__in=[each.pk for each in people])
        standing = set(theirs.values_list("person_id", flat=True))
    after = "yes" if what.kind == Change.Kind.ADD else ""
    return [Preview(each, "yes" if each.pk in standing else "", after) for each in people]
