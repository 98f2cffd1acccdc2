"""How often something has been seen before in a file, in memory that does not grow with the file."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vincle.engine.tabular.sql import identifier
from vincle.engine.tabular.workbench import Workbench

Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]


class Repeats:
    """Counts 64-bit keys across chunks; what has gone by lies in the workbench's database."""

    def __init__(self, bench: Workbench, name: str) -> None:
        self._bench = bench
        self._table = identifier(f"seen {name}")
        self._bench.connection.execute(f"CREATE TABLE {self._table} (key UBIGINT)")
        self._empty = True

    def number(self, keys: Keys) -> Counts:
        """For each key, the how-manieth it is since the beginning: 1 for a first one, then 2, 3 ..."""
        numbers = np.ones(len(keys), np.int64)
        sorted_keys = np.sort(keys)
        if (sorted_keys[1:] == sorted_keys[:-1]).any():
            different, place, times = np.unique(keys, return_inverse=True, return_counts=True)
            numbers = _ranks(place, times)
            numbers += self._before(different)[place]
        else:
            numbers += self._before(keys)
        self._remember(keys)
        return numbers

    def _before(self, different: Keys) -> Counts:
        """How often each of these keys was there in earlier chunks."""
        before = np.zeros(len(different), np.int64)
        if self._empty:
            return before
        here = pa.table({"key": different, "place": np.arange(len(different))})
        self._bench.connection.register("here", here)
        found = self._bench.connection.sql(
            f"SELECT place, count(*) AS times FROM {self._table} JOIN here USING (key) GROUP BY place"
        ).to_arrow_table()
        self._bench.connection.unregister("here")
        before[found.column("place").to_numpy()] = found.column("times").to_numpy()
        return before

    def _remember(self, keys: Keys) -> None:
        if not len(keys):
            return
        self._bench.connection.register("fresh", pa.table({"key": keys}))
        self._bench.connection.execute(f"INSERT INTO {self._table} SELECT key FROM fresh")
        self._bench.connection.unregister("fresh")
        self._empty = False


def _ranks(place: npt.NDArray[np.intp], times: Counts) -> Counts:
    """Within this chunk: the first of each key is 1, the next 2 ..., in order of appearance."""
    order = np.argsort(place, kind="stable")
    starts = np.repeat(np.cumsum(times) - times, times)
    ranks = np.empty(len(place), np.int64)
    ranks[order] = np.arange(len(place)) - starts + 1
    return ranks
