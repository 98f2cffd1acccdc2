"""People whose names are a letter away from what somebody types: “Merce Rocca” finds Mercè Roca.

One wrong letter (another one, one too many, one missing, two that changed places) leaves the first or the second half
of a word as it is. So the names are looked up that have, for each word typed, either half of it (migration
0002_close_names); of those, the ones that are really a letter away at most remain, the closest first.
"""

import re
from functools import cache

from django.db import connection

from vincle.apps.people.queries.criteria import everybody
from vincle.kernel.words import fold

SHORTEST = 3  # letters of a word that may be wrong in one
LOOKED_AT = 2_000

_WORD = re.compile(r"[^\W_]+")
_SQLITE = "SELECT rowid FROM people_close WHERE people_close MATCH %s LIMIT %s"
# Written as in the migration, or PostgreSQL would not take the index.
_POSTGRES = "SELECT id FROM flow_person WHERE last_at IS NOT NULL AND {wanted} LIMIT %s"


def close_people(text: str, *, most: int) -> list[int]:
    """The numbers of the people of whose names every word typed is at most one letter away, the closest first."""
    typed = _WORD.findall(fold(text))
    telling = [word for word in typed if len(word) >= SHORTEST]
    if not telling:
        return []
    close, compare = [], cache(_away)  # many people share a name; kept only while these are compared
    for number, name in everybody().filter(pk__in=_candidates(telling)).values_list("pk", "name_key"):
        words = _WORD.findall(name)
        away = [min((compare(word, each) for each in words), default=2) for word in typed]
        if max(away) <= 1:
            close.append((sum(away), len(name), number))
    return [number for _away_, _length, number in sorted(close)[:most]]


def halves(word: str) -> tuple[str, str]:
    """The two halves of a word between spaces, of at least three letters, of which one letter wrong leaves one."""
    padded = f" {word} "
    middle = max(len(padded) // 2, 3)
    return padded[:middle], padded[min(middle, len(padded) - 3) :]


def one_letter_away(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, less or else, or by two neighbours that changed places
    (Damerau 1964)."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    changed_places = one[same : same + 2] == other[same : same + 2][::-1] and one[same + 2 :] == other[same + 2 :]
    return changed_places or one[same + 1 :] == other[same + 1 :]


def _away(typed: str, word: str) -> int:
    """0: the word begins so; 1: it, or its beginning, is a letter away; 2: neither."""
    if word.startswith(typed):
        return 0
    if len(typed) < SHORTEST:
        return 2
    beginnings = {word[: len(typed) + more] for more in (-1, 0, 1)} if len(typed) > SHORTEST else {word}
    return 1 if any(one_letter_away(typed, each) for each in beginnings | {word}) else 2


def _candidates(words: list[str]) -> list[int]:
    if connection.vendor == "sqlite":
        asked = " AND ".join(f"({' OR '.join(_all_of(half) for half in halves(word))})" for word in words)
        sql, values = _SQLITE, [asked]
    else:
        has = "(' ' || name_key || ' ') LIKE %s"
        sql = _POSTGRES.format(wanted=" AND ".join([f"({has} OR {has})"] * len(words)))
        values = [f"%{half}%" for word in words for half in halves(word)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, LOOKED_AT])
        return [number for (number,) in cursor.fetchall()]


def _all_of(half: str) -> str:
    groups = [half[place : place + 3] for place in range(len(half) - 2)]
    quoted = " AND ".join(f'"{group}"' for group in groups)
    return f"({quoted})"
