"""The people whom identities make: their rows, sums and names, brought up to date set by set.

A person's row is made when there is something to show: an interaction, or something said of them. It stays for ever, so
that their address always answers; while a fact makes them part of somebody else, `into_id` says of whom.
"""

import pyarrow as pa
from django.db import connection

from vincle.flow.append.numbers import uids
from vincle.flow.append.stage import Stage
from vincle.kernel.words import fold

ADVISORY_LOCK = 7_046_001
NAME_LENGTH = 200

# The name a person goes by: pinned by a colleague and not taken back (by saying nothing), else the most recent.
_NAMES = """
SELECT person_id, value FROM (
    SELECT i.person_id, o.value,
           row_number() OVER (PARTITION BY i.person_id ORDER BY o.pinned DESC, o.observed_at DESC, o.id DESC) AS place
    FROM flow_identity i JOIN flow_observation o ON o.identity_id = i.id AND o.name = 'name'
    WHERE i.person_id IN ({people}) AND (NOT o.pinned OR o.value <> '' AND NOT EXISTS (
        SELECT 1 FROM flow_observation b WHERE b.identity_id = o.identity_id AND b.name = 'name' AND b.pinned
        AND b.value = '' AND (b.observed_at, b.id) > (o.observed_at, o.id)))
) chosen WHERE place = 1
"""

_SUMS = """
SELECT person_id AS id, sum(interactions) AS interactions, sum(amount) AS amount,
       min(first_at) AS first_at, max(last_at) AS last_at
FROM flow_identity WHERE person_id IN ({people}) GROUP BY person_id
"""

# Somebody of whom nothing is known but that a row named them (an e-mail that two customers share) is nobody's page.
_KNOWN = """
SELECT 1 FROM flow_identity k WHERE k.person_id = i.id
AND (k.interactions > 0 OR EXISTS (SELECT 1 FROM flow_observation o WHERE o.identity_id = k.id))
"""

_INSERT = """
INSERT INTO flow_person (id, uid, name, name_key, interactions, amount, first_at, last_at)
SELECT n.id, {uid}, n.name, n.name_key, s.interactions, s.amount, s.first_at, s.last_at
FROM {new} n JOIN ({sums}) s ON s.id = n.id
"""

_UPDATE = """
UPDATE flow_person SET interactions = s.interactions, amount = s.amount, first_at = s.first_at, last_at = s.last_at
FROM ({sums}) s WHERE flow_person.id = s.id
"""

_EMPTY = """
UPDATE flow_person SET interactions = 0, amount = 0, first_at = NULL, last_at = NULL
WHERE into_id IS NOT NULL AND interactions > 0 AND id IN ({people})
"""


def one_at_a_time() -> None:
    """Let nobody else change people until this transaction ends. Taken before any identity is written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def bring_up(people: str, *, stage: Stage) -> None:
    """Give each person of the subquery `people` the sums of their identities, and a row when they have none yet."""
    one_at_a_time()
    new = _newcomers(people, stage=stage)
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE.format(sums=_SUMS.format(people=people)))
        if new:
            uid = "n.uid" if connection.vendor == "sqlite" else "encode(n.uid, 'hex')::uuid"
            newcomers = _SUMS.format(people=f"SELECT id FROM {new}")
            cursor.execute(_INSERT.format(uid=uid, new=new, sums=newcomers))
        cursor.execute(_EMPTY.format(people=people))


def choose_names(people: str, *, stage: Stage) -> None:
    """Put on each person of the subquery `people`, who has a row, the name that the rules choose."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, value FROM flow_identity WHERE id = person_id AND person_id IN ({people})")
        named = stage.put(_named(cursor.fetchall(), _chosen(people)))
        cursor.execute(
            f"UPDATE flow_person SET name = s.name, name_key = s.name_key FROM {named} s "
            "WHERE flow_person.id = s.id AND (flow_person.name <> s.name OR flow_person.name_key <> s.name_key)"
        )


def _newcomers(people: str, *, stage: Stage) -> str | None:
    """Stage who of `people` has no row yet, with a fresh uid and their name; returns what to select from, None when
    there is nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, i.value FROM flow_identity i LEFT JOIN flow_person p ON p.id = i.id "
            f"WHERE p.id IS NULL AND i.id = i.person_id AND i.id IN ({people}) AND EXISTS ({_KNOWN})"
        )
        found = cursor.fetchall()
    if not found:
        return None
    chosen = _chosen(stage.numbers([person for person, _value in found]))
    return stage.put(_named(found, chosen).append_column("uid", uids(len(found))))


def _chosen(people: str) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMES.format(people=people))
        return dict(cursor.fetchall())


def _named(own: list[tuple[int, str]], chosen: dict[int, str]) -> pa.Table:
    """`id, name, name_key`: the chosen name, else what their first identity is called."""
    names = [chosen.get(person, value)[:NAME_LENGTH] for person, value in own]
    return pa.table(
        {
            "id": pa.array([person for person, _ in own], pa.int64()),
            "name": pa.array(names, pa.string()),
            "name_key": pa.array([fold(name)[:NAME_LENGTH] for name in names], pa.string()),
        }
    )
