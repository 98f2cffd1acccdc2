"""The events of a file in order, as numbers: what discovery reads without asking a database.

The order is that of `follows.ORDERED`: by case, by moment, by place in the file. It is reached by sorting one
column of packed integers (the number of the case, then the place), which modern processors do in a fraction of the time
that wide rows take; events that are not in the file in order of time are put so first, in the same way.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.uint16] | NDArray[np.uint32]

_T = TypeVar("_T", bound=np.generic)
_BLOCK = 1 << 18  # rows that are worked on at a time
_WORD = 64  # bits of a packed integer
_UNITS = (1_000_000, 1_000, 1)  # microseconds; times of a log are often whole seconds, which need fewer bits


@dataclass(frozen=True)
class Sequences:
    """Events one after the other, those of a case together and in order.

    `names`: of cases, by their number. `steps`: names of activities by their code, sorted. `starts`: where the events
    of each case begin, and where the last ones end. `codes` and `moments` (microseconds since 1970) of each event.
    """

    names: pa.Array
    steps: pa.StringArray
    starts: Ints
    codes: Codes
    moments: Ints

    @cached_property
    def lengths(self) -> Ints:
        """How many events each case has."""
        return np.diff(self.starts)

    def path(self, case: int) -> list[str]:
        """The steps of the case with this number, in order."""
        taken = self.codes[self.starts[case] : self.starts[case + 1]]
        return [str(step) for step in self.steps.take(pa.array(taken)).to_pylist()]

    def as_table(self) -> pa.Table:
        """What `follows.ORDERED` gives: `case_id`, `activity`, `moment`, `n`, `next`, `wait`."""
        ends = np.zeros(len(self.codes), np.bool_)
        ends[self.starts[1:] - 1] = True
        following = np.append(self.codes[1:], self.codes[:1])
        waits = np.append(np.diff(self.moments), 0)
        place = np.arange(1, len(self.codes) + 1) - np.repeat(self.starts[:-1], self.lengths)
        case = np.repeat(np.arange(len(self.names), dtype=np.int32), self.lengths)
        return pa.table(
            {
                "case_id": pa.DictionaryArray.from_arrays(case, self.names),
                "activity": self._named(pa.array(self.codes)),
                "moment": self.moments,
                "n": place,
                "next": self._named(pa.array(following, mask=ends)),
                "wait": pa.array(waits, mask=ends),
            }
        )

    def _named(self, codes: pa.Array) -> pa.Array:
        return pa.DictionaryArray.from_arrays(codes.cast(pa.int32()), self.steps)


def put_in_order(
    case: pa.ChunkedArray, activity: pa.ChunkedArray, moment: pa.ChunkedArray, hashes: pa.ChunkedArray | None = None
) -> Sequences:
    """Events as they stand in the file, nothing missing, put in order. `hashes` are 64 bits of each case's name, which
    are told apart in a third of the time that names take; whether they tell the same is looked up.
    """
    with ThreadPoolExecutor(2) as pool:
        named = pool.submit(_numbered, activity)
        cases, steps = _numbered(case if hashes is None else hashes), named.result()
    numbers, moments = cases.indices.to_numpy(), moment.to_numpy()
    earlier = _by_time(moments)
    rows = _by_number(numbers) if earlier is None else earlier[_by_number(numbers[earlier])]
    starts = np.zeros(len(cases.dictionary) + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=len(cases.dictionary)), out=starts[1:])
    names = cases.dictionary
    if hashes is not None:
        names = case.take(pa.array(rows[starts[:-1]])).combine_chunks()
        if not _named_so(case, names, numbers):
            return put_in_order(case, activity, moment)
    order = pc.sort_indices(steps.dictionary)
    rank = np.empty(len(order), np.uint16 if len(order) <= 1 << 16 else np.uint32)
    rank[order.to_numpy()] = np.arange(len(order))
    codes = _taken(rank[steps.indices.to_numpy()], rows)
    return Sequences(names, steps.dictionary.take(order), starts, codes, _taken(moments, rows))


def _numbered(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Each different value once, and numbers in the place of the values."""
    encoded = column.dictionary_encode()  # all chunks share one dictionary
    indices = pa.chunked_array([chunk.indices for chunk in encoded.chunks]).combine_chunks()
    return pa.DictionaryArray.from_arrays(indices, encoded.chunk(0).dictionary, safe=False)


def _named_so(column: pa.ChunkedArray, names: pa.Array, numbers: NDArray[np.int32]) -> bool:
    """Whether every row has the name that its number stands for."""

    def same(first: int, chunk: pa.Array) -> bool:
        return bool(pc.all(pc.equal(names.take(pa.array(numbers[first : first + len(chunk)])), chunk)).as_py())

    firsts = np.cumsum([0, *(len(chunk) for chunk in column.chunks)]).tolist()
    with ThreadPoolExecutor() as pool:
        return all(pool.map(same, firsts, column.chunks))


def _taken(values: NDArray[_T], rows: Ints) -> NDArray[_T]:
    """The values of some rows, in the order of `rows`."""
    found = np.empty(len(rows), values.dtype)

    def take(first: int) -> None:
        part = slice(first, first + _BLOCK)
        np.take(values, rows[part], out=found[part], mode="clip")  # which asks for no copy, as "raise" does

    with ThreadPoolExecutor() as pool:
        list(pool.map(take, range(0, len(rows), _BLOCK)))
    return found


def _by_time(moments: Ints) -> Ints | None:
    """The places in order of time, of equal times in order of place; None when they are in that order."""
    if bool((moments[1:] >= moments[:-1]).all()):
        return None
    since = moments - moments.min()
    for unit in _UNITS:
        if unit == 1 or not (since % unit).any():
            units = since // unit
            break
    if int(units.max()).bit_length() + _bits(len(units)) <= _WORD:
        return _packed(units)
    return np.argsort(moments, kind="stable")


def _by_number(numbers: NDArray[np.int32]) -> Ints:
    """The places in order of number, of equal numbers in order of place."""
    if bool((numbers[1:] >= numbers[:-1]).all()):
        return np.arange(len(numbers))
    return _packed(numbers)


def _packed(values: NDArray[np.int32] | Ints) -> Ints:
    """The places in order of `values` (not below 0), then of place, by one sort of both in one integer."""
    bits = np.uint64(_bits(len(values)))
    keys = np.empty(len(values), np.uint64)

    def pack(first: int) -> None:
        part = keys[first : first + _BLOCK]
        part[:] = values[first : first + _BLOCK]
        part <<= bits
        part |= np.arange(first, first + len(part), dtype=np.uint64)

    with ThreadPoolExecutor() as pool:
        list(pool.map(pack, range(0, len(values), _BLOCK)))
    keys.sort()
    keys &= (np.uint64(1) << bits) - np.uint64(1)
    return keys.view(np.int64)


def _bits(rows: int) -> int:
    return max(1, rows - 1).bit_length()
