"""Identities that one row gives for one person: kept as facts, and the people they concern follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import connection

from vincle.flow.append.given import given
from vincle.flow.append.handful import Handful
from vincle.flow.append.links import project_people
from vincle.flow.append.naming import Names
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.stage import Stage
from vincle.flow.fields import InstantField
from vincle.flow.models import Batch, Source

_PAIRS = """
SELECT DISTINCT least(n.identity_id, i.id) AS a_id, greatest(n.identity_id, i.id) AS b_id
FROM links l JOIN numbered n USING (row)
JOIN identity i ON i.namespace = l.namespace AND i.value = l.identity
WHERE n.identity_id <> i.id ORDER BY ALL
"""


def join_linked(
    handful: Handful,
    who: Sequence[int],
    names: Names,
    *,
    source: Source,
    batch: Batch | None,
    now: datetime,
    stage: Stage,
) -> None:
    """Record a handful's links as facts; `who` is the identity of each of its rows."""
    pairs = set()
    for row, namespace, value in handful.links:
        one, other = sorted((who[row], names.identities[namespace, value]))
        if one != other:
            pairs.add((one, other))
    new: set[int] = set()
    for some, values in given(sorted(pairs), a_id="bigint", b_id="bigint"):
        new |= _say(some, values, source=source, batch=batch, now=now)
    if new:
        project_people(stage.numbers(new), stage=stage)


def join_linked_rows(
    links: pa.Table,
    rows: pa.Table,
    *,
    source: Source,
    batch: Batch,
    now: datetime,
    resolver: Resolver,
    stage: Stage,
) -> None:
    """The same with the links of a chunk; `rows` are its interactions with their numbers."""
    duck = resolver.duck
    duck.register("links", links)
    duck.register("numbered", rows.select(["row", "identity_id"]))
    pairs = duck.sql(_PAIRS).to_arrow_table()
    if not pairs.num_rows:
        return
    new = _say(stage.put(pairs), [], source=source, batch=batch, now=now)
    if new:
        project_people(stage.numbers(new), stage=stage)


def _say(pairs: str, values: list[Any], *, source: Source, batch: Batch | None, now: datetime) -> set[int]:
    """Keep that the two of each pair are one person, unless the source says so already; returns whom that is new of."""
    recorded_at = InstantField().get_db_prep_value(now, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flow_sameperson (a_id, b_id, verdict, source_id, batch_id, author, reason, recorded_at, "
            f"withdrawn_by) SELECT s.a_id, s.b_id, 'same', %s, %s, '', '', %s, '' FROM {pairs} s "
            "WHERE NOT EXISTS (SELECT 1 FROM flow_sameperson f WHERE f.a_id = s.a_id AND f.b_id = s.b_id "
            "AND f.source_id = %s AND f.verdict = 'same' AND f.withdrawn_at IS NULL) RETURNING a_id, b_id",
            [source.pk, batch.pk if batch else None, recorded_at, *values, source.pk],
        )
        return {number for pair in cursor.fetchall() for number in pair}
