"""What the columns of a list say of some people: a few questions a column, however many people."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from vincle.apps.lists import worths
from vincle.apps.lists.columns import Column
from vincle.apps.people.facade import bounds, in_force, local_day, main_identities
from vincle.flow.models import Identity, Interaction, Kind, Observation, Person
from vincle.kernel.house import house

Value = str | int | float | Decimal | date | Identity | None
SEVERAL = 20_000  # rows read for one column of a portion of people

_PLAIN: dict[str, Callable[[Person], Value]] = {
    "first": lambda person: local_day(person.first_at) if person.first_at else None,
    "last": lambda person: local_day(person.last_at) if person.last_at else None,
    "interactions": lambda person: person.interactions,
    "money": lambda person: person.amount,
}


def cells(people: Sequence[Person], columns: Sequence[Column], *, now: datetime) -> dict[int, list[Value]]:
    """For each person (by number) the value of each column; None where there is none."""
    numbers = [person.pk for person in people]
    found = [_column(column, people, numbers, now) for column in columns]
    return {number: [values.get(number) for values in found] for number in numbers}


def _column(column: Column, people: Sequence[Person], numbers: list[int], now: datetime) -> dict[int, Value]:
    plain = _PLAIN.get(column.of)
    if plain is not None:
        return {person.pk: plain(person) for person in people}
    if column.of == "known":
        return dict(main_identities(numbers))
    if column.of in worths.FIELDS:
        return worths.worths_of(numbers, column.of)
    if column.of == "attribute":
        return _attribute(column.name, numbers)
    return _reached(column.name, numbers) if column.of == "by" else _counted(column, numbers, now)


def _attribute(name: str, numbers: list[int]) -> dict[int, Value]:
    """What the golden record shows of each."""
    said = Observation.objects.filter(identity__person_id__in=numbers, name=name)
    rows = in_force(said).order_by("pinned", "observed_at", "pk").values_list("identity__person_id", "value")
    return dict(rows[:SEVERAL])


def _reached(namespace: str, numbers: list[int]) -> dict[int, Value]:
    known: dict[int, list[str]] = defaultdict(list)
    rows = Identity.objects.filter(person_id__in=numbers, namespace=namespace).order_by("pk")
    for person, value in rows.values_list("person_id", "value")[:SEVERAL]:
        known[person].append(value)
    return {person: ", ".join(values) for person, values in known.items()}


def _counted(column: Column, numbers: list[int], now: datetime) -> dict[int, Value]:
    rows = Interaction.objects.filter(identity__person_id__in=numbers)
    if column.days:
        since, _until = bounds(local_day(now) - timedelta(days=column.days), None)
        rows = rows.filter(occurred_at__gte=since)
    if column.of == "did" and column.name:
        rows = rows.filter(kind__in=Kind.objects.filter(name=column.name))
    nothing: dict[int, Value] = dict.fromkeys(numbers, 0)
    grouped = rows.order_by().values("identity__person_id")
    if column.of == "spent":
        paid = grouped.filter(currency=house().currency).annotate(total=Sum("amount"))
        return nothing | dict(paid.values_list("identity__person_id", "total"))
    counted: Any = grouped.annotate(total=Count("pk"))
    return nothing | dict(counted.values_list("identity__person_id", "total"))
