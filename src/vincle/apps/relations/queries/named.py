"""Names that people give for where they work, as imports brought them: each might be an organisation.

Read from the newest `LOOKED_AT` of such observations, by an index of their own (migration 0002). Of each person the one
counts that shows: pinned by a colleague, else said last. Nobody counts who may not be seen by whoever looks.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection

from vincle.apps.people.facade import hidden_numbers
from vincle.apps.relations.catalogue import WORKS_AT
from vincle.apps.relations.models import NoOrganisation, Organisation
from vincle.apps.relations.names import match_key
from vincle.apps.relations.standing import today

LOOKED_AT = 100_000
WEIGHED = 1_000
SUGGESTED = 50

# Literally as in the migration, or SQLite would not take the index.
SAID = "name IN ('organisation', 'organization', 'company', 'employer')"
_SHOWN = f"""
SELECT person_id, identity_id, value FROM (
    SELECT i.person_id, o.identity_id, o.value,
           row_number() OVER (PARTITION BY i.person_id ORDER BY o.pinned DESC, o.observed_at DESC, o.id DESC) AS place
    FROM (SELECT * FROM flow_observation WHERE {SAID} ORDER BY id DESC LIMIT %s) o
    JOIN flow_identity i ON i.id = o.identity_id WHERE i.person_id NOT IN ({{hidden}})
) shown WHERE place = 1
"""
_LINKED = """
SELECT DISTINCT o.whole_id, i.person_id FROM relations_relation r
JOIN relations_organisation o ON o.id = r.organisation_id
JOIN flow_identity i ON i.id = r.from_identity
WHERE r.kind = %s AND r.withdrawn_at IS NULL AND r.ended_on IS NULL AND (r.until IS NULL OR r.until >= %s)
AND o.whole_id IN ({places})
"""


@dataclass
class Named:
    """A name, who gives it (person -> the identity that does), in which spellings, and the organisation that has it.

    `linked` of these people are known to work there; `people` are the others.
    """

    key: str
    people: dict[int, int] = field(default_factory=dict)
    spellings: Counter[str] = field(default_factory=Counter)
    organisation: Organisation | None = None
    linked: int = 0

    @property
    def name(self) -> str:
        """As most write it; of as many, without shouting."""
        return max(sorted(self.spellings), key=lambda each: (self.spellings[each], not each.isupper()))


def suggestions() -> list[Named]:
    """The names most people give, without those that are none and those whose people are all linked."""
    dismissed = set(NoOrganisation.objects.values_list("match_key", flat=True))
    given = [each for key, each in _names().items() if key not in dismissed]
    wanted = sorted(given, key=_most_people_first)[:WEIGHED]
    _with_organisations(wanted)
    return sorted((each for each in wanted if each.people), key=_most_people_first)[:SUGGESTED]


def named(key: str) -> Named | None:
    """One of the names, by its key; None when nobody gives it any more, or all who do are linked."""
    found = _names().get(key)
    if found is None:
        return None
    _with_organisations([found])
    return found if found.people else None


def _most_people_first(each: Named) -> tuple[int, str]:
    return -len(each.people), each.key


def _names() -> dict[str, Named]:
    found: dict[str, Named] = {}
    for person, identity, value in _rows():
        key = _key(value)
        if key:
            name = found.setdefault(key, Named(key))
            name.people[person] = identity
            name.spellings[value.strip()[:200]] += 1
    return found


@lru_cache(maxsize=10_000)  # the same names come again and again
def _key(value: str) -> str:
    return match_key(value[:200])


def _rows() -> list[tuple[int, int, str]]:
    hidden, kind = hidden_numbers()
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN.format(hidden=hidden), [LOOKED_AT, *kind])
        rows: list[Any] = cursor.fetchall()
    return rows


def _with_organisations(wanted: list[Named]) -> None:
    """Find the organisation of each name, and take out of `people` who is linked to it."""
    parts = Organisation.objects.filter(match_key__in=[each.key for each in wanted], archived_at=None)
    whole_of = {part.match_key: part.whole_id for part in parts.order_by("-whole_id")}
    wholes = Organisation.objects.in_bulk(list(whole_of.values()))
    there = _people_of(list(wholes))
    for each in wanted:
        whole = whole_of.get(each.key)
        if whole is None:
            continue
        each.organisation = wholes[whole]
        linked = there.get(whole, set()) & each.people.keys()
        each.linked = len(linked)
        each.people = {person: identity for person, identity in each.people.items() if person not in linked}


def _people_of(wholes: list[int]) -> dict[int, set[int]]:
    """Who works at each of these."""
    found: dict[int, set[int]] = {}
    if wholes:
        places = ", ".join(["%s"] * len(wholes))
        with connection.cursor() as cursor:
            cursor.execute(_LINKED.format(places=places), [WORKS_AT, today(), *wholes])
            for whole, person in cursor.fetchall():
                found.setdefault(whole, set()).add(person)
    return found
