"""Steps on embedded DuckDB."""

import duckdb
import pyarrow as pa

from vincle.engine.steps import Pipeline


class DuckDBRunner:
    """Runs on a connection whose views and tables the steps read."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def beside(self) -> "DuckDBRunner":
        """Another runner over the same views, on which what is kept has names of its own."""
        return DuckDBRunner(self._connection.cursor())

    def run(self, pipeline: Pipeline) -> pa.Table:
        """What the last step gives."""
        return self._connection.sql(pipeline.sql(self.dialect)).to_arrow_table()

    def keep(self, name: str, pipeline: Pipeline) -> None:
        """Compute once; read by `name`."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {pipeline.sql(self.dialect)}")

    def given(self, name: str, table: pa.Table) -> None:
        """Let steps read a table by `name`."""
        self._connection.register("given", table)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        self._connection.unregister("given")

    def forget(self, name: str) -> None:
        """Drop what was kept."""
        self._connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
