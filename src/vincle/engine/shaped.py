"""The shape in which everything enters the log, whatever it came from: five Arrow tables that share `row`.

A reader turns a file into raw rows, a mapping turns raw rows into this, and `vincle.flow.append` takes
nothing else.
"""

from dataclasses import dataclass

import pyarrow as pa

MOMENT = pa.timestamp("us", tz="UTC")

INTERACTIONS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),  # where it stood in what was read; joins the other tables
        pa.field("message_id", pa.string(), nullable=False),  # the source's idempotency key
        pa.field("occurred_at", MOMENT, nullable=False),
        pa.field("kind", pa.string(), nullable=False),  # dotted name, as in the catalogue
        pa.field("kind_label", pa.string()),  # the source's own words for it, used when the catalogue lacks the kind
        pa.field("channel", pa.string()),  # web, email, phone, chat, counter, app, social, shop ...
        pa.field("place", pa.string()),  # a named place in the channel
        pa.field("namespace", pa.string(), nullable=False),  # who, as the source knew them
        pa.field("identity", pa.string(), nullable=False),
        pa.field("staff", pa.string()),  # who on our side
        pa.field("amount", pa.int64()),  # ten-thousandths of the currency's unit (vincle.kernel.money)
        pa.field("currency", pa.string()),  # ISO 4217
        pa.field("score", pa.float64()),  # satisfaction, -1..1
        pa.field("text", pa.string()),
        pa.field("properties", pa.string()),  # a JSON object
    ]
)

# Further identities that the same row gives for the same person.
LINKS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("namespace", pa.string(), nullable=False),
        pa.field("identity", pa.string(), nullable=False),
    ]
)

# What the row says of the person: name, birthday, town ...
OBSERVATIONS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("value", pa.string(), nullable=False),
    ]
)

# What the interaction was about: orders, products, cases, courses ... (OCEL 2.0 event-to-object relations).
OBJECTS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("key", pa.string(), nullable=False),
        pa.field("qualifier", pa.string(), nullable=False),  # the object's part in it: "line", "case" ...; may be empty
        pa.field("label", pa.string()),
        pa.field("quantity", pa.float64()),
        pa.field("amount", pa.int64()),  # ten-thousandths, in the interaction's currency
        pa.field("properties", pa.string()),  # a JSON object: what the object itself is like
    ]
)

# Rows that cannot enter, with the reason in words and the row as it was read (a JSON array of strings).
REJECTS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("raw", pa.string(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """One chunk on its way into the log; every table may be empty but has its schema above.

    In one chunk a `row` is used by at most one interaction. Rows of `links`, `observations` and `objects`
    refer to rows of `interactions` in the same chunk.
    """

    interactions: pa.Table
    links: pa.Table
    observations: pa.Table
    objects: pa.Table
    rejects: pa.Table

    @classmethod
    def of(
        cls,
        interactions: pa.Table,
        *,
        links: pa.Table | None = None,
        observations: pa.Table | None = None,
        objects: pa.Table | None = None,
        rejects: pa.Table | None = None,
    ) -> "Shaped":
        """Fill what is not given with empty tables."""
        return cls(
            interactions,
            LINKS.empty_table() if links is None else links,
            OBSERVATIONS.empty_table() if observations is None else observations,
            OBJECTS.empty_table() if objects is None else objects,
            REJECTS.empty_table() if rejects is None else rejects,
        )
