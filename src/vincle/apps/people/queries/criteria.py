"""Which people are wanted, as conditions on the rows of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from vincle.apps.people.queries.days import bounds
from vincle.apps.people.queries.visible import RESTRICTED, marked, visible
from vincle.flow.models import Identity, Person

ORDERS = {"last": "last_at", "first": "first_at", "name": "name_key", "interactions": "interactions", "money": "amount"}


@dataclass(frozen=True)
class Criteria:
    """Which people are wanted, in which order. Days are the organisation's, both ends included.

    Whose processing is restricted is left out, unless `restricted` asks for them too. `further` are conditions that
    other rooms add, which must hold too. `order` is a name of `ORDERS`, with "-" before it for the largest first;
    empty, or unknown: whatever the filters are about, the latest or the most first.
    """

    search: str = ""
    namespace: str = ""
    first_from: date | None = None
    first_to: date | None = None
    last_from: date | None = None
    last_to: date | None = None
    at_least: int | None = None
    restricted: bool = False
    order: str = ""
    further: tuple["Condition", ...] = ()

    @property
    def shown_order(self) -> str:
        """The order there is in the end, as a name of `ORDERS`."""
        if self.order.removeprefix("-") in ORDERS:
            return self.order
        if self.first_from or self.first_to:
            return "-first"
        if self.at_least and not (self.last_from or self.last_to):
            return "-interactions"
        return "-last"

    @property
    def field_order(self) -> str:
        """The same as a field."""
        name = self.shown_order.removeprefix("-")
        return ("-" if self.shown_order.startswith("-") else "") + ORDERS[name]


class Condition(Protocol):
    """Something that holds of some people."""

    @property
    def field(self) -> str:
        """Whose index it is a stretch of; empty: of none."""
        ...

    def few(self, most: int) -> list[int] | None:
        """The numbers of everybody of whom it may hold, where that is soon found out and they are at most `most`."""
        ...

    def on(self, rows: QuerySet[Person], *, from_index: bool = True) -> QuerySet[Person]:
        """Those of `rows` of whom it holds; without `from_index` it is tried row by row, whatever index there is."""
        ...


def everybody() -> QuerySet[Person]:
    """The people there are for whoever looks: with something in the log, and so not part of somebody else.

    Every list, search, file and change of many begins here.
    """
    return visible(Person.objects.filter(last_at__isnull=False))


def among(criteria: Criteria) -> QuerySet[Person]:
    """The people from whom those who are wanted are chosen."""
    return everybody() if criteria.restricted else everybody().exclude(pk__in=marked(RESTRICTED))


@dataclass(frozen=True)
class Span:
    """People whose `field` lies between two values, the upper one left out; None: no bound on that side."""

    field: str
    low: Any
    high: Any

    def few(self, most: int) -> list[int] | None:
        """The numbers of these people, when they are at most `most`."""
        return at_most(most, self.on(everybody()).values_list("pk", flat=True))

    def on(self, rows: QuerySet[Person], *, from_index: bool = True) -> QuerySet[Person]:
        """Those of `rows` that are in it."""
        name = self.field
        if not from_index:
            name = f"_{name}"
            rows = rows.alias(**{name: Coalesce(F(self.field), F(self.field))})
        if self.low is not None:
            rows = rows.filter(**{f"{name}__gte": self.low})
        return rows if self.high is None else rows.filter(**{f"{name}__lt": self.high})


@dataclass(frozen=True)
class KnownIn:
    """People of whom an identity is known in a namespace."""

    namespace: str
    field: str = ""

    def few(self, most: int) -> list[int] | None:
        """The numbers of these people, when they are at most `most`."""
        return at_most(most, Identity.objects.filter(namespace=self.namespace).values_list("person_id", flat=True))

    def on(self, rows: QuerySet[Person], *, from_index: bool = True) -> QuerySet[Person]:  # noqa: ARG002
        """Those of `rows` that are in it."""
        return rows.filter(Exists(Identity.objects.filter(person_id=OuterRef("pk"), namespace=self.namespace)))


def at_most(most: int, numbers: QuerySet[Any, int]) -> list[int] | None:
    """These numbers, each once; None when there are more than `most` of them."""
    found = list(numbers[: most + 1])
    return None if len(found) > most else list(dict.fromkeys(found))


def conditions(criteria: Criteria) -> list[Condition]:
    """The filters in force, the search aside."""
    found: list[Condition] = []
    if criteria.first_from or criteria.first_to:
        found.append(Span("first_at", *bounds(criteria.first_from, criteria.first_to)))
    if criteria.last_from or criteria.last_to:
        found.append(Span("last_at", *bounds(criteria.last_from, criteria.last_to)))
    if criteria.at_least:
        found.append(Span("interactions", criteria.at_least, None))
    if criteria.namespace:
        found.append(KnownIn(criteria.namespace))
    return [*found, *criteria.further]


def all_of(rows: QuerySet[Person], wanted: Sequence[Condition], *, walking: str | None = None) -> QuerySet[Person]:
    """Those of `rows` that meet every condition. `walking` is the field whose index is to be walked; empty: of none,
    since `rows` are few; None: every condition may bring its own set."""
    for condition in wanted:
        rows = condition.on(rows, from_index=walking is None or (walking != "" and condition.field == walking))
    return rows
