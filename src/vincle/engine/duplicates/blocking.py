"""Which pairs are worth comparing: those that share one of several keys, without keys that too many share."""

import duckdb

# Parts of keys; a key with an unknown part is unknown.
_YEAR = "left(p.birth, 4)"
_MONTH_DAY = "nullif(substr(p.birth, 5, 4), '')"

_LEAST = 200_000

# From the narrowest to the widest. On a large table the wide ones drop most of their blocks, and the narrow ones are
# there for that; on a small table the wide ones find what has an error in every other column.
RULES: tuple[str, ...] = (
    "p.document",
    "unnest(p.emails)",
    "unnest(p.phones)[-7:]",
    "split_part(p.emails[1], '@', 1)",
    "p.name",
    "p.name || p.birth",
    f"p.given_sound || p.family_sound || coalesce({_YEAR}, p.postcode, p.town, '')",
    "p.given_sound || '|' || p.family_sound",
    "least(left(p.given, 3), left(p.family, 3)) || greatest(left(p.given, 3), left(p.family, 3))",
    "p.birth || left(p.given, 1)",
    "p.birth || left(p.family, 1)",
    "p.birth || p.postcode",
    "p.birth",
    f"p.family || {_YEAR}",
    "p.given || p.birth[3:6]",
    f"p.family_sound || {_MONTH_DAY}",
    f"p.given_sound || {_MONTH_DAY}",
    "p.family || p.postcode",
    "p.given || p.postcode",
    "p.family_sound || p.town",
    "p.given_sound || p.town",
    "p.street || p.number",
    "p.street || left(p.given, 2)",
    "p.street || left(p.family, 2)",
    "p.street || p.postcode",
    "p.postcode || p.number",
    f"p.postcode || {_MONTH_DAY}",
    f"p.postcode || {_YEAR} || left(p.given, 1)",
    f"p.town || {_MONTH_DAY}",
    "p.line2 || p.postcode",
    "p.line2 || left(p.given, 2)",
    f"left(p.document, length(p.document) // 2) || {_YEAR}",
    f"right(p.document, length(p.document) // 2) || {_YEAR}",
)

# What alone is shared by many: only for small tables, where they find what has an error in every other column.
WIDE_RULES: tuple[str, ...] = (
    "p.family",
    "p.given",
    "p.street",
    "p.line2",
    "p.postcode",
)


def block(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """From `person` make `candidate`: pairs of rows (`l` < `r`), each once.

    Each rule may bring about as many pairs as there are people, and some more in small tables. Where it would bring
    more, its largest blocks are left out until it does not: a value that everybody has costs nothing.
    """
    connection.execute("CREATE TEMP TABLE found (pair BIGINT)")
    for rule in RULES:
        _collect(connection, rule, _LEAST + rows)
    for rule in WIDE_RULES:
        _collect(connection, rule, _LEAST)
    connection.execute(
        "CREATE TEMP TABLE candidate AS SELECT DISTINCT (pair >> 32)::INTEGER AS l, (pair & 4294967295)::INTEGER AS r "
        "FROM found"
    )
    connection.execute("DROP TABLE found")


def _collect(connection: duckdb.DuckDBPyConnection, rule: str, budget: int) -> None:
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE keyed AS SELECT hash(key) AS key, row FROM "
        f"(SELECT {rule} AS key, row FROM person p) WHERE key IS NOT NULL"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE size AS SELECT key, count(*) AS people FROM keyed GROUP BY key HAVING people > 1"
    )
    [(largest,)] = connection.execute(
        """
        SELECT max(people) FROM (
            SELECT people, sum(sum(people * (people - 1) / 2)) OVER (ORDER BY people) AS pairs
            FROM size GROUP BY people
        ) WHERE pairs <= $budget
        """,
        {"budget": budget},
    ).fetchall()
    if largest is None:
        return
    connection.execute(
        """
        INSERT INTO found
        WITH block AS (SELECT key, row FROM keyed SEMI JOIN (FROM size WHERE people <= $largest) USING (key))
        SELECT l.row::BIGINT << 32 | r.row::BIGINT FROM block l JOIN block r USING (key) WHERE l.row < r.row
        """,
        {"largest": largest},
    )
