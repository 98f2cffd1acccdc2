"""A column that holds, in JSON, everything each interaction was about."""

import pyarrow as pa

from vincle.engine.shaped import OBJECTS
from vincle.engine.tabular.limits import LONGEST_KEY, LONGEST_LABEL, LONGEST_WORD
from vincle.engine.tabular.sql import literal
from vincle.engine.tabular.workbench import Workbench

PROBLEM = "is not a JSON array of objects that have a type and a key"


def unfold(bench: Workbench, rows: pa.Array, cells: pa.Array) -> tuple[pa.Table, pa.Array]:
    """The objects (shaped.OBJECTS) of all rows, and what is wrong with each cell (null: nothing).

    A cell is `[{"type": "order", "key": "A-1", "qualifier": "", "label": ..., "quantity": ..., "properties": {...}}]`.
    """
    judged = bench.ask(
        f"""
        SELECT n, CASE WHEN x IS NULL THEN NULL
                       WHEN NOT json_valid(x) THEN {literal(PROBLEM)}
                       WHEN json_type(x) <> 'ARRAY' THEN {literal(PROBLEM)}
                       WHEN len(list_filter(json_extract(x, '$[*]'), lambda one:
                            coalesce(trim(one ->> '$.type'), '') = '' OR coalesce(trim(one ->> '$.key'), '') = ''
                            OR length(one ->> '$.key') > {LONGEST_KEY}
                            OR greatest(length(one ->> '$.type'), length(one ->> '$.qualifier')) > {LONGEST_WORD})) > 0
                            THEN {literal(PROBLEM)} END AS problem
        FROM given
        """,
        pa.table({"x": cells}),
    )
    problems = judged.column("problem").combine_chunks()
    fine = pa.table({"row": rows, "x": cells}).filter(problems.is_null())
    found = bench.ask(
        f"""
        SELECT row_number() OVER (ORDER BY n, place) AS n, "row",
               one ->> '$.type' AS type, one ->> '$.key' AS key, coalesce(one ->> '$.qualifier', '') AS qualifier,
               left(one ->> '$.label', {LONGEST_LABEL}) AS label, try_cast(one ->> '$.quantity' AS DOUBLE) AS quantity,
               CAST(try_cast(one ->> '$.amount' AS DECIMAL(18, 4)) * 10000 AS BIGINT) AS amount,
               CASE WHEN json_type(one, '$.properties') = 'OBJECT'
                    THEN (one -> '$.properties')::VARCHAR END AS properties
        FROM (
            SELECT n, "row", unnest(found) AS one, generate_subscripts(found, 1) AS place
            FROM (SELECT n, "row", json_extract(x, '$[*]') AS found FROM given WHERE x IS NOT NULL)
        )
        """,
        fine,
    )
    return found.select(OBJECTS.names).cast(OBJECTS), problems
