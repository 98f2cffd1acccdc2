"""What sources say of people: kept when it is new, and the name on the person's page chosen again."""

import pyarrow as pa
from django.db import connection

from vincle.flow.append.people import choose_names, one_at_a_time
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.stage import Stage
from vincle.flow.models import HOUSE, Batch, Source

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


def observe(
    observations: pa.Table,
    rows: pa.Table,
    *,
    source: Source,
    batch: Batch | None,
    resolver: Resolver,
    stage: Stage,
) -> None:
    """Keep what a chunk says of its people; `rows` are its interactions with their numbers.

    What is said by the house is what a colleague says: it is pinned, and counts before what sources say, until they
    take it back by saying nothing (an empty value). Who it was is the `staff` of the interaction of that instant.
    """
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
            [source.pk, batch.pk if batch else None, source.name == HOUSE],
        )
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
