"""From names to numbers for a handful: its kinds, touchpoints, colleagues, identities and things, found or made.

Nothing is remembered from one handful to the next: a question for all of its names costs little, and nobody else's
change can be missed.
"""

from dataclasses import dataclass

from django.db import connection

from vincle.flow.append import dictionary, numbers
from vincle.flow.append.given import given
from vincle.flow.append.handful import Handful, Row, ThingRow

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """The number of each name that a handful holds."""

    kinds: dict[str, int]
    touchpoints: dict[Pair, int]  # channel, place
    colleagues: dict[str, int]
    identities: dict[Pair, int]  # namespace, value
    things: dict[Pair, int]  # type, key

    def touchpoint(self, row: Row) -> int | None:
        """Where it happened; None when the row does not say."""
        where = _where(row)
        return self.touchpoints[where] if where else None


def names_of(handful: Handful, *, source_id: int) -> Names:
    """Find or make all that the handful names. Inside the transaction that will use the numbers."""
    rows = handful.rows
    kinds: dict[str, str] = {}
    for row in rows:
        kinds[row.kind] = kinds.get(row.kind) or row.kind_label or ""
    places = {where for row in rows if (where := _where(row))}
    staff = {row.staff for row in rows if row.staff is not None}
    who = {(row.namespace, row.identity) for row in rows}
    who.update((namespace, value) for _row, namespace, value in handful.links)
    return Names(
        dictionary.kind_numbers(kinds),
        dictionary.touchpoint_numbers(places) if places else {},
        dictionary.colleague_numbers(staff) if staff else {},
        _identities(who),
        _things([thing for _row, thing in handful.things], source_id) if handful.things else {},
    )


def _where(row: Row) -> Pair | None:
    if row.channel is None and row.place is None:
        return None
    return row.channel or dictionary.DEFAULT_CHANNEL, row.place or ""


def _identities(wanted: set[Pair]) -> dict[Pair, int]:
    found = _known_identities(wanted)
    missing = sorted(wanted - found.keys())
    if not missing:
        return found
    first = numbers.take("flow_identity", len(missing))
    made = [(first + place, *who) for place, who in enumerate(missing)]
    with connection.cursor() as cursor:
        written = 0
        for new, values in given(made, id="bigint", namespace="text", value="text"):
            # The person is a projection of the facts: alone, until one says otherwise.
            cursor.execute(
                "INSERT INTO flow_identity (id, namespace, value, person_id, interactions, amount) "
                f"SELECT n.id, n.namespace, n.value, n.id, 0, 0 FROM {new} n WHERE true "
                "ON CONFLICT (namespace, value) DO NOTHING",
                values,
            )
            written += cursor.rowcount
    if written == len(made):
        return found | {(namespace, value): number for number, namespace, value in made}
    return found | _known_identities(missing)


def _known_identities(wanted: set[Pair] | list[Pair]) -> dict[Pair, int]:
    found: dict[Pair, int] = {}
    with connection.cursor() as cursor:
        for some, values in given(wanted, namespace="text", value="text"):
            cursor.execute(
                f"SELECT i.namespace, i.value, i.id FROM {some} s "
                "JOIN flow_identity i ON i.namespace = s.namespace AND i.value = s.value",
                values,
            )
            found.update(((namespace, value), number) for namespace, value, number in cursor.fetchall())
    return found


def _things(said: list[ThingRow], source_id: int) -> dict[Pair, int]:
    wanted: dict[Pair, tuple[str, str | None]] = {}  # the label and the properties of each
    for thing in said:
        label, properties = wanted.get((thing.type, thing.key), ("", None))
        wanted[thing.type, thing.key] = (
            max(label, thing.label or ""),
            max(filter(None, (properties, thing.properties)), default=None),
        )
    found = _known_things(list(wanted), source_id)
    missing = sorted(wanted.keys() - found.keys())
    if not missing:
        return found
    first = numbers.take("flow_thing", len(missing))
    made = [(first + place, *name, wanted[name][0][:255], wanted[name][1]) for place, name in enumerate(missing)]
    properties_of = "n.properties" if connection.vendor == "sqlite" else "n.properties::jsonb"
    with connection.cursor() as cursor:
        for new, values in given(made, id="bigint", type="text", key="text", label="text", properties="text"):
            cursor.execute(
                "INSERT INTO flow_thing (id, source_id, type, key, label, properties) "
                f"SELECT n.id, %s, n.type, n.key, n.label, {properties_of} FROM {new} n WHERE true "
                "ON CONFLICT (source_id, type, key) DO NOTHING",
                [source_id, *values],
            )
    return found | _known_things(missing, source_id)


def _known_things(wanted: list[Pair], source_id: int) -> dict[Pair, int]:
    found: dict[Pair, int] = {}
    with connection.cursor() as cursor:
        for some, values in given(wanted, type="text", key="text"):
            cursor.execute(
                f"SELECT t.type, t.key, t.id FROM {some} s "
                "JOIN flow_thing t ON t.type = s.type AND t.key = s.key WHERE t.source_id = %s",
                [*values, source_id],
            )
            found.update(((type_, key), number) for type_, key, number in cursor.fetchall())
    return found
