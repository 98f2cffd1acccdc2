"""Free text that names people it is not about: rooms say where they keep such words, and an erasure looks there.

What somebody can change stays as it is, and the certificate says where it stands. What nobody can change, as a history,
says the person's address instead from then on, like the audit log.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from vincle.apps.accounts.facade import LONG_ENOUGH, without_words

_AT_ONCE = 40  # words in one question


@dataclass(frozen=True)
class FreeText:
    """Columns of a room's table. `place` gives the address at which a row's words can be changed; None: nowhere."""

    model: type[Model]
    columns: tuple[str, ...]
    place: Callable[[Any], str] | None = None

    def naming(self, words: Collection[str]) -> Iterator[Any]:
        """The rows that may name somebody by one of these words."""
        texts = {f"{column}_said": Cast(column, TextField()) for column in self.columns}
        rows = self.model._default_manager.annotate(**texts).order_by("pk")  # noqa: SLF001 - Django's own name
        every = sorted({_handle(word) for word in words})
        for start in range(0, len(every), _AT_ONCE):
            wanted = Q()
            for handle in every[start : start + _AT_ONCE]:
                for text in texts:
                    wanted |= Q(**{f"{text}__icontains": handle})
            yield from list(rows.filter(wanted))


_texts: list[FreeText] = []


def may_name(text: FreeText) -> None:
    """Say where a room keeps words that may name people; call it from the room's `AppConfig.ready`."""
    _texts.append(text)


def tables_of_texts() -> tuple[str, ...]:
    """The tables in which an erasure may change words."""
    changed = {each.model._meta.db_table for each in _texts if each.place is None}  # noqa: SLF001 - Django's own name
    return tuple(sorted(changed))


def take_out_of_texts(uid: UUID, *, names: Collection[str], values: Collection[str]) -> tuple[int, list[str]]:
    """Put the address of a person who leaves in place of their whole names and their numbers where nobody can change
    the words any more: in how many rows; and where else they are named. Of one word, a name is anybody's."""
    whole = [name for name in names if " " in name.strip()]
    words = {word.strip() for word in (*whole, *values) if len(word.strip()) >= LONG_ENOUGH}
    changed, places = 0, dict[str, None]()
    for text in _texts:
        for row in text.naming(words):
            said = {column: getattr(row, column) for column in text.columns}
            without = {column: without_words(value, words, str(uid)) for column, value in said.items()}
            if without == said:
                continue
            if text.place is not None:
                places[text.place(row)] = None
                continue
            fitting = {column: _fitting(text.model, column, value) for column, value in without.items()}
            text.model._default_manager.filter(pk=row.pk).update(**fitting)  # noqa: SLF001 - Django's own name
            changed += 1
    return changed, list(places)


def _handle(word: str) -> str:
    """The longest part of a word that any database finds whatever its capitals, also inside JSON; perhaps nothing,
    which is in every text."""
    return max(re.findall(r"[0-9A-Za-z@.+-]+", word), key=len, default="")


def _fitting(model: type[Model], column: str, value: Any) -> Any:
    longest = getattr(model._meta.get_field(column), "max_length", None)  # noqa: SLF001 - Django's own name
    return value[:longest] if longest and isinstance(value, str) else value
