"""What sources say of people: kept when it is new, and the name on the person's page chosen again."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pyarrow as pa
from django.db import connection

from vincle.flow.append.given import INSTANT, given, listed
from vincle.flow.append.handful import Handful
from vincle.flow.append.people import choose_names, one_at_a_time
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.stage import Stage
from vincle.flow.models import HOUSE, Batch, Source

# Of each identity and name: what differs from what the same source had said before it in the chunk, and from the
# last thing remembered. At one instant one value: the last row wins.
_CHANGES = """
WITH said AS (
    SELECT n.identity_id, o.name, n.occurred_at AS observed_at, max_by(o.value, o.row) AS value,
           max_by(n.id, o.row) AS interaction_id
    FROM observations o JOIN numbered n USING (row)
    GROUP BY n.identity_id, o.name, n.occurred_at
), ordered AS (
    SELECT *, lag(value) OVER (PARTITION BY identity_id, name ORDER BY observed_at) AS before FROM said
)
SELECT identity_id, name, value, observed_at, interaction_id FROM ordered s
WHERE value IS DISTINCT FROM before
  AND NOT EXISTS (SELECT 1 FROM observed k
                  WHERE before IS NULL AND k.identity_id = s.identity_id AND k.name = s.name AND k.value = s.value)
ORDER BY ALL
"""

# An interaction that was known already says something only where the source has said otherwise since: a list of people
# comes again and again, and what it says for the second time is no news.
_NEWS = """
WHERE EXISTS (SELECT 1 FROM flow_interaction i WHERE i.id = s.interaction_id) OR s.value <> coalesce(
    (SELECT o.value FROM flow_observation o
     WHERE o.identity_id = s.identity_id AND o.name = s.name AND o.source_id = %s AND o.observed_at <= s.observed_at
     ORDER BY o.observed_at DESC LIMIT 1), '')
"""


def observe(
    observations: pa.Table,
    rows: pa.Table,
    *,
    source: Source,
    batch: Batch,
    resolver: Resolver,
    stage: Stage,
    all_new: bool,
) -> None:
    """Keep what a chunk says of its people; `rows` are its interactions with their numbers, which have entered.

    `all_new`: none of them was in the log already. What is said by the house is what a colleague says: it is pinned,
    and counts before what sources say, until they take it back by saying nothing (an empty value). Who it was is the
    `staff` of the interaction of that instant.
    """
    duck = resolver.duck
    duck.register("observations", observations)
    duck.register("numbered", rows.select(["row", "id", "identity_id", "occurred_at"]))
    changes = duck.sql(_CHANGES).to_arrow_table()
    if not changes.num_rows:
        return
    staged = stage.put(changes)
    _keep(staged, [], source=source, batch=batch, all_new=all_new)
    duck.register("changes", changes)
    duck.execute(
        "DELETE FROM observed USING changes c WHERE observed.identity_id = c.identity_id AND observed.name = c.name"
    )
    duck.execute("INSERT INTO observed SELECT identity_id, name, max_by(value, observed_at) FROM changes GROUP BY ALL")
    one_at_a_time()
    choose_names(
        f"SELECT person_id FROM flow_identity WHERE id IN (SELECT identity_id FROM {staged} WHERE name = 'name')",
        stage=stage,
    )


def observe_handful(
    handful: Handful,
    who: Sequence[int],
    *,
    first: int,
    source: Source,
    batch: Batch | None,
    stage: Stage,
    all_new: bool,
) -> None:
    """Keep what a handful says of its people; `who` is the identity of each of its rows, `first` the number in the log
    of the first. `all_new`: none of them was in the log already."""
    changes = _changes(handful, who, first=first)
    types = {
        "identity_id": "bigint",
        "name": "text",
        "value": "text",
        "observed_at": INSTANT,
        "interaction_id": "bigint",
    }
    for some, values in given(changes, **types):
        _keep(some, values, source=source, batch=batch, all_new=all_new)
    named = {identity for identity, name, _value, _moment, _number in changes if name == "name"}
    if named:
        one_at_a_time()
        choose_names(f"SELECT person_id FROM flow_identity WHERE id IN ({listed(named)})", stage=stage)


def _changes(handful: Handful, who: Sequence[int], *, first: int) -> list[tuple[int, str, str, int, int]]:
    """Of each identity and name what differs from what was said before it. At one instant one value: the last row's."""
    said = {
        (who[row], name, handful.rows[row].occurred_at): (value, first + row)
        for row, name, value in sorted(handful.observations, key=lambda each: each[0])
    }
    changes: list[tuple[int, str, str, int, int]] = []
    for (identity, name), moments in groupby(sorted(said), key=lambda each: each[:2]):
        before = None
        for moment in moments:
            value, number = said[moment]
            if value != before:
                before = value
                changes.append((identity, name, value, moment[2], number))
    return sorted(changes)


def _keep(staged: str, values: list[Any], *, source: Source, batch: Batch | None, all_new: bool) -> None:
    news = [] if all_new else [source.pk]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flow_observation (identity_id, name, value, observed_at, source_id, batch_id, pinned) "
            f"SELECT identity_id, name, value, observed_at, %s, %s, %s FROM {staged} s "
            f"{'WHERE true' if all_new else _NEWS} "
            "ON CONFLICT (identity_id, name, source_id, observed_at) DO NOTHING",
            [source.pk, batch.pk if batch else None, source.name == HOUSE, *values, *news],
        )
