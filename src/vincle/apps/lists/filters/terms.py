"""Conditions as questions to the database. What somebody typed is always a bound value, never text of the question.

Each term gives the same answer in three ways, for `people.queries.directory` to choose from: `few` (everybody of whom
it may hold, where an index tells soon that they are few), `holds` (tried on one person through the indexes of their
own rows) and `within` (as a set, where everybody has to be looked at).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.people.facade import FOUND, KnownIn, at_most, everybody, find_people
from vincle.flow.models import Identity, Person
from vincle.kernel.errors import BadInput

EXAMINED = 50_000  # rows of an index that may be looked at to find out whether somebody is one of few


class Term(Protocol):
    """One condition."""

    def few(self, most: int) -> list[int] | None: ...
    def holds(self) -> Q: ...
    def within(self) -> Q: ...


@dataclass(frozen=True)
class Held:
    """A term among the conditions on the list of people."""

    term: Term
    field: str = ""

    def few(self, most: int) -> list[int] | None:
        return self.term.few(most)

    def on(self, rows: QuerySet[Person], *, from_index: bool = True) -> QuerySet[Person]:
        return rows.filter(self.term.within() if from_index else self.term.holds())


@dataclass(frozen=True)
class AnyOf:
    """That one of several holds."""

    terms: Sequence[Term]

    def few(self, most: int) -> list[int] | None:
        found: dict[int, None] = {}
        for term in self.terms:
            numbers = term.few(most)
            if numbers is None or len(found | dict.fromkeys(numbers)) > most:
                return None
            found |= dict.fromkeys(numbers)
        return list(found)

    def holds(self) -> Q:
        return _joined([term.holds() for term in self.terms], Q.__or__)

    def within(self) -> Q:
        return _joined([term.within() for term in self.terms], Q.__or__)


@dataclass(frozen=True)
class AllOf:
    """That several hold together."""

    terms: Sequence[Term]

    def few(self, most: int) -> list[int] | None:
        return next((found for term in self.terms if (found := term.few(most)) is not None), None)

    def holds(self) -> Q:
        return _joined([term.holds() for term in self.terms], Q.__and__)

    def within(self) -> Q:
        return _joined([term.within() for term in self.terms], Q.__and__)


@dataclass(frozen=True)
class Between:
    """That a field of the person's own row lies between two values, the upper one left out."""

    field: str
    low: Any
    high: Any

    def few(self, most: int) -> list[int] | None:
        return at_most(most, everybody().filter(self.holds()).values_list("pk", flat=True))

    def holds(self) -> Q:
        wanted = Q(last_at__isnull=False) if self.low is None else Q(**{f"{self.field}__gte": self.low})
        return wanted if self.high is None else wanted & Q(**{f"{self.field}__lt": self.high})

    within = holds


@dataclass(frozen=True)
class Reachable:
    """That an identity is known in a namespace, or that none is."""

    namespace: str
    has: bool

    def few(self, most: int) -> list[int] | None:
        return KnownIn(self.namespace).few(most) if self.has else None

    def holds(self) -> Q:
        known = Q(Exists(Identity.objects.filter(person_id=OuterRef("pk"), namespace=self.namespace)))
        return known if self.has else ~known

    within = holds


@dataclass(frozen=True)
class Among:
    """That somebody is one of the few whose numbers `numbers` gives."""

    numbers: Callable[[], list[int]]

    def few(self, most: int) -> list[int] | None:
        found = self.numbers()
        return found if len(found) <= most else None

    def holds(self) -> Q:
        return Q(pk__in=self.numbers())

    within = holds


@dataclass(frozen=True)
class OneOf:
    """That one of `identities` is somebody's, or that none is."""

    identities: QuerySet[Identity]
    there: bool = True

    def few(self, most: int) -> list[int] | None:
        return at_most(most, self.identities.values_list("person_id", flat=True)) if self.there else None

    def holds(self) -> Q:
        theirs = Q(Exists(self.identities.filter(person_id=OuterRef("pk"))))
        return theirs if self.there else ~theirs

    def within(self) -> Q:
        return Q(pk__in=self.identities.values("person_id")) if self.there else self.holds()


def found_by(words: str) -> list[int]:
    """Whom the search finds; raises `BadInput` when they are more than it looks at, for some would be left out."""
    numbers = find_people(words)
    if len(numbers) > FOUND:
        raise BadInput(
            _("More than %(count)d people are found by “%(words)s”.") % {"count": FOUND, "words": words},
            _("Type more of the name, so that nobody is left out."),
        )
    return numbers


class ByIndex(Func):
    """True of every row; says that a question may walk `lists_value` or `lists_did` (see migration 0002_indexes)."""

    template = "%(expressions)s > 0"
    output_field = BooleanField()


class Start(Func):
    """The first hundred letters of a value: what the index of values holds."""

    template = "substr(%(expressions)s, 1, 100)"


def _joined(wanted: Sequence[Q], by: Callable[[Q, Q], Q]) -> Q:
    first, *rest = wanted
    for each in rest:
        first = by(first, each)
    return first
