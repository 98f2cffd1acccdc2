"""What both forms of OCEL 2.0 (https://www.ocel-standard.org) are made of: types with attributes, objects,
events.

Every thing that a chosen interaction was about is an object, and so is every person. An object's id is its
key where no other object has the same, else its type and key, else its source too. Properties become
attributes; a type with very many of them keeps them in one attribute, as JSON. Quantity and money of a single
thing in an event have no place in OCEL and stay out.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from vincle.engine.export.selection import Selection, streamed, streamed_in_runs
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step

PERSON = "person"  # the type of the objects that are people, and their part in an event
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_MOST_KEYS = 200

EVENT_COLUMNS = {
    "channel": "string", "place": "string", "staff": "string", "namespace": "string", "identity": "string",
    "amount": "float", "currency": "string", "score": "float", "text": "string", "message_id": "string",
    "source": "string",
}  # fmt: skip
OBJECT_COLUMNS = {"label": "string"}

_USED = Step(
    "used",
    "SELECT DISTINCT r.thing_id FROM chosen c JOIN interaction_things r ON r.interaction_id = c.id",
    "Things that the chosen interactions were about.",
)
_THINGS = Step(
    "named",
    "SELECT t.id AS thing, t.type, t.label, t.properties, CASE "
    "WHEN count(*) OVER (PARTITION BY t.key) = 1 THEN t.key "
    "WHEN count(*) OVER (PARTITION BY t.type, t.key) = 1 THEN t.type || ':' || t.key "
    "ELSE t.source || ':' || t.type || ':' || t.key END AS id FROM things t JOIN used u ON u.thing_id = t.id",
    "Those things under ids that are theirs alone.",
)
_PEOPLE = Step(
    "met",
    "SELECT w.person, coalesce(p.uid, 'person-' || w.person) AS id, p.name AS label "
    "FROM (SELECT DISTINCT person FROM chosen WHERE person IS NOT NULL) w LEFT JOIN people p ON p.person = w.person",
    "The people they happened with.",
)
OBJECTS = Pipeline(
    (
        Step(
            "objects_out",
            f"SELECT id, type, label, properties FROM ocel_thing UNION ALL "
            f"SELECT id, '{PERSON}' AS type, label, NULL AS properties FROM ocel_person ORDER BY type, id",
            "All objects.",
        ),
    )
)
RELATIONS = Pipeline(
    (
        Step(
            "relations",
            "SELECT c.id AS event, c.uid, o.id AS object, r.qualifier FROM chosen c "
            "JOIN interaction_things r ON r.interaction_id = c.id JOIN ocel_thing o ON o.thing = r.thing_id "
            "WHERE r.interaction_id > $after AND r.interaction_id <= $upto "
            f"UNION ALL SELECT c.id, c.uid, o.id, '{PERSON}' FROM chosen c JOIN ocel_person o ON o.person = c.person",
            "Which event was about which object.",
        ),
    )
)
EVENTS = Pipeline((
    Step(
        "events_out",
        f"SELECT id, uid, kind, strftime(local_time(occurred_at, 'UTC'), $moment) AS moment, "
        f"{', '.join(EVENT_COLUMNS)}, properties FROM chosen ORDER BY id",
        "All events.",
    ),
), {"moment": MOMENT})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A type of events or objects: its attributes with their OCEL types, in order.

    `keys` says which attribute a property becomes; None that all of them are kept together as JSON.
    """

    name: str
    columns: dict[str, str]
    keys: dict[str, str] | None

    @property
    def attributes(self) -> dict[str, str]:
        """The name and the OCEL type of each attribute."""
        more = ["properties"] if self.keys is None else self.keys.values()
        return {**self.columns, **dict.fromkeys(more, "string")}

    def values(self, row: dict[str, Any]) -> dict[str, Any]:
        """The attributes that a row has."""
        found = {name: row[name] for name in self.columns if row[name] is not None and row[name] != ""}
        found = {name: float(value) if self.columns[name] == "float" else value for name, value in found.items()}
        if row["properties"] is None:
            return found
        if self.keys is None:
            return {**found, "properties": row["properties"]}
        said = json.loads(row["properties"])
        return found | {self.keys[key]: _text(value) for key, value in said.items() if value is not None}


@contextmanager
def prepared(log: Log, selection: Selection) -> Iterator[tuple[list[Shape], list[Shape]]]:
    """Give every object its id, and tell the types of events and of objects."""
    runner = log.runner
    try:
        runner.keep("ocel_thing", selection.before(Pipeline((_USED, _THINGS))))
        runner.keep("ocel_person", selection.before(Pipeline((_PEOPLE,))))
        yield (
            _shapes(log, selection.before(EVENTS), "kind", EVENT_COLUMNS),
            _shapes(log, selection.before(OBJECTS), "type", OBJECT_COLUMNS),
        )
    finally:
        runner.forget("ocel_thing")
        runner.forget("ocel_person")


def rows(log: Log, pipeline: Pipeline) -> Iterator[dict[str, Any]]:
    """What a pipeline gives, row by row."""
    for batch in streamed(log, pipeline):
        yield from batch.to_pylist()


def rows_in_runs(log: Log, selection: Selection, pipeline: Pipeline) -> Iterator[dict[str, Any]]:
    """What a pipeline gives for each event, row by row, in the order in which they were recorded."""
    for batch in streamed_in_runs(log, selection, pipeline):
        yield from batch.to_pylist()


def _shapes(log: Log, pipeline: Pipeline, by: str, columns: dict[str, str]) -> list[Shape]:
    source = pipeline.steps[-1].name
    counted = ", ".join(f"count({name}) AS {name}" for name in columns)
    kinds = Step("kinds_out", f"SELECT {by} AS name, {counted} FROM {source} GROUP BY {by} ORDER BY {by}", "Types.")
    found = rows(log, pipeline.then(kinds))
    unnested = Step(
        "keys_out",
        f"SELECT DISTINCT {by} AS name, unnest(json_keys(properties)) AS key FROM {source} "
        "WHERE properties IS NOT NULL ORDER BY name, key",
        "Property names by type.",
    )
    keys: dict[str, list[str]] = {}
    for row in rows(log, pipeline.then(unnested)):
        keys.setdefault(row["name"], []).append(row["key"])
    shapes = []
    for row in found:
        present = {name: kind for name, kind in columns.items() if row[name]}
        shapes.append(Shape(row["name"], present, _renamed(keys.get(row["name"], []), present)))
    return shapes


def _renamed(keys: list[str], taken: dict[str, str]) -> dict[str, str] | None:
    """A name for each key that is unlike the others and those taken, also where upper and lower case are the
    same.
    """
    if len(keys) > _MOST_KEYS:
        return None
    used = {name.lower() for name in taken} | {"ocel_id", "ocel_time", "ocel_changed_field"}
    names = {}
    for key in keys:
        name, number = key or "property", 2
        while name.lower() in used:
            name, number = f"{key}_{number}", number + 1
        used.add(name.lower())
        names[key] = name
    return names


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
