"""What the steps of `follows` and `variants` count, counted on events that stand in order as numbers.

The named steps are the definition, and what other engines run; a test holds that both give the same. Here each figure
is one pass over columns of small integers, in blocks that stay near the processor, on every processor there is.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.journeys.sequences import Ints, Sequences

_BLOCK = 1 << 18  # events
_CELLS = 1 << 25  # of cases by steps, that are looked at together
_SMALL = 1 << 16  # numbers below this are sorted by their two bytes
_T = TypeVar("_T")
Pairs = NDArray[Any]  # two bytes wide where that is enough
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_STEP, _PLACE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)


def activities(log: Sequences) -> pa.Table:
    """As `follows.ACTIVITIES`."""
    steps = len(log.steps)
    begins, ends = log.codes[log.starts[:-1]], log.codes[log.starts[1:] - 1]
    return pa.table(
        {
            "activity": log.steps,
            "n": np.bincount(log.codes, minlength=steps),
            "cases": _cases_with(log),
            "begins": np.bincount(begins, minlength=steps),
            "ends": np.bincount(ends, minlength=steps),
        }
    ).sort_by([("n", "descending"), ("activity", "ascending")])


def edges(log: Sequences) -> pa.Table:
    """As `follows.EDGES`."""
    pairs, waits = _connections(log)
    found, ends = _grouped(pairs, waits)
    sizes = np.diff(ends, prepend=0)
    firsts = ends - sizes
    sums = np.add.reduceat(waits, firsts) if len(waits) else np.zeros(0, np.int64)
    for first, end in zip(firsts.tolist(), ends.tolist(), strict=True):
        waits[first:end].sort()
    return pa.table(
        {
            "source": log.steps.take(pa.array(found // len(log.steps))),
            "target": log.steps.take(pa.array(found % len(log.steps))),
            "n": sizes,
            "median_seconds": _quantile(waits, firsts, sizes, 0.5) / 1e6,
            "p90_seconds": _quantile(waits, firsts, sizes, 0.9) / 1e6,
            "mean_seconds": sums / np.maximum(sizes, 1) / 1e6,
        }
    ).sort_by([("n", "descending"), ("source", "ascending"), ("target", "ascending")])


def variants(log: Sequences) -> pa.Table:
    """As `variants.VARIANTS`, with `first_number`: the number of the first case."""
    ways = pa.table(
        {
            "case_id": log.names,
            "number": np.arange(len(log.names)),
            "way": _fingerprints(log),
            "length": log.lengths,
        }
    )
    with duckdb.connect() as duck:
        duck.execute("SET enable_progress_bar = false")
        duck.register("ways", ways)
        return duck.sql(
            "SELECT CAST(way AS DECIMAL(38, 0)) AS way, count(*) AS cases, length, min(case_id) AS first_case, "
            "arg_min(number, case_id) AS first_number FROM ways GROUP BY way, length ORDER BY cases DESC, first_case"
        ).to_arrow_table()


def _cases_with(log: Sequences) -> Ints:
    """In how many cases each step happened."""
    steps = len(log.steps)
    if steps * len(log.names) > 8 * _CELLS:  # rare steps in many cases: most cells would stay empty
        case = np.repeat(np.arange(len(log.names), dtype=np.int64), log.lengths)
        case *= steps
        case += log.codes
        case.sort()
        once = case[np.append(True, case[1:] != case[:-1])]
        return np.bincount(once % steps, minlength=steps)

    def count(first: int, end: int) -> Ints:
        seen = np.zeros((end - first, steps), np.bool_)
        case = np.repeat(np.arange(end - first), log.lengths[first:end])
        seen[case, log.codes[log.starts[first] : log.starts[end]]] = True
        return np.asarray(seen.sum(axis=0), dtype=np.int64)

    blocks = _blocks(log, min(_BLOCK, max(1, _CELLS // steps)))
    return np.asarray(sum(_side_by_side(count, blocks)), dtype=np.int64)


def _connections(log: Sequences) -> tuple[Pairs, Ints]:
    """Of each event that has a next one: both steps as one number, and the microseconds between."""
    steps = len(log.steps)
    kind = np.uint16 if steps * steps <= _SMALL else np.int64
    total = len(log.codes) - len(log.names)
    pairs: Pairs = np.empty(total, kind)
    waits: Ints = np.empty(total, np.int64)

    def fill(first: int, end: int) -> None:
        begin, stop = int(log.starts[first]), int(log.starts[end])
        keep = np.ones(stop - begin, np.bool_)
        keep[log.starts[first + 1 : end + 1] - begin - 1] = False
        codes, moments = log.codes[begin:stop], log.moments[begin:stop]
        to = slice(begin - first, stop - end)  # a case has one connection fewer than events
        pair: Pairs = codes[:-1].astype(kind)
        pair *= steps
        pair += codes[1:].astype(kind)
        pairs[to] = pair[keep[:-1]]
        waits[to] = np.diff(moments)[keep[:-1]]

    _side_by_side(fill, _blocks(log, _BLOCK))
    return pairs, waits


def _grouped(pairs: Pairs, waits: Ints) -> tuple[Ints, Ints]:
    """Puts `waits` in order of their pair. Gives the pairs there are, and where the waits of each end."""
    if pairs.dtype != np.uint16:
        found, numbers = np.unique(pairs, return_inverse=True)
        pairs = numbers.astype(np.uint16) if len(found) <= _SMALL else numbers
    else:
        found = np.arange(_SMALL)
    counts = np.bincount(pairs, minlength=len(found))
    waits[:] = waits[np.argsort(pairs, kind="stable")]
    there = counts > 0
    return found[there].astype(np.int64), np.cumsum(counts[there])


def _quantile(values: Ints, firsts: Ints, sizes: Ints, at: float) -> NDArray[np.float64]:
    """Of each sorted run of `values`, interpolated linearly (`portable`, quantile_at)."""
    place = (sizes - 1) * at
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, sizes - 1)
    low, high = values[firsts + below].astype(np.float64), values[firsts + above].astype(np.float64)
    return np.asarray(low + (high - low) * (place - below), dtype=np.float64)


def _fingerprints(log: Sequences) -> NDArray[np.uint64]:
    """Of each case the sum over its events of 64 bits that depend on step and place (`variants`)."""
    found = np.empty(len(log.names), np.uint64)

    def count(first: int, end: int) -> None:
        begin, stop = int(log.starts[first]), int(log.starts[end])
        place = np.arange(begin, stop, dtype=np.int64)
        place -= np.repeat(log.starts[first:end], log.lengths[first:end])
        mixed = place.view(np.uint64)
        mixed += np.uint64(1)
        mixed *= _PLACE
        mixed += (log.codes[begin:stop].astype(np.uint64) + np.uint64(1)) * _STEP
        mixed ^= mixed >> np.uint64(30)
        mixed *= _MIX[0]
        mixed ^= mixed >> np.uint64(27)
        mixed *= _MIX[1]
        mixed ^= mixed >> np.uint64(31)
        found[first:end] = np.add.reduceat(mixed, log.starts[first:end] - begin)

    _side_by_side(count, _blocks(log, _BLOCK))
    return found


def _blocks(log: Sequences, size: int) -> Iterator[tuple[int, int]]:
    """Cases from one number up to another that have about `size` events together."""
    whole = len(log.names)
    marks = np.searchsorted(log.starts, np.arange(0, log.starts[-1] + size, size), side="left")
    marks = np.unique(np.append(np.minimum(marks, whole), whole)).tolist()
    yield from pairwise(marks)


def _side_by_side(work: Callable[[int, int], _T], blocks: Iterator[tuple[int, int]]) -> list[_T]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda block: work(*block), blocks))
