"""An import's file: opened as a person chose, its columns guessed, its rows shaped."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from vincle.apps.sources.importing.keeping import path_of
from vincle.apps.sources.models import Import
from vincle.engine import tabular
from vincle.engine.shaped import INTERACTIONS, Shaped
from vincle.engine.tabular.mapping import Rows
from vincle.engine.tabular.reader import Reader
from vincle.flow.models import Kind, Source
from vincle.kernel.house import house

CHUNK_ROWS = int(os.environ.get("VINCLE_CHUNK_ROWS", "100000"))  # rows in one transaction
_BLOCK = 1 << 20
_KNOWN_KINDS = 5_000


def sha256_of(path: Path) -> str:
    """The hex digest of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def opened(this: Import) -> Reader:
    """The file, read as the import's options say; `BadInput` when it cannot be read."""
    return tabular.open_file(path_of(this), **this.options)


def arrives(this: Import) -> bool:
    """Whether it is no file of anybody's, but samples of what a program sends by itself."""
    return "expected" in this.options


def guessed(
    this: Import, *, date_order: str | None = None, rows: Rows | None = None
) -> tuple[tabular.Guess, tabular.Mapping]:
    """How the columns would be understood, and the mapping with what the organisation, or `date_order` (dmy, mdy),
    answers already. `rows`: what somebody says each row is; what arrives by itself has happened."""
    ways = house()
    if arrives(this):
        rows = "happenings"
    with opened(this) as reader:
        guess = tabular.guess(
            reader,
            source=name_in_mappings(this.source),
            timezone=ways.timezone,
            country=ways.country,
            currency=ways.currency,
            rows=rows,
        )
    order = date_order or ways.date_order
    asked = {question.key: {value for value, _ in question.choices} for question in guess.questions}
    answers = {"when.date_order": order} if order and order in asked.get("when.date_order", ()) else {}
    return guess, guess.answered(answers)


def chunks(this: Import) -> Iterator[tuple[Shaped, float]]:
    """The file's rows in the shape of the log, with the share of the file read after each chunk.

    The database is asked before the first chunk is asked for, in the thread of the caller: never after.
    """
    reader, mapping, known = opened(this), tabular.Mapping.from_toml(this.mapping), words_of_kinds()

    def shaped() -> Iterator[tuple[Shaped, float]]:
        with reader:
            for chunk in tabular.shape(reader, mapping, chunk_rows=CHUNK_ROWS, known=known):
                yield chunk, reader.progress

    return shaped()


def columns_and_rows(this: Import, rows: int) -> tuple[tuple[str, ...], list[dict[str, str | None]]]:
    """The file's columns and its first rows."""
    with opened(this) as reader:
        table = reader.sample(rows)
        return tuple(table.column_names), table.to_pylist()


def first_rows(this: Import, mapping: tabular.Mapping, rows: int) -> Shaped:
    """The first rows of the file as `mapping` shapes them; `BadInput` when it does not fit the file."""
    with opened(this) as reader:
        shaping = tabular.shape(reader, mapping, chunk_rows=rows, known=words_of_kinds())
        return next(iter(shaping), Shaped.of(INTERACTIONS.empty_table()))


def words_of_kinds() -> dict[str, str]:
    """What people here call the kinds, in every language: words -> kind. Two kinds of the same words: neither."""
    found: dict[str, str] = {}
    for name, labels in Kind.objects.values_list("name", "labels")[:_KNOWN_KINDS]:
        for words in set(labels.values()):
            found[words] = "" if found.get(words, name) != name else name
    return {words: name for words, name in found.items() if name}


def kind_of_words(words: str, source: str, known: dict[str, str]) -> str:
    """The kind that words in a column stand for, given what people here call the kinds."""
    from vincle.engine.tabular.kinds import folded

    return tabular.kind_of(words, source, tabular.KINDS | {folded(each): kind for each, kind in known.items()})


def name_in_mappings(source: Source) -> str:
    """The source's name as mappings write it: 'web-shop' is 'web_shop'."""
    return source.name.replace("-", "_")


class RejectsFile:
    """The rows that could not enter, beside their reasons, in a file that can be mended and brought in again."""

    def __init__(self, this: Import, path: Path) -> None:
        self.path = path
        with opened(this) as reader:
            self._columns = list(reader.columns)

    def __call__(self, rejects: pa.Table) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        tabular.write_rejects(self.path, rejects, columns=self._columns)


def check_mapping(this: Import, toml: str) -> None:
    """Raise `BadInput` when the mapping cannot be read or names columns the file does not have."""
    with opened(this) as reader:
        tabular.Mapping.from_toml(toml).check(reader.columns)
