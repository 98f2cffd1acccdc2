"""Following the log: each interaction once, in order, none that commits late missed."""

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.append.cases import import_chunk, shaped
from people.telling import NOW, happened, tell
from vincle.flow.following import Position, follow, present, reading
from vincle.flow.models import Batch, Interaction, Kind, Source

pytestmark = pytest.mark.django_db


def messages(numbers: list[int]) -> list[str]:
    known = dict(Interaction.objects.filter(pk__in=numbers).values_list("pk", "message_id"))
    return [known[number] for number in numbers]


def told(count: int, *, kind: str = "visit.made") -> list[str]:
    """So many interactions, each in a transaction of its own; their message ids."""
    events = [happened(f"c{number}", "2026-01-01 10:00", kind) for number in range(count)]
    for event in events:
        tell(event)
    return [event.message_id for event in events]


def everything(position: Position, *, limit: int = 500, **more) -> list[str]:
    """All that follows, turn by turn."""
    found: list[int] = []
    while True:
        turn = follow(position, limit=limit, **({"kinds": None, "imports": True} | more))
        found, position = found + turn.numbers, turn.position
        if not turn.more:
            return messages(found)


def brought(count: int) -> list[str]:
    """So many interactions that an import brought."""
    source, _ = Source.objects.get_or_create(name="file", defaults={"label": "File", "created_at": NOW})
    events = [happened(f"c{number}", "2026-01-01 10:00") for number in range(count)]
    import_chunk(shaped(events), source=source, batch=Batch.objects.create(source=source, opened_at=NOW))
    return [event.message_id for event in events]


@pytest.fixture
def start(transactional_db: None) -> Position:
    """Where the log stands, with something in it already."""
    told(2)
    return present()


def test_what_was_there_before_is_not_told(start):
    assert [] == everything(start)


def test_what_enters_is_told_in_order_and_once(start):
    expected = told(3)
    assert expected == everything(start)
    assert [] == everything(follow(start, kinds=None, imports=True, limit=500).position)


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_a_little_at_a_time_is_all_in_the_end(start, limit):
    expected = told(5) + brought(4)
    assert expected == everything(start, limit=limit)


def test_only_wanted_kinds_are_told(start):
    told(2)
    wanted = told(2, kind="order.placed")
    told(1)
    number = Kind.objects.get(name="order.placed").pk
    assert wanted == everything(start, kinds=[number])
    assert [] == everything(start, kinds=[])


def test_what_imports_bring_is_told_to_who_wants_it(start):
    first, import_, last = told(1), brought(3), told(1)
    assert first + last == everything(start, imports=False)
    assert first + import_ + last == everything(start, imports=True)


def test_a_long_way_without_anything_wanted_is_walked_by_turns(start, monkeypatch):
    monkeypatch.setattr(reading, "WINDOW", 1)
    monkeypatch.setattr(reading, "WINDOWS", 2)
    told(6)
    wanted = told(1, kind="order.placed")
    number = Kind.objects.get(name="order.placed").pk
    assert wanted == everything(start, kinds=[number])


def test_in_another_database_the_reader_starts_from_now(start):
    told(2)
    before = present()
    turn = follow(Position("elsewhere", 0, 0), kinds=None, imports=True, limit=10)
    after = present()  # a server counts the transactions of all its databases, so it may have moved on
    assert ([], before.database) == (turn.numbers, turn.position.database)
    assert before.transaction <= turn.position.transaction <= after.transaction
    assert before.number == turn.position.number == after.number


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_comes_late_is_not_missed(on_postgres):
    if not on_postgres:
        pytest.skip("SQLite has one writer")
    told(1)
    start = present()
    with psycopg.connect(**_connecting()) as late:
        late.execute(
            "INSERT INTO flow_interaction (uid, source_id, message_id, occurred_at, recorded_at, kind_id, identity_id) "
            "SELECT gen_random_uuid(), source_id, 'late', occurred_at, recorded_at, kind_id, identity_id "
            "FROM flow_interaction LIMIT 1"
        )
        early = told(2)
        turn = follow(start, kinds=None, imports=True, limit=10)
        assert [] == turn.numbers
        late.commit()
    assert ["late", *early] == everything(turn.position)


@given(st.lists(st.sampled_from(["visit", "order", "import"]), max_size=8), st.integers(1, 4))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_enters_is_told_once(transactional_db, happenings, limit):
    start, expected = present(), []
    for each in happenings:
        expected += (
            brought(2) if each == "import" else told(1, kind="order.placed" if each == "order" else "visit.made")
        )
    assert expected == everything(start, limit=limit)


def _connecting() -> dict[str, str]:
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}
