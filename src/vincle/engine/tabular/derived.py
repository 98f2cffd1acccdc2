"""Work done once for each different value of a column, and spread over the rows again."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

# Distinct texts in (never null, never empty, trimmed); what they mean out, and what is wrong with each (null: nothing).
_SAMPLE = 2_000

Meaning = Callable[[pa.Array], tuple[pa.Array, pa.Array]]


@dataclass(frozen=True, slots=True)
class Derived:
    """What the cells of a column mean, row by row; where `problem` is not null the meaning is null.

    A problem is the end of a sentence that begins with the value and the column: 'is not a date'.
    """

    values: pa.Array
    problem: pa.Array


def by_value(cells: pa.Array, meaning: Meaning) -> Derived:
    """Apply `meaning` to the different values of `cells` (strings; null where there is nothing)."""
    if _mostly_different(cells):
        return _each(cells, meaning)
    encoded = pc.dictionary_encode(cells)
    values, problems = meaning(encoded.dictionary)
    return Derived(values.take(encoded.indices), problems.take(encoded.indices))


def _mostly_different(cells: pa.Array) -> bool:
    """Where hardly anything repeats, looking for what does costs more than it saves."""
    return len(cells) > _SAMPLE and pc.count_distinct(cells.slice(0, _SAMPLE)).as_py() > 0.8 * _SAMPLE


def _each(cells: pa.Array, meaning: Meaning) -> Derived:
    if not cells.null_count:
        return Derived(*meaning(cells))
    there = cells.is_valid()
    values, problems = meaning(cells.drop_null())
    return Derived(
        pc.replace_with_mask(pa.nulls(len(cells), values.type), there, values),
        pc.replace_with_mask(pa.nulls(len(cells), problems.type), there, problems),
    )


def tidy(column: pa.ChunkedArray) -> pa.Array:
    """The cells of a column without the white space around them; null where nothing is left."""
    cells = column.combine_chunks()
    trimmed = pc.utf8_trim_whitespace(cells)
    empty = pc.equal(trimmed, "")
    return pc.if_else(empty, None, trimmed) if pc.any(empty).as_py() else trimmed
