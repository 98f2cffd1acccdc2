"""Taking one person out of the log whole, so that nothing of them is left in the database.

Everything of every identity they have goes: interactions and the things only those were about, what sources said of
them, the facts that joined them and whom they were kept apart from, what waits in quarantine, their row and the rows
of those who had become part of them. Others keep what is theirs: a contact point of a household stays with whoever
else has it. One transaction; a number without a name stays in `Erasure` so that the mirror follows, and a
`Forgotten` for each address they had.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from vincle.flow.append import turnstile
from vincle.flow.append.erase import gate
from vincle.flow.append.links import project_people
from vincle.flow.append.people import one_at_a_time
from vincle.flow.append.stage import Stage
from vincle.flow.erasure.searching import text_names
from vincle.flow.models import Erasure, Forgotten, Identity, Person, Quarantined, Reading
from vincle.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whoever is being erased, as long as it takes: these values are kept nowhere afterwards."""

    uid: UUID
    uids: tuple[UUID, ...]  # theirs, and of those who had become part of them
    numbers: tuple[int, ...]  # of their identities
    identities: tuple[tuple[str, str], ...]  # namespace, value
    names: tuple[str, ...]
    batches: tuple[int, ...]  # what brought something of theirs


@dataclass(frozen=True, slots=True)
class Gone:
    """Who was erased, how many rows left each table, and the tombstone."""

    leaving: Leaving
    removed: Mapping[str, int]
    tombstone: Forgotten


# What rooms keep of somebody goes in the same transaction: given who leaves, rows removed by what they were, and what
# is left to be done outside the database (kept with the tombstone until it is).
Beside = Callable[[Leaving], tuple[Mapping[str, int], Mapping[str, Any]]]

_TEMPORARY = ("leaving_thing", "leaving_interaction", "leaving_neighbour", "leaving_person")

# The other ends of facts about those who leave.
_ENDS = """
SELECT f.b_id AS id FROM flow_sameperson f JOIN leaving_person l ON l.id = f.a_id
UNION SELECT f.a_id FROM flow_sameperson f JOIN leaving_person l ON l.id = f.b_id
"""

# A contact point of which nothing is known but that it is theirs: no other fact, nothing that happened with it.
_BARE = f"""
INSERT INTO leaving_person
SELECT e.id FROM ({_ENDS}) e
WHERE e.id NOT IN (SELECT id FROM leaving_person)
AND NOT EXISTS (SELECT 1 FROM flow_interaction i WHERE i.identity_id = e.id)
AND NOT EXISTS (SELECT 1 FROM flow_observation o WHERE o.identity_id = e.id)
AND NOT EXISTS (SELECT 1 FROM flow_sameperson f WHERE f.a_id = e.id AND f.b_id NOT IN (SELECT id FROM leaving_person))
AND NOT EXISTS (SELECT 1 FROM flow_sameperson f WHERE f.b_id = e.id AND f.a_id NOT IN (SELECT id FROM leaving_person))
"""

_THINGS = """
INSERT INTO leaving_thing
SELECT DISTINCT t.thing_id FROM flow_interactionthing t JOIN leaving_interaction l ON l.id = t.interaction_id
WHERE NOT EXISTS (
    SELECT 1 FROM flow_interactionthing o WHERE o.thing_id = t.thing_id
    AND NOT EXISTS (SELECT 1 FROM leaving_interaction m WHERE m.id = o.interaction_id)
)
"""

_BATCHES = """
SELECT batch_id FROM flow_interaction WHERE identity_id IN (SELECT id FROM leaving_person)
UNION SELECT batch_id FROM flow_observation WHERE identity_id IN (SELECT id FROM leaving_person)
UNION SELECT batch_id FROM flow_sameperson WHERE a_id IN (SELECT id FROM leaving_person)
UNION SELECT batch_id FROM flow_sameperson WHERE b_id IN (SELECT id FROM leaving_person)
"""

# In this order, so that nothing refers to a row that has gone.
_LEAVE = (
    ("interaction_things", "flow_interactionthing", "interaction_id IN (SELECT id FROM leaving_interaction)"),
    ("interactions", "flow_interaction", "id IN (SELECT id FROM leaving_interaction)"),
    ("things", "flow_thing", "id IN (SELECT id FROM leaving_thing)"),
    ("observations", "flow_observation", "identity_id IN (SELECT id FROM leaving_person)"),
    (
        "facts",
        "flow_sameperson",
        "a_id IN (SELECT id FROM leaving_person) OR b_id IN (SELECT id FROM leaving_person)",
    ),
    ("identity_moves", "flow_identitymove", "identity_id IN (SELECT id FROM leaving_person)"),
    ("identities", "flow_identity", "id IN (SELECT id FROM leaving_person)"),
    ("people", "flow_person", "id IN (SELECT id FROM leaving_person)"),
)


def forget(person: Person, *, by: str, now: datetime, beside: Beside = lambda _: ({}, {})) -> Gone:
    """Take a person, with whoever had become part of them, out of the database.

    `beside` does the same for what rooms keep, in this transaction, with the gate of the log open. Raises `NotFound`
    when they have gone meanwhile. What is outside the database follows (`vincle.flow.erasure`).
    """
    with Stage() as stage, transaction.atomic(), connection.cursor() as cursor:
        turnstile.leaving()
        one_at_a_time()
        for name in reversed(_TEMPORARY):
            cursor.execute(f"CREATE TEMP TABLE {name} (id bigint PRIMARY KEY)")
        leaving = _gather(person)
        with gate():
            removed = _leave(leaving)
            more, left_to_do = beside(leaving)
        # Before the erasures are noted, which has SQLite rewrite its index of words.
        project_people("SELECT id FROM leaving_neighbour", stage=stage)
        for name in _TEMPORARY:
            cursor.execute(f"DROP TABLE {name}")
        Erasure.objects.bulk_create(Erasure(identity_id=number, recorded_at=now) for number in leaving.numbers)
        counts = {**removed, **more}
        tombstone = _bury(leaving, counts, left_to_do, by=by, now=now)
    return Gone(leaving, counts, tombstone)


def _gather(person: Person) -> Leaving:
    """Fill the temporary tables with what goes; says who that is."""
    whole = Identity.objects.filter(pk=person.pk).values_list("person_id", flat=True).first()
    if whole is None:
        raise NotFound(_("There is nobody at this address any more."))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO leaving_person SELECT id FROM flow_identity WHERE person_id = %s", [whole])
        cursor.execute(_BARE)
        cursor.execute(
            f"INSERT INTO leaving_neighbour SELECT id FROM ({_ENDS}) e WHERE id NOT IN (SELECT id FROM leaving_person)"
        )
        cursor.execute(
            "INSERT INTO leaving_interaction SELECT id FROM flow_interaction "
            "WHERE identity_id IN (SELECT id FROM leaving_person)"
        )
        cursor.execute(_THINGS)
        cursor.execute(
            "SELECT id, namespace, value FROM flow_identity WHERE id IN (SELECT id FROM leaving_person) ORDER BY id"
        )
        identities = cursor.fetchall()
        cursor.execute(
            "SELECT name FROM flow_person WHERE id IN (SELECT id FROM leaving_person) UNION SELECT value "
            "FROM flow_observation WHERE name = 'name' AND identity_id IN (SELECT id FROM leaving_person)"
        )
        names = sorted(name for (name,) in cursor.fetchall() if name)
        cursor.execute(_BATCHES)
        batches = sorted(batch for (batch,) in cursor.fetchall() if batch is not None)
        cursor.execute("SELECT id FROM leaving_person")
        numbers = [number for (number,) in cursor.fetchall()]
    addresses = dict(Person.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "uid"))
    return Leaving(
        uid=addresses.get(whole, person.uid),
        uids=tuple(addresses.values()),
        numbers=tuple(number for number, _namespace, _value in identities),
        identities=tuple((namespace, value) for _number, namespace, value in identities),
        names=tuple(names),
        batches=tuple(batches),
    )


def _leave(leaving: Leaving) -> dict[str, int]:
    removed = {}
    with connection.cursor() as cursor:
        for words, table, which in _LEAVE:
            cursor.execute(f"DELETE FROM {table} WHERE {which}")
            removed[words] = int(cursor.rowcount)
    held = held_of(leaving.identities)
    Quarantined.objects.filter(pk__in=held).delete()
    said = [str(uid) for uid in leaving.uids] + [*leaving.names] + [value for _namespace, value in leaving.identities]
    return removed | {"quarantined": len(held), "readings": forget_readings(said)}


def forget_readings(words: Collection[str]) -> int:
    """Throw away what an engine computed for a page and quotes any of these words; it is computed again. How many."""
    quoting = [
        reading.pk
        for reading in Reading.objects.iterator()
        if any(word in json.dumps(reading.payload, ensure_ascii=False) for word in words)
    ]
    Reading.objects.filter(pk__in=quoting).delete()
    return len(quoting)


def held_of(identities: Collection[tuple[str, str]]) -> list[int]:
    """The numbers of what quarantine keeps, settled or not, of these identities (namespace, value), also of what names
    them somewhere without having been understood."""
    wanted = set(identities)
    values = {value for _namespace, value in wanted}
    theirs = Quarantined.objects.filter(payload__identity__in=values)
    linked = Quarantined.objects.filter(payload__has_key="links")
    found = {
        number
        for rows in (theirs, linked)
        for number, payload in rows.values_list("pk", "payload").iterator()
        if wanted & _named_in(payload)
    }
    nobodys = Quarantined.objects.exclude(payload__has_key="identity").values_list("pk", "payload")
    for number, payload in nobodys.iterator():
        if text_names(json.dumps(payload, ensure_ascii=False), wanted):
            found.add(number)
    return sorted(found)


def _named_in(payload: Mapping[str, Any]) -> set[tuple[str, str]]:
    named = [payload, *(payload.get("links") or [])]
    return {(each.get("namespace", ""), each.get("identity", "")) for each in named if isinstance(each, dict)}


def _bury(
    leaving: Leaving, counts: Mapping[str, int], left_to_do: Mapping[str, Any], *, by: str, now: datetime
) -> Forgotten:
    certificate = {"removed": dict(counts), "left_to_do": {**left_to_do, "identities": list(leaving.numbers)}}
    for uid in leaving.uids:
        if uid != leaving.uid:
            Forgotten.objects.create(uid=uid, whole=leaving.uid, at=now, by=by[:200], finished_at=now)
    return Forgotten.objects.create(uid=leaving.uid, whole=leaving.uid, at=now, by=by[:200], certificate=certificate)
