"""Turning the pages of the list: nobody is skipped, nobody is met twice, in either direction."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vincle.apps.people.queries import directory
from vincle.apps.people.queries.criteria import ORDERS, Criteria
from vincle.flow.models import Person

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, 12, tzinfo=UTC)

people = st.lists(st.tuples(*[st.integers(0, 3)] * 5), max_size=25)


def populate(drawn) -> None:
    Person.objects.all().delete()
    Person.objects.bulk_create(
        Person(
            id=number,
            uid=uuid4(),
            name_key="abcd"[name],
            first_at=START + timedelta(days=first),
            last_at=START + timedelta(days=10 + last),
            interactions=1 + times,
            amount=money,
        )
        for number, (name, first, last, times, money) in enumerate(drawn, start=1)
    )
    Person.objects.bulk_create(  # part of somebody else, and so on no page
        Person(id=1000 + number, uid=uuid4(), name_key="b", into_id=number) for number in range(1, len(drawn) + 1)
    )


def expected(criteria: Criteria) -> list[int]:
    field = criteria.field_order.removeprefix("-")
    there = [one for one in Person.objects.all() if one.last_at is not None]
    there = [one for one in there if criteria.at_least is None or one.interactions >= criteria.at_least]
    there = [one for one in there if criteria.first_from is None or one.first_at.date() >= criteria.first_from]
    there.sort(key=lambda one: (getattr(one, field), one.pk), reverse=criteria.field_order.startswith("-"))
    return [one.pk for one in there]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=people,
    criteria=st.builds(
        Criteria,
        order=st.sampled_from([*ORDERS, *(f"-{name}" for name in ORDERS)]),
        at_least=st.sampled_from([None, 1, 3]),
        first_from=st.sampled_from([None, START.date(), START.date() + timedelta(days=2)]),
    ),
    counted=st.integers(0, 8),
    reach=st.integers(0, 8),
)
def test_walking_there_and_back_meets_everybody_once(drawn, criteria, counted, reach):
    populate(drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(directory, "COUNTED", counted)
        patch.setattr(directory, "REACH", reach)
        way = directory.plan(criteria)
        there, pages = [], []
        cursor = ""
        while True:
            page = way.page(cursor, 4)
            pages.append([one.pk for one in page])
            there += pages[-1]
            if not page.next:
                break
            cursor = page.next
        back = [pages[-1]]
        while page.previous:
            page = way.page(page.previous, 4)
            back.append([one.pk for one in page])
    assert expected(criteria) == there
    assert there == [number for page in reversed(back) for number in page]


def test_a_file_of_the_list_holds_the_same_people_in_the_same_order(monkeypatch):
    populate([(place % 4, place % 3, place % 2, place % 4, place % 3) for place in range(25)])
    monkeypatch.setattr(directory, "EXPORT_CHUNK", 4)
    criteria = Criteria(order="-money", at_least=2)
    assert expected(criteria) == [one.pk for chunk in directory.in_chunks(criteria) for one in chunk]
