"""The tables of the mirror, their columns, and how DuckDB reads them."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

_MOMENT = pa.timestamp("us", tz="UTC")

TABLES: Mapping[str, pa.Schema] = {
    "interactions": pa.schema(
        [
            ("id", pa.int64()),
            ("uid", pa.string()),
            ("source", pa.string()),
            ("message_id", pa.string()),
            ("occurred_at", _MOMENT),
            ("recorded_at", _MOMENT),
            ("kind", pa.string()),
            ("channel", pa.string()),
            ("place", pa.string()),
            ("identity_id", pa.int64()),
            ("staff", pa.string()),
            ("amount", pa.int64()),  # ten-thousandths of the currency's unit
            ("currency", pa.string()),
            ("score", pa.float64()),
            ("text", pa.string()),
            ("properties", pa.string()),  # a JSON object
            ("batch_id", pa.int64()),
        ]
    ),
    # Whose and from which batch a row is stands here too, so that an erasure is one condition on one table.
    "interaction_things": pa.schema(
        [
            ("interaction_id", pa.int64()),
            ("thing_id", pa.int64()),
            ("qualifier", pa.string()),
            ("quantity", pa.float64()),
            ("amount", pa.int64()),
            ("identity_id", pa.int64()),
            ("batch_id", pa.int64()),
        ]
    ),
    "things": pa.schema(
        [
            ("id", pa.int64()),
            ("source", pa.string()),
            ("type", pa.string()),
            ("key", pa.string()),
            ("label", pa.string()),
            ("properties", pa.string()),
        ]
    ),
    # The person as it was when the row was copied; `identity_moves` says what changed since.
    "identities": pa.schema(
        [
            ("id", pa.int64()),
            ("namespace", pa.string()),
            ("value", pa.string()),
            ("person_id", pa.int64()),
        ]
    ),
    "identity_moves": pa.schema(
        [
            ("id", pa.int64()),
            ("identity_id", pa.int64()),
            ("person_id", pa.int64()),
        ]
    ),
    "people": pa.schema(
        [
            ("id", pa.int64()),
            ("uid", pa.string()),
        ]
    ),
    "observations": pa.schema(
        [
            ("id", pa.int64()),
            ("identity_id", pa.int64()),
            ("name", pa.string()),
            ("value", pa.string()),
            ("source", pa.string()),
            ("observed_at", _MOMENT),
            ("pinned", pa.bool_()),
            ("batch_id", pa.int64()),
        ]
    ),
}

# How the tables say whose a row is, by the number of an identity.
WHOSE: Mapping[str, str] = {
    "interactions": "identity_id",
    "interaction_things": "identity_id",
    "observations": "identity_id",
    "identity_moves": "identity_id",
    "identities": "id",
    "people": "id",
}

_TYPES = {
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.string(): "VARCHAR",
    pa.bool_(): "BOOLEAN",
    _MOMENT: "TIMESTAMPTZ",
}


def used(table: str, restricted: Sequence[int]) -> str:
    """The condition that a row may be used: none of an identity in `restricted`, whose processing is restricted."""
    if not restricted or table not in WHOSE:
        return "true"
    return f"{WHOSE[table]} NOT IN ({', '.join(str(int(number)) for number in restricted)})"


def relation(table: str, files: Sequence[str]) -> str:
    """What to select from to read a table's Parquet files in DuckDB; without files an empty table of its
    columns.
    """
    if files:
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        return f"read_parquet([{listed}])"
    columns = ", ".join(f"NULL::{_TYPES[field.type]} AS {field.name}" for field in TABLES[table])
    return f"(SELECT {columns} WHERE false)"
