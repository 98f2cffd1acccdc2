"""Finding people by what somebody types: words of their name, an e-mail, a phone, any number a source gave them.

Never more than `FOUND` people, never a scan: words by the index of migration 0001_search, a name of one word by
person_by_name, identities by the beginning of their value.
"""

import re
from collections.abc import Sequence
from typing import Any

import phonenumbers
from django.db import connection

from vincle.flow.house import house
from vincle.kernel.words import fold

FOUND = 1_000
NAMESPACES = 100  # more than any installation has; it bounds the walk from one to the next

_WORD = re.compile(r"[^\W_]+")
_PHONE = re.compile(r"\+?[\d\s().\-/]{3,}")
_LAST = "\U0010ffff"  # sorts after every character a value may go on with

_WORDS_SQLITE = """
SELECT p.id FROM people_word w JOIN flow_person p ON p.id = w.rowid
WHERE people_word MATCH %s AND p.last_at IS NOT NULL LIMIT %s
"""
# Written as in the migration, or PostgreSQL would not take the index.
_WORDS_POSTGRES = r"""
SELECT id FROM flow_person WHERE last_at IS NOT NULL
AND to_tsvector('simple', translate(name_key, '!"#$%%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)))
    @@ to_tsquery('simple', %s) LIMIT %s
"""
_BEGINNING = """
SELECT id FROM flow_person WHERE last_at IS NOT NULL AND name_key >= %s AND name_key < %s ORDER BY name_key, id LIMIT %s
"""
# From one namespace to the next through the unique index: a few steps, however many identities there are.
_NAMESPACES = """
WITH RECURSIVE known(namespace) AS (
    SELECT min(namespace) FROM flow_identity
    UNION ALL
    SELECT (SELECT min(i.namespace) FROM flow_identity i WHERE i.namespace > known.namespace)
    FROM known WHERE known.namespace IS NOT NULL
)
SELECT namespace FROM known WHERE namespace IS NOT NULL LIMIT %s
"""


def find_people(text: str) -> list[int]:
    """The numbers of the people whose name or identity begins with what is typed: `FOUND` + 1 at most.

    Every word typed must begin some word of the name, in any order, whatever the accents.
    """
    key = fold(text)
    if not key:
        return []
    found = dict.fromkeys(_by_words(key))
    if len(found) <= FOUND:
        found |= dict.fromkeys(_by_identity(_as_values(text)))
    return list(found)[: FOUND + 1]


def namespaces() -> list[str]:
    """Every namespace in use, by name."""
    return _column(_NAMESPACES, [NAMESPACES])


def _by_words(key: str) -> list[int]:
    words = _WORD.findall(key)
    found: list[int] = []
    if words and connection.vendor == "sqlite":
        found = _column(_WORDS_SQLITE, [" ".join(f'"{word}"*' for word in words), FOUND + 1])
    elif words:
        return _column(_WORDS_POSTGRES, [" & ".join(f"'{word}':*" for word in words), FOUND + 1])
    return found + _column(_BEGINNING, [key, key + _LAST, FOUND + 1])


def _by_identity(values: Sequence[str]) -> list[int]:
    if connection.vendor == "postgresql":
        parts = ["SELECT person_id FROM flow_identity WHERE value LIKE %s"] * len(values)
        given = [_escaped(value) + "%" for value in values]
        return _column(f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)}) found LIMIT %s", [*given, FOUND + 1])
    part = "SELECT person_id FROM flow_identity WHERE namespace = %s AND value >= %s AND value < %s"
    spans = [(namespace, value, value + _LAST) for namespace in namespaces() for value in values]
    if not spans:
        return []
    sql = f"SELECT DISTINCT person_id FROM ({' UNION ALL '.join([part] * len(spans))}) LIMIT %s"
    return _column(sql, [*(value for span in spans for value in span), FOUND + 1])


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
