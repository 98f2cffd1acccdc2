"""The end of a test with real transactions: what it has filled is emptied.

Django's own way empties every table there is, makes content types and permissions anew, and takes longer than most of
these tests do. Only tables that hold rows need emptying, and those two are the same for every test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import TransactionTestCase

_THE_SAME_FOR_ALL = {"auth_permission", "django_content_type"}


@pytest.fixture(scope="session", autouse=True)
def _only_what_was_filled_is_emptied() -> Iterator[None]:
    def teardown(self: Any) -> None:
        for name in self._databases_names(include_mirrors=False):
            empty(connections[name])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def empty(connection: Any) -> None:
    """Take every row of every model away, and let the tables that refuse it do it this once."""
    filled = _filled(connection)
    if not filled:
        return
    on_postgres = connection.vendor == "postgresql"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        guards = {} if on_postgres else _guards(cursor, filled)
        if on_postgres:  # neither guards nor foreign keys are asked
            cursor.execute("SET LOCAL session_replication_role = replica")
        for name in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in filled:
            cursor.execute(f'DELETE FROM "{table}"')
        for made in guards.values():
            cursor.execute(made)


def _filled(connection: Any) -> list[str]:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in sorted(tables - _THE_SAME_FOR_ALL))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]


def _guards(cursor: Any, tables: list[str]) -> dict[str, str]:
    """The triggers of these tables that refuse, by name: how each is made."""
    cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%'")
    return {name: made for name, made, table in cursor.fetchall() if table in tables}
