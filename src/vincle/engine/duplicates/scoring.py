"""The probability of every pair that could pass: the model's weights, and more for values that few have."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from vincle.engine.duplicates.learning import Model, beside_of
from vincle.engine.duplicates.levels import BITS, patterns


@dataclass(frozen=True, slots=True)
class Priors:
    """In bits (log2 of odds): of one person, and of a household, before anything is compared."""

    one: float
    household: float


def priors(model: Model) -> Priors:
    """How likely two rows are one person, or a household, rather than strangers, when nothing is known of them."""
    rest = np.log2(max(1 - model.one - model.household, 1e-9))
    return Priors(float(np.log2(model.one) - rest), float(np.log2(model.household) - rest))


def score(connection: duckdb.DuckDBPyConnection, model: Model, *, threshold: float, rows: int) -> pa.Table:
    """The pairs of `compared` whose probability is at least `threshold`, best first.

    Columns: `a`, `b`, `probability`; `code` (see `levels`); `bits` (a list: what each comparison adds); `household`
    (bits taken away because two people of a household would look alike too).
    """
    first = priors(model)
    _keep_weights(connection, model, first, threshold, rows)
    rare = _rarities(connection, model)
    bits = [f"w{place} + {rare.get(place, '0')}" for place in range(len(model.comparisons))]
    shared = " + ".join([f"({bit})" for bit, each in zip(bits, model.comparisons, strict=True) if each.shared] or ["0"])
    joins = " ".join(
        f"LEFT JOIN rarity_{place} f{place} ON f{place}.value = l.{model.comparisons[place].frequency}"
        for place in rare
    )
    return connection.sql(
        f"""
        WITH weighed AS (
            SELECT l.id AS a, r.id AS b, code, [{", ".join(bits)}]::DOUBLE[] AS bits,
                   -log2(1 + pow(2, least({first.household!r} + {shared}, 1000))) AS household
            FROM compared c JOIN weight USING (code) JOIN person l ON l.row = c.l JOIN person r ON r.row = c.r {joins}
        ), judged AS (
            SELECT *, 1 / (1 + pow(2, -greatest(least({first.one!r} + list_sum(bits) + household, 1000), -1000)))
                AS probability
            FROM weighed
        )
        SELECT a, b, probability, code, bits, household FROM judged WHERE probability >= $threshold
        ORDER BY probability DESC, list_sum(bits) + household DESC, a, b
        """,
        params={"threshold": threshold},
    ).to_arrow_table()


def _keep_weights(
    connection: duckdb.DuckDBPyConnection, model: Model, first: Priors, threshold: float, rows: int
) -> None:
    """The table `weight`: the weights of each code that can pass, were all its values the rarest there are."""
    codes, levels, _ = patterns(connection, "compared", len(model.comparisons))
    weights = model.weights(levels)
    shared = np.array([each.shared for each in model.comparisons])
    household = -np.log2(1 + np.exp2(np.clip(first.household + weights[:, shared].sum(axis=1), -1000, 1000)))
    gain = np.zeros(len(codes))
    beside = beside_of(model.comparisons, levels)
    for place, each in enumerate(model.comparisons):
        if each.frequency:
            most = max(np.log2(model.other[place][0, -1] * max(rows, 2)), 0.0)
            gain += most * ((levels[:, place] == len(each.levels)) & (beside[:, place] == 0))
    needed = np.log2(threshold) - np.log2(1 - threshold) if 0 < threshold < 1 else -np.inf if threshold <= 0 else np.inf
    reached = first.one + weights.sum(axis=1) + np.maximum(household, -1000) + gain
    kept = reached >= min(needed, 50.0)
    columns = {"code": pa.array(codes[kept])}
    columns |= {f"w{place}": pa.array(weights[kept, place]) for place in range(weights.shape[1])}
    connection.register("weight_given", pa.table(columns))
    connection.execute("CREATE TEMP TABLE weight AS FROM weight_given")
    connection.unregister("weight_given")


def _rarities(connection: duckdb.DuckDBPyConnection, model: Model) -> dict[int, str]:
    """For each comparison with frequencies the SQL of the bits that a value's rarity adds or takes: log2 of how often
    strangers agree on any value over how often on this one.

    Where the comparison beside it agrees (the same street in the same town), rarity has been counted already.
    """
    names = [each.name for each in model.comparisons]
    found = {}
    for place, each in enumerate(model.comparisons):
        if not each.frequency:
            continue
        usual = float(model.other[place][0, -1])
        connection.execute(
            f"""
            CREATE TEMP TABLE rarity_{place} AS
            SELECT value, log2($usual / (greatest(people - 1, 1) / greatest(everybody - 1, 1))) AS bits
            FROM (SELECT {each.frequency} AS value, count(*) AS people, sum(count(*)) OVER () AS everybody
                  FROM person WHERE {each.frequency} IS NOT NULL GROUP BY 1)
            """,
            {"usual": usual},
        )
        condition = _at_top("code", place, len(each.levels))
        if each.given in names:
            parent = names.index(each.given)
            condition += f" AND NOT {_at_top('code', parent, len(model.comparisons[parent].levels))}"
        found[place] = f"CASE WHEN {condition} THEN f{place}.bits ELSE 0 END"
    return found


def _at_top(code: str, place: int, top: int) -> str:
    return f"(({code} >> {place * BITS}) & {(1 << BITS) - 1} = {top})"
