"""Pages by place: every row once, forwards and backwards, whatever its sort value."""

from datetime import UTC, datetime
from datetime import date as day
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast_of import LONG_AGO
from vincle.apps.accounts.models import User
from vincle.kernel.errors import BadInput
from vincle.web.pagination import Edge, Page, keyset_page, read_cursor, write_cursor

pytestmark = pytest.mark.django_db

MOMENTS = [None, *(datetime(2025, 3, number, tzinfo=UTC) for number in range(1, 4))]


def people(*last_logins: datetime | None) -> list[User]:
    return User.objects.bulk_create(
        User(name=f"P{i}", email=f"p{i}@example.org", joined_at=LONG_AGO, last_login=when)
        for i, when in enumerate(last_logins)
    )


def in_order(order: str) -> list[int]:
    """The ids as they should come, worked out in Python."""
    rows = list(User.objects.values_list("last_login", "pk"))
    falling = order.startswith("-")
    valued = sorted((row for row in rows if row[0]), reverse=falling)
    empty = sorted((row for row in rows if not row[0]), reverse=falling)
    return [pk for _value, pk in (*valued, *empty)]


def walked(order: str, size: int) -> tuple[list[list[int]], list[list[int]]]:
    """The pages as they come, forwards to the end and then backwards to the beginning."""
    forwards = [keyset_page(User.objects.all(), order=order, size=size)]
    while forwards[-1].next:
        forwards.append(keyset_page(User.objects.all(), order=order, size=size, cursor=forwards[-1].next))
    backwards = [forwards[-1]]
    while backwards[-1].previous:
        backwards.append(keyset_page(User.objects.all(), order=order, size=size, cursor=backwards[-1].previous))
    return [_ids(page) for page in forwards], [_ids(page) for page in reversed(backwards)]


def _ids(page: Page[User]) -> list[int]:
    return [user.pk for user in page]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    last_logins=st.lists(st.sampled_from(MOMENTS), max_size=14),
    size=st.integers(1, 5),
    order=st.sampled_from(["last_login", "-last_login"]),
)
def test_walking_there_and_back_shows_every_row_once_in_order(last_logins, size, order):
    User.objects.all().delete()
    people(*last_logins)
    forwards, backwards = walked(order, size)
    expected = in_order(order)
    assert expected == [pk for page in forwards for pk in page]
    assert expected == [pk for page in backwards for pk in page]


def test_all_pages_but_the_last_are_full():
    people(*MOMENTS, *MOMENTS)
    forwards, _backwards = walked("-last_login", 3)
    assert [3, 3, 2] == [len(page) for page in forwards]


def test_a_row_that_arrives_behind_us_does_not_move_what_comes_next():
    people(*MOMENTS[1:])
    first = keyset_page(User.objects.all(), order="last_login", size=2)
    User.objects.create(name="Early", email="early@example.org", joined_at=LONG_AGO, last_login=LONG_AGO)
    second = keyset_page(User.objects.all(), order="last_login", size=2, cursor=first.next)
    assert [MOMENTS[3]] == [user.last_login for user in second]


def test_an_empty_list_has_no_pages_beside_it():
    page = keyset_page(User.objects.all(), order="name")
    assert ([], "", "") == (page.items, page.next, page.previous)


@pytest.mark.parametrize(("order", "queries"), [("name", 1), ("last_login", 2)])
def test_a_page_costs_one_query_and_one_more_where_values_may_be_missing(order, queries):
    people(MOMENTS[1], None)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        keyset_page(User.objects.all(), order=order, size=5)
    assert queries == len(captured)


def test_a_page_can_be_sorted_by_an_annotation():
    from django.db.models.functions import Length

    people(*MOMENTS)
    rows = User.objects.annotate(letters=Length("email"))
    first = keyset_page(rows, order="-letters", size=3)
    second = keyset_page(rows, order="-letters", size=3, cursor=first.next)
    assert 4 == len({*_ids(first), *_ids(second)})


VALUES = [None, True, 7, 1.5, "Mercè", LONG_AGO, day(2024, 1, 8), Decimal("12.50"), UUID(int=7)]


@pytest.mark.parametrize("value", VALUES, ids=[type(value).__name__ for value in VALUES])
def test_a_cursor_brings_its_value_back_unchanged(value):
    edge = Edge(value, 12, back=True)
    again = read_cursor(write_cursor(edge, order="name"), order="name")
    assert (edge, type(value)) == (again, type(again.value))


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "", ":", "bnVsbA:x"])
def test_a_cursor_that_is_not_ours_is_refused(cursor):
    with pytest.raises(BadInput):
        read_cursor(cursor, order="name")


def test_a_cursor_of_another_order_is_refused():
    with pytest.raises(BadInput):
        read_cursor(write_cursor(Edge("Olga", 1), order="email"), order="name")


@given(st.text(max_size=60))
def test_no_text_whatever_passes_for_a_cursor(text):
    with pytest.raises(BadInput):
        read_cursor(text, order="name")
