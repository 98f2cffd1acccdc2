"""What is read of each operational table for each table of the mirror, the same on both databases.

A column is read as it lies in the table (`t`), or from a table joined to it; the small dictionaries
(sources, kinds, touchpoints, colleagues) are joined while the rows stream through DuckDB.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class As(Enum):
    """What a column is, where that has to be said to a database or to DuckDB."""

    NUMBER = "number"
    REAL = "real"
    TEXT = "text"
    UID = "uid"
    JSON = "json"
    INSTANT = "instant"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Read:
    """How one table of the mirror is read.

    `number` is the column of `origin` that numbers its rows in the order they are committed on SQLite;
    things enter with their interaction, so they go by its number. `names` gives, for columns of the mirror
    that come from a dictionary, the dictionary, the column that refers to it, and the column wanted of it.
    """

    origin: str
    columns: Mapping[str, As]
    number: str = "id"
    joins: str = ""
    written: tuple[str, ...] = ("t",)  # `t` and those joined to it whose rows the same transaction writes
    elsewhere: Mapping[str, str] = field(default_factory=dict)  # columns that come from a joined table
    names: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)

    def select(self, forms: Mapping[As, str], window: str) -> str:
        """The query on the database; `forms` says how a column is written there (`{}` stands for it)."""
        listed = ", ".join(
            f"{forms.get(kind, '{}').format(self.elsewhere.get(name, f't.{name}'))} AS {name}"
            for name, kind in self.columns.items()
        )
        return f"SELECT {listed} FROM {self.origin} t {self.joins} WHERE {window}"

    def shape(self, wanted: list[str], forms: Mapping[As, str]) -> str:
        """The query on the stream `incoming` (DuckDB) that gives the `wanted` columns of the mirror's
        table.
        """
        listed = ", ".join(f"{self._shaped(name, forms)} AS {name}" for name in wanted)
        used = {dictionary: by for dictionary, by, _ in self.names.values()}
        joins = " ".join(f"LEFT JOIN {name} ON {name}.id = t.{by}" for name, by in used.items())
        return f"SELECT {listed} FROM incoming t {joins} WHERE t.{next(iter(self.columns))} >= 0"

    def _shaped(self, name: str, forms: Mapping[As, str]) -> str:
        if name in self.names:
            dictionary, _, column = self.names[name]
            return f"{dictionary}.{column}"
        return forms.get(self.columns[name], "{}").format(f"t.{name}")


_SOURCE = {"source": ("source", "source_id", "name")}

READS: Mapping[str, Read] = {
    "interactions": Read(
        "flow_interaction",
        {
            "id": As.NUMBER,
            "uid": As.UID,
            "source_id": As.NUMBER,
            "message_id": As.TEXT,
            "occurred_at": As.INSTANT,
            "recorded_at": As.INSTANT,
            "kind_id": As.NUMBER,
            "touchpoint_id": As.NUMBER,
            "identity_id": As.NUMBER,
            "staff_id": As.NUMBER,
            "amount": As.NUMBER,
            "currency": As.TEXT,
            "score": As.REAL,
            "text": As.TEXT,
            "properties": As.JSON,
            "batch_id": As.NUMBER,
        },
        names=_SOURCE
        | {
            "kind": ("kind", "kind_id", "name"),
            "channel": ("touchpoint", "touchpoint_id", "channel"),
            "place": ("touchpoint", "touchpoint_id", "place"),
            "staff": ("colleague", "staff_id", "name"),
        },
    ),
    "interaction_things": Read(
        "flow_interactionthing",
        {
            "interaction_id": As.NUMBER,
            "thing_id": As.NUMBER,
            "qualifier": As.TEXT,
            "quantity": As.REAL,
            "amount": As.NUMBER,
            "identity_id": As.NUMBER,
            "batch_id": As.NUMBER,
        },
        number="interaction_id",
        joins="JOIN flow_interaction i ON i.id = t.interaction_id",
        written=("t", "i"),
        elsewhere={"identity_id": "i.identity_id", "batch_id": "i.batch_id"},
    ),
    "things": Read(
        "flow_thing",
        {
            "id": As.NUMBER,
            "source_id": As.NUMBER,
            "type": As.TEXT,
            "key": As.TEXT,
            "label": As.TEXT,
            "properties": As.JSON,
        },
        names=_SOURCE,
    ),
    "identities": Read(
        "flow_identity",
        {"id": As.NUMBER, "namespace": As.TEXT, "value": As.TEXT, "person_id": As.NUMBER},
    ),
    "identity_moves": Read(
        "flow_identitymove",
        {"id": As.NUMBER, "identity_id": As.NUMBER, "person_id": As.NUMBER},
    ),
    "observations": Read(
        "flow_observation",
        {
            "id": As.NUMBER,
            "identity_id": As.NUMBER,
            "name": As.TEXT,
            "value": As.TEXT,
            "source_id": As.NUMBER,
            "observed_at": As.INSTANT,
            "pinned": As.TRUTH,
            "batch_id": As.NUMBER,
        },
        names=_SOURCE,
    ),
}

DICTIONARIES = {
    "source": "SELECT id, name FROM flow_source",
    "kind": "SELECT id, name FROM flow_kind",
    "touchpoint": "SELECT id, channel, place FROM flow_touchpoint",
    "colleague": "SELECT id, name FROM flow_colleague",
}

# A person's row comes when there is something to show of them, maybe long after their identity, and takes the
# number of that identity: so new people are looked for, not followed (`vincle.flow.mirror.people`).
PEOPLE = Read("flow_person", {"id": As.NUMBER, "uid": As.UID})

# The identities of everybody whose processing is restricted: what the mirror only keeps. It is the one thing it asks of
# a room's table, in the same look as the rest.
RESTRICTED = """
SELECT DISTINCT i.id FROM people_personmark m JOIN flow_identity o ON o.id = m.identity_id
JOIN flow_identity i ON i.person_id = o.person_id
WHERE m.kind = 'restricted' AND m.lifted_at IS NULL ORDER BY i.id
"""

ORIGINS = {name: read.origin for name, read in READS.items()} | {"people": PEOPLE.origin}
