"""Reads: what is known of the people of a group, as the engine takes it."""

from collections.abc import Collection

import numpy as np
import pyarrow as pa
from django.db import connection, transaction
from numpy.typing import NDArray

from vincle.apps.people.facade import PersonMark, everybody, marked
from vincle.apps.value.models import Worth
from vincle.apps.value.queries import newest_value
from vincle.engine.value.deciding import COLUMNS
from vincle.flow.append.stage import Stage

AT_ONCE = 20_000  # people whose best options are found while somebody waits
_PORTION = 50_000
_FIELDS = {"recency": "recency_days", "tenure": "tenure_days"}


def are_few() -> bool:
    """Whether there are so few people that what to do with them is found while somebody waits."""
    kept = newest_value()
    people = kept.said["people"] if kept and kept.said else 0
    return people <= AT_ONCE and everybody()[: AT_ONCE + 1].count() <= AT_ONCE


def known_of(people: Collection[int] | None) -> tuple[NDArray[np.int64], pa.Table]:
    """Of these people, by number, or of everybody who is valued: the numbers, and what is known of each.

    Left out is whose processing is restricted. Of those who became one person since they were valued, the one with
    most to come stands for both.
    """
    names = ", ".join(f"w.{_FIELDS.get(name, name)}" for name in COLUMNS)
    restricted = marked(PersonMark.Kind.RESTRICTED)
    sql = (
        f"SELECT i.person_id, {names} FROM value_worth w JOIN flow_identity i ON i.id = w.identity_id "
        f"WHERE i.person_id NOT IN ({restricted.sql})"
    )
    with Stage() as stage, transaction.atomic(), connection.cursor() as cursor:
        if people is not None:
            sql += f" AND i.person_id IN ({stage.numbers(people)})" if people else " AND 1 = 0"
        cursor.execute(sql, list(restricted.params))
        portions = [np.empty((0, len(COLUMNS) + 1))]
        while rows := cursor.fetchmany(_PORTION):  # as numbers at once: rows of Python's take ten times as much
            portions.append(np.array(rows, np.float64))
    return _each_once(np.concatenate(portions))


def table_of(row: Worth) -> pa.Table:
    """What is known of one person, as the engine takes it: sums in ten-thousandths."""
    values = {name: getattr(row, _FIELDS.get(name, name)) for name in COLUMNS}
    sums = {"worth", "worth_low", "worth_high"}
    said = {
        name: None if value is None else float(value * 10_000 if name in sums else value)
        for name, value in values.items()
    }
    return pa.table({name: pa.array([value], pa.float64()) for name, value in said.items()})


def _each_once(rows: NDArray[np.float64]) -> tuple[NDArray[np.int64], pa.Table]:
    worth = np.nan_to_num(rows[:, 1 + COLUMNS.index("worth")], nan=-np.inf)
    rows = rows[np.lexsort((-worth, rows[:, 0]))]
    numbers, first = np.unique(rows[:, 0], return_index=True)
    kept = rows[first, 1:]
    table = {name: pa.array(kept[:, place], from_pandas=True) for place, name in enumerate(COLUMNS)}
    return numbers.astype(np.int64), pa.table(table)
