"""What somebody did: how often something happened, how much money there was, in a period.

Asked of the log itself, so that it is true as of the moment it is asked; the index `lists_did` (kind, moment, whose,
where, money) answers without a look at the rows.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from vincle.apps.lists.filters.attributes import anywhere
from vincle.apps.lists.filters.language import Did, Spent
from vincle.apps.lists.filters.terms import EXAMINED, ByIndex
from vincle.apps.people.facade import at_most
from vincle.flow.fields import MoneyField
from vincle.flow.models import Interaction, InteractionThing, Kind, Thing, Touchpoint

Bounds = tuple[datetime | None, datetime | None]
THINGS = 2_000  # of one name


@dataclass(frozen=True)
class Times:
    """How often something happened."""

    said: Did
    bounds: Bounds

    @property
    def least(self) -> int:
        """The number that is reached, or, with “at most”, must not be."""
        return self.said.times if self.said.op == "at_least" else self.said.times + 1

    def few(self, most: int) -> list[int] | None:
        if self.said.op == "at_most":
            return None
        rows = self._of_few_things() if self.said.thing_type else in_period(self.said.kind, self.bounds)
        if rows is None or rows[: EXAMINED + 1].count() > EXAMINED:
            return None
        return at_most(most, self._reaching(self._narrowed(rows)).values_list("identity__person_id", flat=True))

    def holds(self) -> Q:
        theirs = self._narrowed(theirs_in_period(self.said.kind, self.bounds))
        reached = Q(Exists(theirs)) if self.least == 1 else Q(GreaterThanOrEqual(_count(theirs), self.least))
        return reached if self.said.op == "at_least" else ~reached

    def within(self) -> Q:
        if self.said.op == "at_most":
            return self.holds()
        rows = self._narrowed(in_period(self.said.kind, self.bounds))
        return Q(pk__in=self._reaching(rows).values("identity__person_id"))

    def _reaching(self, rows: QuerySet[Interaction]) -> QuerySet[Interaction, Any]:
        grouped = rows.values("identity__person_id").annotate(times=Count("pk")).order_by()
        return grouped.filter(times__gte=self.least)

    def _narrowed(self, rows: QuerySet[Interaction]) -> QuerySet[Interaction]:
        """Those of `rows` that were where, and about what, is wanted."""
        if self.said.channel:
            where = Touchpoint.objects.filter(channel=self.said.channel)
            rows = rows.filter(touchpoint__in=where.filter(place=self.said.place) if self.said.place else where)
        if self.said.thing_type:
            about = InteractionThing.objects.filter(interaction=OuterRef("pk"), thing__type=self.said.thing_type)
            if self.said.thing:
                about = about.filter(thing__label__regex=anywhere(self.said.thing))
            rows = rows.filter(Exists(about))
        return rows

    def _of_few_things(self) -> QuerySet[Interaction] | None:
        """The interactions about the things that are meant, found from the things; None when those are many."""
        things = Thing.objects.filter(source__in=_sources(), type=self.said.thing_type)
        if self.said.thing:
            things = things.filter(label__regex=anywhere(self.said.thing))
        numbers = list(things.values_list("pk", flat=True)[: THINGS + 1])
        if len(numbers) > THINGS:
            return None
        links = InteractionThing.objects.filter(thing__in=numbers)
        if links[: EXAMINED + 1].count() > EXAMINED:
            return None
        return in_period(self.said.kind, self.bounds).filter(pk__in=links.values("interaction_id"))


@dataclass(frozen=True)
class Money:
    """How much money there was, in the organisation's currency."""

    said: Spent
    bounds: Bounds
    currency: str

    def few(self, most: int) -> list[int] | None:
        if not self._needs_some:
            return None
        rows = self._paid(in_period("", self.bounds))
        if rows[: EXAMINED + 1].count() > EXAMINED:
            return None
        return at_most(most, self._reaching(rows).values_list("identity__person_id", flat=True))

    def holds(self) -> Q:
        paid = self._paid(theirs_in_period("", self.bounds))
        total = paid.order_by().values("identity__person_id").annotate(total=Sum("amount")).values("total")
        sum_ = Coalesce(Subquery(total), Value(Decimal(0), output_field=MoneyField()), output_field=MoneyField())
        bound = Value(self.said.amount, output_field=MoneyField())
        return Q((GreaterThanOrEqual if self.said.op == "at_least" else LessThanOrEqual)(sum_, bound))

    def within(self) -> Q:
        if not self._needs_some:
            return self.holds()
        return Q(pk__in=self._reaching(self._paid(in_period("", self.bounds))).values("identity__person_id"))

    @property
    def _needs_some(self) -> bool:
        """Whether it cannot hold of somebody without any money."""
        return self.said.op == "at_least" and self.said.amount > 0

    def _paid(self, rows: QuerySet[Interaction]) -> QuerySet[Interaction]:
        return rows.filter(currency=self.currency, amount__isnull=False)

    def _reaching(self, rows: QuerySet[Interaction]) -> QuerySet[Interaction, Any]:
        grouped = rows.values("identity__person_id").annotate(total=Sum("amount")).order_by()
        return grouped.filter(total__gte=self.said.amount)


def in_period(kind: str, bounds: Bounds) -> QuerySet[Interaction]:
    """What happened of a kind (empty: any) between two instants."""
    # Any kind is every one by its number, so that the index, which begins with the kind, serves.
    kinds = Kind.objects.filter(name=kind) if kind else Kind.objects.all()
    numbers = list(kinds.values_list("pk", flat=True))
    return _between(Interaction.objects.filter(ByIndex(F("pk")), kind_id__in=numbers), bounds)


def theirs_in_period(kind: str, bounds: Bounds) -> QuerySet[Interaction]:
    """The same of the person of the outer query, through the timelines of their identities."""
    rows = _between(Interaction.objects.filter(identity__person_id=OuterRef("pk")), bounds)
    return rows.filter(kind__in=Kind.objects.filter(name=kind)) if kind else rows


def _between(rows: QuerySet[Interaction], bounds: Bounds) -> QuerySet[Interaction]:
    since, until = bounds
    if since is not None:
        rows = rows.filter(occurred_at__gte=since)
    return rows if until is None else rows.filter(occurred_at__lt=until)


def _count(rows: QuerySet[Interaction]) -> Any:
    counted = rows.order_by().values("identity__person_id").annotate(times=Count("pk")).values("times")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def _sources() -> list[int]:
    from vincle.flow.models import Source

    return list(Source.objects.values_list("pk", flat=True)[:1_000])
