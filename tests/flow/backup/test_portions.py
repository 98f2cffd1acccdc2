"""Reading stays small in memory, whatever the rows hold."""

import sqlite3

import pytest
from django.apps import apps

from vincle.flow.backup import columns, snapshot


def portions(rows: int, text: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(snapshot, "FETCH", 10)
    monkeypatch.setattr(snapshot, "ROWS", 100)
    monkeypatch.setattr(snapshot, "BYTES", 10_000)
    cursor = sqlite3.connect(":memory:").execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i, ? FROM n", [rows, text]
    )
    return [len(portion) for portion in snapshot._portions(cursor)]


def test_many_small_rows_come_in_even_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [100, 100, 50] == portions(250, "x", monkeypatch)


def test_large_texts_make_portions_short(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [10, 10, 10] == portions(30, "x" * 5_000, monkeypatch)


def test_an_empty_table_has_no_portions() -> None:
    assert [] == list(snapshot._portions(sqlite3.connect(":memory:").execute("SELECT 1 WHERE false")))


def test_every_column_of_every_table_is_of_a_known_kind() -> None:
    kinds = {
        columns.kind_of(field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if field.column
    }

    assert kinds <= columns.ARROW.keys()
