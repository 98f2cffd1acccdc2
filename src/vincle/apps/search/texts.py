"""What was said in interactions, found by its words: by the beginning of each, without accents or capitals.

A projection of the log that follows it by itself: on SQLite a full-text table without a copy of the texts, kept by
triggers; on PostgreSQL an index (migration 0001_texts).
"""

from collections.abc import Sequence

from django.db import connection

from vincle.apps.people.facade import everybody
from vincle.apps.search.excerpts import words_of
from vincle.flow.models import Interaction, Person

LOOKED_AT = 500  # of the texts that are found
_BEGINNING = {"sqlite": "*", "postgresql": ":*"}  # after a word: or any that begins so

_SQLITE = "SELECT rowid FROM search_text WHERE search_text MATCH %s ORDER BY rowid DESC LIMIT %s"
# Written as in the migration, or PostgreSQL would not take the index. Not in order: then it would read all of them.
_POSTGRES = """
SELECT id FROM flow_interaction
WHERE text IS NOT NULL AND to_tsvector('simple', search_plain(text)) @@ to_tsquery('simple', %s) LIMIT %s
"""


def find_texts(text: str, *, most: int) -> list[tuple[Interaction, Person]]:
    """The newest interactions in whose text every word is, each with whom it happened with."""
    words = words_of(text)
    if not words:
        return []
    # Whole words first: the beginnings of frequent ones are in so many texts that gathering them takes long.
    numbers = set(_numbers(words, ""))
    if len(numbers) < most:
        numbers |= set(_numbers(words, _BEGINNING[connection.vendor]))
    newest = sorted(numbers, reverse=True)[: most * 2]
    rows = Interaction.objects.filter(pk__in=newest).select_related("kind", "touchpoint", "identity")
    found = sorted(rows.defer("properties"), key=lambda row: (row.occurred_at, row.pk), reverse=True)
    people = everybody().in_bulk([row.identity.person_id for row in found])
    theirs = [(row, people[row.identity.person_id]) for row in found if row.identity.person_id in people]
    return theirs[:most]


def rebuild() -> None:
    """Work the index out again from the log, for `vincle replay`."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_text (search_text) VALUES ('rebuild')")
        else:
            cursor.execute("REINDEX INDEX search_text")


def _numbers(words: Sequence[str], ending: str) -> list[int]:
    if connection.vendor == "sqlite":
        asked, sql = " ".join(f'"{word}"{ending}' for word in words), _SQLITE
    else:
        asked, sql = " & ".join(f"'{word}'{ending}" for word in words), _POSTGRES
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, LOOKED_AT])
        return [number for (number,) in cursor.fetchall()]
