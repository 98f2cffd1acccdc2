"""A private DuckDB for the work on one file: what does not fit its memory goes to disk."""

import tempfile
import threading
from types import TracebackType
from typing import Self

import duckdb
import numpy as np
import pyarrow as pa

from vincle.engine.tabular.sql import literal

_MEMORY = "256MB"


class Workbench:
    """Runs SQL over Arrow tables, from any thread; a context manager that leaves nothing behind.

    Each thread that asks has a connection of its own and does its own work: chunks are what runs side by side.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vincle-import-")
        # In memory up to the limit, then in the folder: without the log and checkpoints of a database that must last.
        self._database = duckdb.connect(":memory:")
        self._database.execute(f"SET memory_limit = '{_MEMORY}'; SET threads = 1")
        self._database.execute(f"SET temp_directory = {literal(self._folder.name)}")
        self._own = threading.local()
        self._handed_out: list[duckdb.DuckDBPyConnection] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection of the thread that asks."""
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._database.cursor()
            connection.execute("SET TimeZone = 'UTC'")
            self._handed_out.append(connection)
        return connection

    def close(self) -> None:
        """Remove the database."""
        for connection in (*self._handed_out, self._database):
            connection.close()
        self._folder.cleanup()

    def ask(self, select: str, given: pa.Table) -> pa.Table:
        """The result of a query over `given` that keeps its number `n`, in the order of `given` and without `n`."""
        connection = self.connection
        connection.register("given", given.append_column("n", pa.array(np.arange(given.num_rows, dtype=np.int64))))
        try:
            found = connection.sql(select).to_arrow_table()
        finally:
            connection.unregister("given")
        order = found.column("n").to_numpy()
        if len(order) > 1 and not bool((np.diff(order) > 0).all()):
            found = found.take(pa.array(np.argsort(order)))
        return found.drop_columns(["n"])
