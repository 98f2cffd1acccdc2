"""On PostgreSQL a transaction may commit after others that began later; its rows must not be missed."""

from typing import Any

import psycopg
import pyarrow as pa
import pytest

from flow.mirror.conftest import MAINTENANCE
from flow.mirror.operational import Operational
from flow.mirror.reading import numbers
from vincle.flow.mirror import refresh
from vincle.flow.mirror.copying import copy
from vincle.flow.mirror.postgres import HORIZON, TRIES
from vincle.flow.mirror.session import Session

STAMPS = "SELECT id, recorded_tx FROM flow_interaction ORDER BY id"


def test_two_transactions_that_commit_in_the_opposite_order_are_both_copied_once(postgres: Operational) -> None:
    anna = postgres.identity("anna@example.org")
    refresh(postgres.home)
    early, late = postgres.connect(autocommit=False), postgres.connect(autocommit=False)
    first = postgres.interaction(anna, "first", on=early)
    second = postgres.interaction(anna, "second", on=late)
    late.commit()
    waiting = refresh(postgres.home)
    assert (1, []) == (waiting.held_back, numbers(postgres.home))
    early.commit()
    assert {"interactions": 2} == refresh(postgres.home).added
    assert {} == refresh(postgres.home).added
    assert [first, second] == numbers(postgres.home)
    early.close()
    late.close()


def test_a_transaction_that_never_commits_leaves_no_gap(postgres: Operational) -> None:
    anna = postgres.identity("anna@example.org")
    undecided = postgres.connect(autocommit=False)
    postgres.interaction(anna, "never", on=undecided)
    kept = postgres.interaction(anna, "kept")
    refresh(postgres.home)
    undecided.rollback()
    refresh(postgres.home)
    assert [kept] == numbers(postgres.home)
    undecided.close()


def test_identities_and_erasures_that_commit_late_are_followed_too(postgres: Operational) -> None:
    anna = postgres.identity("anna@example.org")
    gone = postgres.interaction(anna, "gone", batch_id=4)
    refresh(postgres.home)
    assert [gone] == numbers(postgres.home)
    slow = postgres.connect(autocommit=False)
    slow.execute("SET LOCAL vincle.erasing = 'on'")
    slow.execute("DELETE FROM flow_interaction WHERE batch_id = 4")
    postgres.insert("erasure", on=slow, batch_id=4, identity_id=None, recorded_at="2024-03-01T12:00:00Z")
    bernat = postgres.identity("bernat@example.org", on=slow)
    postgres.erase_batch(99)
    refresh(postgres.home)
    slow.commit()
    slow.close()
    refresh(postgres.home)
    assert ([], [anna, bernat]) == (numbers(postgres.home), numbers(postgres.home, "identities"))


def test_a_long_transaction_in_another_database_holds_nothing_back(postgres: Operational) -> None:
    anna = postgres.identity("anna@example.org")
    with psycopg.connect(MAINTENANCE) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        number = postgres.interaction(anna, "m1")
        refresh(postgres.home)
        assert [number] == numbers(postgres.home)


def test_who_writes_while_a_first_copy_begins_is_not_taken_for_a_stranger(
    postgres: Operational, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = postgres.identity("anna@example.org")
    written: list[tuple[int, int]] = []
    plain = Session.number

    def meanwhile(session: Session, statement: str) -> int:
        found = plain(session, statement)
        postgres.interaction(anna, f"m{len(written)}")
        written.append(postgres.connection.execute(f"{STAMPS} DESC LIMIT 1").fetchone())
        return found

    monkeypatch.setattr(Session, "number", meanwhile)
    copy(postgres.home)
    monkeypatch.undo()
    assert 5 < len(written)
    assert written == postgres.connection.execute(STAMPS).fetchall()


def test_whose_a_transaction_was_that_ended_meanwhile_cannot_be_told_and_is_said(postgres: Operational) -> None:
    ours = postgres.connect(autocommit=False)
    with psycopg.connect(MAINTENANCE) as elsewhere:
        (theirs,) = elsewhere.execute("SELECT pg_current_xact_id()::text::bigint").fetchone() or (0,)
        postgres.connection.execute("SELECT pg_current_xact_id()")  # a later one that has ended
        before = undoubted_horizon(ours)
        elsewhere.commit()
        horizon, ended = ours.execute(HORIZON).fetchone()
        assert (True, True, True) == (before > theirs, horizon <= theirs, 1 <= ended)
        assert undoubted_horizon(ours) > theirs
    ours.close()


def undoubted_horizon(ours: Any) -> int:
    """That of a snapshot during whose look nobody's transaction ended: others use the same server."""
    for _ in range(TRIES):
        ours.rollback()
        ours.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        horizon, ended = ours.execute(HORIZON).fetchone()
        if not ended:
            return int(horizon)
    raise AssertionError("somebody's transaction ended during each of many looks")


def test_a_look_begins_again_until_nobody_ends_meanwhile(
    postgres: Operational, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = postgres.interaction(postgres.identity("anna@example.org"), "m1")
    plain, told = Session.table, iter([1, 3])

    def doubtful(session: Session, statement: str) -> pa.Table:
        if statement != HORIZON:
            return plain(session, statement)
        found = plain(session, statement).to_pydict()
        return pa.table({"horizon": found["horizon"], "ended": [next(told, 0)]})

    monkeypatch.setattr(Session, "table", doubtful)
    copy(postgres.home)
    monkeypatch.undo()
    assert [] == list(told)
    assert [number] == numbers(postgres.home)
