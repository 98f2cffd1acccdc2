"""Pairs and how alike they are: one number a pair, three bits for each comparison."""

from collections.abc import Sequence

import duckdb
import numpy as np
from numpy.typing import NDArray

from vincle.engine.duplicates.comparisons import Comparison, any_equal

_LISTS = {"emails", "phones"}
_MANY = 6  # with so many comparisons a pair has to agree wholly in two of them, once there are more pairs than
_AFFORDABLE = 1_000_000
_COMMON = {"gender", "region", *_LISTS}  # agreeing in these says little
_PLACE = {"town", "postcode", "street", "number"}  # whoever shares one of these mostly shares another
BITS = 3  # room for eight levels
_AT_RANDOM = 400_000


def promising(connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]) -> int:
    """From `candidate` make `promising_pair`, without pairs that have hardly a value in common: asking whether values
    are equal costs a tenth of asking how alike they are. How many are left.
    """
    columns = {each.column for each in comparisons}
    equal = {name: f"l.{name} = r.{name}" for name in columns - _COMMON}
    equal |= {name: any_equal(name) for name in columns & _LISTS}
    apart = [each for name, each in sorted(equal.items()) if name not in _PLACE]
    place = " OR ".join(f"coalesce({equal[name]}, false)" for name in sorted(equal) if name in _PLACE)
    counted = " + ".join(f"coalesce({each}, false)::TINYINT" for each in [*apart, *([f"({place})"] if place else [])])
    [(candidates,)] = connection.execute("SELECT count(*) FROM candidate").fetchall()
    needed = 2 if len(comparisons) >= _MANY and candidates > _AFFORDABLE else 1
    alike = ["l.name = r.name", "(l.given_sound = r.given_sound AND l.family_sound = r.family_sound)"]
    connection.execute(
        "CREATE TEMP TABLE promising_pair AS SELECT pair.l, pair.r FROM candidate pair "
        "JOIN person l ON l.row = pair.l JOIN person r ON r.row = pair.r "
        f"WHERE {counted} >= {needed} OR {' OR '.join(alike)}"
    )
    connection.execute("DROP TABLE candidate")
    [(count,)] = connection.execute("SELECT count(*) FROM promising_pair").fetchall()
    return int(count)


def compare(connection: duckdb.DuckDBPyConnection, pairs: str, into: str, comparisons: Sequence[Comparison]) -> None:
    """From `pairs` (`l`, `r`: rows of `person`) make `into`, which has the `code` of each pair as well."""
    named = {each.name: (place, each) for place, each in enumerate(comparisons)}
    levels, coded = [], []
    for place, each in enumerate(comparisons):
        levels.append(f"{each.sql()} AS c{place}")
        level = f"c{place}"
        if each.unless[0] in named:
            other, comparison = named[each.unless[0]]
            level = f"CASE WHEN c{other} = {comparison.number(each.unless[1])} THEN 0 ELSE {level} END"
        coded.append(f"({level}::BIGINT << {place * BITS})")
    connection.execute(
        f"CREATE TEMP TABLE {into} AS SELECT l, r, {' + '.join(coded)} AS code FROM ("
        f"SELECT pair.l, pair.r, {', '.join(levels)} FROM {pairs} pair "
        "JOIN person l ON l.row = pair.l JOIN person r ON r.row = pair.r)"
    )


def draw(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Make `random_pair`: every pair of a small table, else some of them, the same ones for the same people."""
    if rows * (rows - 1) // 2 <= _AT_RANDOM:
        drawn = "SELECT l.row AS l, r.row AS r FROM person l JOIN person r ON l.row < r.row"
    else:
        drawn = (
            "SELECT least(a, b) AS l, greatest(a, b) AS r FROM (SELECT (hash(i, 'a') % $rows)::INTEGER AS a, "
            f"(hash(i, 'b') % $rows)::INTEGER AS b FROM range({_AT_RANDOM}) t(i)) WHERE a <> b"
        ).replace("$rows", str(rows))
    connection.execute(f"CREATE TEMP TABLE random_pair AS {drawn}")


def patterns(
    connection: duckdb.DuckDBPyConnection, table: str, count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The different codes of a table, their levels (a row a code, a column a comparison) and their pairs."""
    found = connection.execute(f"SELECT code, count(*)::DOUBLE AS pairs FROM {table} GROUP BY code ORDER BY code")
    columns = found.fetchnumpy()
    codes = np.asarray(columns["code"], dtype=np.int64)
    return codes, levels_of(codes, count), np.asarray(columns["pairs"], dtype=np.float64)


def levels_of(codes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The levels in each code."""
    shifts = np.arange(count, dtype=np.int64) * BITS
    return (codes[:, None] >> shifts[None, :]) & ((1 << BITS) - 1)
