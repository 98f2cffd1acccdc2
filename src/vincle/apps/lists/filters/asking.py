"""A filter as conditions on the list of people, at a given moment."""

from datetime import datetime, timedelta
from decimal import Decimal

from vincle.apps.lists.filters.attributes import Attribute
from vincle.apps.lists.filters.behaviour import Bounds, Money, Times
from vincle.apps.lists.filters.language import (
    Behind,
    Chosen,
    Did,
    Filter,
    Found,
    Group,
    Known,
    Leaf,
    OnList,
    Period,
    Reached,
    Seen,
    Spent,
    Total,
    Worth,
)
from vincle.apps.lists.filters.terms import AllOf, Among, AnyOf, Between, Held, OneOf, Reachable, Term, found_by
from vincle.apps.lists.filters.worth import Valued
from vincle.apps.lists.queries.members import people_behind, people_on
from vincle.apps.people.facade import Condition, Span, bounds, local_day, people_of
from vincle.kernel.house import house

_FIELDS = {"first": "first_at", "last": "last_at", "interactions": "interactions", "money": "amount"}


def conditions(wanted: Filter, *, now: datetime) -> tuple[Condition, ...]:
    """The filter as `people.facade.Criteria` takes it in `further`; “the last days” end with the day of `now`."""
    if wanted.match == "any" and len(wanted.parts) > 1:
        return (Held(AnyOf([_term(part, now) for part in wanted.parts])),)
    return tuple(_condition(part, now) for part in wanted.parts)


def _condition(part: Leaf | Group, now: datetime) -> Condition:
    term = _term(part, now)
    # By the person's own row: the list may walk its index.
    return Span(term.field, term.low, term.high) if isinstance(term, Between) else Held(term)


def _term(part: Leaf | Group, now: datetime) -> Term:
    if isinstance(part, Group):
        terms = [_term(leaf, now) for leaf in part.parts]
        return AnyOf(terms) if part.match == "any" else AllOf(terms)
    if isinstance(part, Known):
        return Attribute(part)
    if isinstance(part, Did | Spent):
        return _of_log(part, instants(part.period, now))
    if isinstance(part, Seen | Total):
        return _of_own_row(part, now)
    if isinstance(part, Worth):
        return Valued(part)
    return _of_numbers(part)


def _of_log(part: Did | Spent, period: Bounds) -> Term:
    return Times(part, period) if isinstance(part, Did) else Money(part, period, house().currency)


def _of_own_row(part: Seen | Total, now: datetime) -> Term:
    if isinstance(part, Seen):
        since, until = instants(part.period, now)
        field = _FIELDS[part.which]
        return Between(field, None, since) if part.op == "before" else Between(field, since, until)
    # The next larger number that the column can hold, since the upper bound is left out.
    step = Decimal(1) if part.of == "interactions" else Decimal("0.0001")
    value = int(part.value) if part.of == "interactions" else part.value
    if part.op == "at_least":
        return Between(_FIELDS[part.of], value, None)
    return Between(_FIELDS[part.of], None, value + (int(step) if part.of == "interactions" else step))


def _of_numbers(part: Reached | OnList | Found | Chosen | Behind) -> Term:
    if isinstance(part, Reached):
        return Reachable(part.namespace, part.op == "has")
    if isinstance(part, OnList):
        return OneOf(people_on(part.list), part.op == "on")
    if isinstance(part, Behind):
        return OneOf(people_behind(part.gathering))
    if isinstance(part, Found):
        return Among(lambda: found_by(part.words))
    return Among(lambda: people_of(part.people))


def instants(period: Period, now: datetime) -> Bounds:
    """The instants between which a period lies; None where it has no end. The last days have none."""
    if period.days:
        return bounds(local_day(now) - timedelta(days=period.days), None)
    return bounds(period.since, period.until)
