"""Finding people by what somebody types: words of their name, an e-mail, a phone, any number a source gave them.

Never more than `FOUND` people, never a scan: words by the index of migration 0001_search, a name of one word by
person_by_name, identities by the beginning of their value.
"""

import re
from collections.abc import Sequence
from typing import Any

import phonenumbers
from django.db import connection

from vincle.apps.people.queries.visible import shown
from vincle.kernel.house import house
from vincle.kernel.words import fold

FOUND = 1_000
NAMESPACES = 100  # more than any installation has; it bounds the walk from one to the next

_WORD = re.compile(r"[^\W_]+")
_PHONE = re.compile(r"\+?[\d\s().\-/]{3,}")
_LAST = "\U0010ffff"  # sorts after every character a value may go on with

# Words first; then the names that are one word, which the full-text table leaves out.
_NAMES_SQLITE = """
SELECT p.id FROM people_word w JOIN flow_person p ON p.id = w.rowid
WHERE people_word MATCH %s AND p.last_at IS NOT NULL
UNION ALL
SELECT id FROM flow_person WHERE last_at IS NOT NULL AND name_key >= %s AND name_key < %s LIMIT %s
"""
# Written as in the migration, or PostgreSQL would not take the index.
_NAMES_POSTGRES = r"""
SELECT id FROM flow_person WHERE last_at IS NOT NULL
AND to_tsvector('simple', translate(name_key, '!"#$%%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)))
    @@ to_tsquery('simple', %s) LIMIT %s
"""
# From one namespace to the next through the unique index: a few steps, however many identities there are.
_KNOWN = """
WITH RECURSIVE known(namespace) AS (
    SELECT min(namespace) FROM flow_identity
    UNION ALL
    SELECT (SELECT min(i.namespace) FROM flow_identity i WHERE i.namespace > known.namespace)
    FROM known WHERE known.namespace IS NOT NULL
)
"""
_IDENTITY_SQLITE = """
SELECT i.person_id FROM known k JOIN flow_identity i ON i.namespace = k.namespace AND i.value >= %s AND i.value < %s
JOIN flow_person p ON p.id = i.person_id AND p.last_at IS NOT NULL
"""
_IDENTITY_POSTGRES = """
SELECT i.person_id FROM flow_identity i JOIN flow_person p ON p.id = i.person_id AND p.last_at IS NOT NULL
WHERE i.value LIKE %s
"""


def find_people(text: str) -> list[int]:
    """The numbers of the people whose name or identity begins with what is typed: `FOUND` + 1 at most.

    Every word typed must begin some word of the name, in any order, whatever the accents.
    """
    key = fold(text)
    if not key:
        return []
    most = FOUND + 1
    while True:
        found = _found(key, text, most)
        seen = shown(found)
        if len(found) < most or len(seen) > FOUND:
            return seen[: FOUND + 1]
        most *= 2  # people who may not be seen took the places of others


def namespaces() -> list[str]:
    """Every namespace in use, by name."""
    return _column(f"{_KNOWN} SELECT namespace FROM known WHERE namespace IS NOT NULL LIMIT %s", [NAMESPACES])


def _found(key: str, text: str, most: int) -> list[int]:
    found = dict.fromkeys(_by_name(key, most))
    if len(found) < most:
        found |= dict.fromkeys(_by_identity(_as_values(text), most))
    return list(found)[:most]


def _by_name(key: str, most: int) -> list[int]:
    words = _WORD.findall(key)
    if connection.vendor == "sqlite":
        asked = " ".join(f'"{word}"*' for word in words) or '""'
        return _column(_NAMES_SQLITE, [asked, key, key + _LAST, most])
    asked = " & ".join(f"'{word}':*" for word in words)
    return _column(_NAMES_POSTGRES, [asked, most]) if words else []


def _by_identity(values: Sequence[str], most: int) -> list[int]:
    if connection.vendor == "sqlite":
        with_known, part = _KNOWN, _IDENTITY_SQLITE
        bounds = [[value, value + _LAST] for value in values]
    else:
        with_known, part = "", _IDENTITY_POSTGRES
        bounds = [[f"{_escaped(value)}%"] for value in values]
    parts = [f"SELECT * FROM ({part} LIMIT %s) part{place}" for place in range(len(values))]
    given = [bound for pair in bounds for bound in (*pair, most)]
    return _column(f"{with_known} {' UNION ALL '.join(parts)}", given)


def _as_values(text: str) -> tuple[str, ...]:
    """What is typed as sources may have written it: capitals or not, a phone with its country."""
    plain = text.strip()
    values = [plain, plain.lower(), plain.upper()]
    if _PHONE.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        country = phonenumbers.country_code_for_region(house().country)
        values += [digits, f"+{digits}", f"+{country}{digits}"]
    return tuple(dict.fromkeys(values))


def _escaped(value: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", value)


def _column(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
