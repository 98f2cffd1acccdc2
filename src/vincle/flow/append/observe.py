"""What sources say of people: kept when it is new, and the name on the person's page chosen again."""

import pyarrow as pa
from django.db import connection

from vincle.flow.append.resolve import Resolver
from vincle.flow.append.stage import Stage
from vincle.flow.models import Batch, Source
from vincle.kernel.words import fold

# Of each identity and name: what differs from what the same source had said before it in the chunk, and from the
# last thing remembered. At one instant one value: the last row wins.
_CHANGES = """
WITH said AS (
    SELECT n.identity_id, o.name, n.occurred_at AS observed_at, max_by(o.value, o.row) AS value
    FROM observations o JOIN numbered n USING (row)
    GROUP BY n.identity_id, o.name, n.occurred_at
), ordered AS (
    SELECT *, lag(value) OVER (PARTITION BY identity_id, name ORDER BY observed_at) AS before FROM said
)
SELECT identity_id, name, value, observed_at FROM ordered s
WHERE value IS DISTINCT FROM before
  AND NOT EXISTS (SELECT 1 FROM observed k
                  WHERE before IS NULL AND k.identity_id = s.identity_id AND k.name = s.name AND k.value = s.value)
ORDER BY ALL
"""

_CHOSEN_NAMES = """
SELECT person_id, value FROM (
    SELECT i.person_id, o.value,
           row_number() OVER (PARTITION BY i.person_id ORDER BY o.pinned DESC, o.observed_at DESC, o.id DESC) AS place
    FROM flow_identity i JOIN flow_observation o ON o.identity_id = i.id AND o.name = 'name'
    WHERE i.person_id IN ({people})
) chosen WHERE place = 1
"""


def observe(
    observations: pa.Table,
    rows: pa.Table,
    *,
    source: Source,
    batch: Batch | None,
    resolver: Resolver,
    stage: Stage,
) -> None:
    """Keep what a chunk says of its people; `rows` are its interactions with their numbers."""
    duck = resolver.duck
    duck.register("observations", observations)
    duck.register("numbered", rows.select(["row", "identity_id", "occurred_at"]))
    changes = duck.sql(_CHANGES).to_arrow_table()
    if not changes.num_rows:
        return
    staged = stage.put(changes)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flow_observation (identity_id, name, value, observed_at, source_id, batch_id, pinned) "
            f"SELECT identity_id, name, value, observed_at, %s, %s, %s FROM {staged} WHERE true "
            "ON CONFLICT (identity_id, name, source_id, observed_at) DO NOTHING",
            [source.pk, batch.pk if batch else None, False],
        )
    duck.register("changes", changes)
    duck.execute(
        "DELETE FROM observed USING changes c WHERE observed.identity_id = c.identity_id AND observed.name = c.name"
    )
    duck.execute("INSERT INTO observed SELECT identity_id, name, max_by(value, observed_at) FROM changes GROUP BY ALL")
    choose_names(
        f"SELECT person_id FROM flow_identity WHERE id IN (SELECT identity_id FROM {staged} WHERE name = 'name')",
        stage=stage,
    )


def choose_names(people: str, *, stage: Stage) -> None:
    """Put on each person of the subquery `people` the name the rules choose: pinned, else most recent, else the
    value of their first identity."""
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN_NAMES.format(people=people))
        chosen = dict(cursor.fetchall())
        cursor.execute(f"SELECT id, value FROM flow_identity WHERE id = person_id AND person_id IN ({people})")
        names = {person: chosen.get(person, value)[:200] for person, value in cursor.fetchall()}
        if not names:
            return
        staged = stage.put(
            pa.table(
                {
                    "id": pa.array(names.keys(), pa.int64()),
                    "name": pa.array(names.values(), pa.string()),
                    "name_key": pa.array([fold(name)[:200] for name in names.values()], pa.string()),
                }
            )
        )
        cursor.execute(
            f"UPDATE flow_person SET name = s.name, name_key = s.name_key FROM {staged} s "
            "WHERE flow_person.id = s.id AND (flow_person.name <> s.name OR flow_person.name_key <> s.name_key)"
        )
