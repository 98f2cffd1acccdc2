"""The list of people, a page at a time, and how many they are.

What a page costs does not grow with the number of people:

- a search, or a filter that at most `COUNTED` people pass, is turned into their numbers first, and those are sorted;
- otherwise the order's own index is walked and the other filters are tried on each row, `REACH` rows far;
- only when that finds less than a page (the filter holds almost nobody at this end of the order) are all who pass
  sorted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from vincle.apps.people.queries.criteria import Condition, Criteria, all_of, among, conditions, everybody
from vincle.apps.people.queries.search import FOUND, find_people
from vincle.apps.people.queries.visible import with_marks
from vincle.flow.models import Person
from vincle.kernel.errors import BadInput
from vincle.web.pagination import PAGE_SIZE, Edge, Page, keyset_page, read_cursor, write_cursor

COUNTED = 10_000
REACH = 10_000
EXPORT_CHUNK = 1_000


@dataclass(frozen=True)
class Count:
    """How many people match: exactly, or more than that."""

    number: int
    more: bool = False


@dataclass(frozen=True)
class Plan:
    """How who matches is found: `rows`, or, where the order's index is walked, `walked` first; `ahead` is all that lies
    on that walk.

    `cut`: a search found more people than it looks at. `count`: None when it is not known.
    """

    rows: QuerySet[Person]
    order: str
    count: Count | None
    walked: QuerySet[Person] | None = None
    ahead: QuerySet[Person] | None = None
    cut: bool = False

    def page(self, cursor: str, size: int) -> Page[Person]:
        """The page at `cursor`; raises `BadInput` for a cursor that is not ours."""
        if self.walked is None or self.ahead is None:
            return keyset_page(with_marks(self.rows), order=self.order, cursor=cursor, size=size)
        edge = read_cursor(cursor, order=self.order) if cursor else None
        within = with_marks(_within_reach(self.walked, self.ahead, self.order, edge))
        found = keyset_page(within, order=self.order, cursor=cursor, size=size)
        is_whole = found.previous if edge and edge.back else found.next
        return found if is_whole else _sorted_page(with_marks(self.rows), self.order, edge, size)


def plan(criteria: Criteria) -> Plan:
    """The way to who matches."""
    base, wanted, order = among(criteria), conditions(criteria), criteria.field_order
    if criteria.search:
        numbers = find_people(criteria.search)
        rows = all_of(base.filter(pk__in=numbers[:FOUND]), wanted, walking="")
        cut = len(numbers) > FOUND
        return Plan(rows, order, Count(rows.count(), more=cut), cut=cut)
    passing = _when_few(criteria, base, wanted)
    if passing is not None:
        return Plan(base.filter(pk__in=passing), order, Count(len(passing)))
    field = order.removeprefix("-")
    on_the_way = [condition for condition in wanted if condition.field == field]
    # Whether a condition of another room holds of many or of few is not known when it has not said so.
    count = None if criteria.further else _count_of_many(base, len(wanted))
    way = Plan(all_of(base, wanted), order, count)
    if len(on_the_way) == len(wanted):
        return way
    walked = all_of(base, wanted, walking=field)
    return replace(way, walked=walked, ahead=all_of(base, on_the_way))


def _when_few(criteria: Criteria, base: QuerySet[Person], wanted: Sequence[Condition]) -> list[int] | None:
    """The numbers of who matches, where few may, or where there are so few people that all may be looked at."""
    for condition in wanted:
        few = condition.few(COUNTED)
        if few is not None:
            rows = all_of(base.filter(pk__in=few), wanted, walking="")
            return list(rows.values_list("pk", flat=True))
    if criteria.further and base[: COUNTED + 1].count() <= COUNTED:
        return list(all_of(base, wanted).values_list("pk", flat=True))
    return None


def page(criteria: Criteria, *, cursor: str = "", size: int = PAGE_SIZE) -> tuple[Page[Person], Plan]:
    """One page of who matches, and how it was found; raises `BadInput` for a cursor that is not ours.

    Who is looked for by name or number is found although their processing is restricted; files and changes of many
    leave them out all the same.
    """
    way = plan(replace(criteria, restricted=True) if criteria.search else criteria)
    return way.page(cursor, size), way


def numbers_of(criteria: Criteria) -> list[int]:
    """The numbers of everybody who matches, in order; raises `BadInput` where a search finds more than it looks at."""
    way = plan(criteria)
    if way.cut:
        raise BadInput(
            _("More than %(count)d people are found by “%(words)s”.") % {"count": FOUND, "words": criteria.search},
            _("Type more of the name, so that nobody is left out."),
        )
    field = way.order.removeprefix("-")
    down = way.order.startswith("-")
    rows = way.rows.annotate(sorted=Coalesce(F(field), F(field)))  # by no index, which PostgreSQL might walk
    return list(rows.order_by("-sorted" if down else "sorted", "-pk" if down else "pk").values_list("pk", flat=True))


def in_chunks(criteria: Criteria) -> Iterator[list[Person]]:
    """Everybody who matches, in order, a thousand at a time."""
    if criteria.further:  # found out once, since it may take long
        numbers = numbers_of(criteria)
        for start in range(0, len(numbers), EXPORT_CHUNK):
            portion = numbers[start : start + EXPORT_CHUNK]
            found = everybody().in_bulk(portion)
            yield [found[number] for number in portion if number in found]
        return
    way, cursor = plan(criteria), ""
    while True:
        chunk = way.page(cursor, EXPORT_CHUNK)
        if chunk.items:
            yield chunk.items
        if not chunk.next:
            return
        cursor = chunk.next


def _within_reach(rows: QuerySet[Person], ahead: QuerySet[Person], order: str, edge: Edge | None) -> QuerySet[Person]:
    """`rows` no further than `REACH` of the people `ahead` from the edge, in the direction walked."""
    field = order.removeprefix("-")
    down = order.startswith("-") != bool(edge and edge.back)
    if edge is not None:
        ahead = ahead.filter(**{f"{field}__{'lte' if down else 'gte'}": edge.value})
    far = ahead.order_by(f"-{field}" if down else field, "-pk" if down else "pk").values_list(field, flat=True)
    end = next(iter(far[REACH : REACH + 1]), None)
    return rows if end is None else rows.filter(**{f"{field}__{'gte' if down else 'lte'}": end})


def _sorted_page(rows: QuerySet[Person], order: str, edge: Edge | None, size: int) -> Page[Person]:
    """The same page by sorting all who pass: by an expression that no index has, or PostgreSQL would walk one."""
    field = order.removeprefix("-")
    by = "-sorted" if order.startswith("-") else "sorted"
    found = keyset_page(
        rows.annotate(sorted=Coalesce(F(field), F(field))),
        order=by,
        cursor=write_cursor(edge, order=by) if edge else "",
        size=size,
    )
    return Page(
        list(found),
        next=found.next and write_cursor(read_cursor(found.next, order=by), order=order),
        previous=found.previous and write_cursor(read_cursor(found.previous, order=by), order=order),
    )


def _count_of_many(base: QuerySet[Person], filters: int) -> Count | None:
    """Of a single filter it is known by now that more than `COUNTED` pass; of none it is quickly found out."""
    if filters > 1:
        return None
    if filters == 1:
        return Count(COUNTED, more=True)
    number = base[: COUNTED + 1].count()
    return Count(min(number, COUNTED), more=number > COUNTED)
