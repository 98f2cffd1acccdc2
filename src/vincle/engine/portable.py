"""The few functions whose meaning differs between engines, under names of our own.

Steps are written in DuckDB's dialect and may call these; each engine gets its own form. Unknown is NULL: an
unknown argument gives NULL, and aggregates pass over unknown values.

    seconds_between(a, b)   seconds from instant a to instant b, with fractions (DuckDB's date_diff counts boundaries)
    days_between(a, b)      whole days from date a to date b
    add_days(d, n)          the date n days after date d
    quantile_at(x, p)       the p-quantile of x, interpolated linearly (type 7 of Hyndman & Fan, 1996)
    first_by(x, k)          the x of the smallest k among rows where both are known; of equal k the smallest x
    last_by(x, k)           the x of the largest k among rows where both are known; of equal k the largest x
    local_time(t, zone)     what a clock in the IANA zone shows at instant t, as a timestamp without zone
    money(n)                ten-thousandths as an exact DECIMAL(19, 4), which holds every 64-bit n
    map_of(k, v)            a map of k to v over the rows of a group; each k once
    micros_of(t)            the microseconds from the beginning of 1970 in UTC to instant t
    instant_of(n)           the instant that is n microseconds after 1970 began in UTC
    property_of(j, name)    the value of that name in a JSON object as text, of a text the text itself
    fingerprint(x, n)       64 bits that depend on both, the same wherever this engine sees them
"""

from collections.abc import Mapping
from functools import cache

import sqlglot
from sqlglot import exp

_MONEY = "CAST(CAST(_1 AS DECIMAL(19, 0)) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(19, 4))"
_BY = "({which}({pair}) FILTER (WHERE _1 IS NOT NULL AND _2 IS NOT NULL)).x"
_PAIR = {"duckdb": "struct_pack(k := _2, x := _1)", "spark": "struct(_2 AS k, _1 AS x)"}

# _1, _2 ... stand for the arguments.
FORMS: Mapping[str, Mapping[str, str]] = {
    "seconds_between": {
        "duckdb": "(epoch_us(_2) - epoch_us(_1)) / 1e6",
        "spark": "(unix_micros(_2) - unix_micros(_1)) / 1e6D",
    },
    "days_between": {"duckdb": "date_diff('day', _1, _2)", "spark": "datediff(_2, _1)"},
    "add_days": {"duckdb": "_1 + CAST(_2 AS INTEGER)", "spark": "date_add(_1, CAST(_2 AS INT))"},
    "quantile_at": {"duckdb": "quantile_cont(CAST(_1 AS DOUBLE), _2)", "spark": "percentile(CAST(_1 AS DOUBLE), _2)"},
    "first_by": {name: _BY.format(which="min", pair=pair) for name, pair in _PAIR.items()},
    "last_by": {name: _BY.format(which="max", pair=pair) for name, pair in _PAIR.items()},
    "local_time": {
        "duckdb": "timezone(_2, _1)",
        "spark": "CAST(from_utc_timestamp(_1, _2) AS TIMESTAMP_NTZ)",
    },
    "money": {"duckdb": _MONEY, "spark": _MONEY},
    "micros_of": {"duckdb": "epoch_us(_1)", "spark": "unix_micros(_1)"},
    "instant_of": {"duckdb": "make_timestamptz(_1)", "spark": "timestamp_micros(_1)"},
    "property_of": {
        "duckdb": "json_extract_string(_1, concat('$.\"', replace(replace(_2, '\\', '\\\\'), '\"', '\\\"'), '\"'))",
        "spark": "from_json(_1, 'map<string,string>')[_2]",
    },
    "fingerprint": {"duckdb": "hash(_1, _2)", "spark": "xxhash64(_1, _2)"},
    "map_of": {
        "duckdb": "map_from_entries(list(row(_1, _2) ORDER BY _1))",
        "spark": "map_from_entries(sort_array(collect_list(struct(_1, _2))))",
    },
}


def for_engine(tree: exp.Expression, dialect: str) -> exp.Expression:
    """The same statement with every function of this module in the form that `dialect` understands."""

    def translated(node: exp.Expression) -> exp.Expression:
        name = node.name.lower() if isinstance(node, exp.Anonymous) else ""
        if name not in FORMS:
            return node
        arguments = {f"_{place}": argument for place, argument in enumerate(node.expressions, start=1)}
        return _form(name, dialect).transform(
            lambda part: (
                arguments[part.name].copy() if isinstance(part, exp.Column) and part.name in arguments else part
            )
        )

    # Inner calls come to light when the outer one has been written out, so until nothing changes.
    while any(call.name.lower() in FORMS for call in tree.find_all(exp.Anonymous)):
        tree = tree.transform(translated)
    return tree


@cache
def _form(name: str, dialect: str) -> exp.Expression:
    return exp.paren(sqlglot.parse_one(FORMS[name][dialect], dialect=dialect), copy=False)
