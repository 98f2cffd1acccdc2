"""The log opened for reading: SQL over the mirror, in one consistent state until it is asked for a newer one."""

import os
import shutil
from collections.abc import Sequence
from types import TracebackType

import duckdb
import pyarrow as pa

from vincle.engine.layout import TABLES, relation, used
from vincle.engine.published import Current, read_current, table_files, unusable
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Value
from vincle.engine.views import TABLE_NAMES, VIEWS
from vincle.kernel.errors import BadInput, NotReady
from vincle.kernel.home import Home
from vincle.kernel.ids import uuid7


def open(  # noqa: A001 - `ve.open`, as gzip.open and the like
    home: Home | str | os.PathLike[str] | None = None, *, memory: str = "2GB"
) -> "Log":
    """Open the log of a home folder for reading (by default the one at `VINCLE_HOME`).

    `memory` bounds what queries may use before they spill to the home's staging folder. A home whose log has
    not been mirrored yet opens as an empty log. Raises `NotReady` when the folder does not exist or its
    mirror cannot be read.
    """
    where = home if isinstance(home, Home) else Home.at(home)
    if not where.path.is_dir():
        raise NotReady(f"There is no Vincle home in {where.path}.", "Make one with “vincle init”, or name yours.")
    return Log(where, memory=memory)


class Log:
    """A read-only view of the log as it was when opened or last refreshed; see `vincle.engine.views` for its
    columns.

    Close it, or use it in a `with` statement. One log is for one thread at a time.
    """

    def __init__(self, home: Home, *, memory: str = "2GB") -> None:
        self.home = home
        self._current: Current | None = None
        # DuckDB's overflow files have the same names in every process, so each log has a folder of its own.
        self._spill = home.staging / f"engine-{uuid7()}"
        self._connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "temp_directory": str(self._spill),
                "python_enable_replacements": False,
            }
        )
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET enable_progress_bar = false")
        self._load()
        self._connection.execute("SET allowed_directories = $folders", {"folders": [str(home.mirror)]})
        # From here on SQL reaches the mirror's files and nothing else, and cannot change that.
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self.runner = DuckDBRunner(self._connection)

    def __enter__(self) -> "Log":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; relations made from this log can no longer be read."""
        self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    @property
    def version(self) -> int:
        """Which state of the mirror this is; 0 when there is no mirror yet. Grows with every change of
        content.
        """
        return self._current.version if self._current else 0

    def sql(self, query: str, /, **parameters: object) -> duckdb.DuckDBPyRelation:
        """One SELECT in DuckDB's dialect over `events`, `objects`, `people` and `identities`.

        `parameters` are bound to `$name` in the query. The relation is lazy; `.to_arrow_table()`, `.df()`,
        `.show()` and the like run it. Raises `BadInput` for anything but one SELECT.
        """
        try:
            statements = self._connection.extract_statements(query)
        except duckdb.ParserException as error:
            raise BadInput(f"This is not SQL that can be read: {error}.") from error
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise BadInput("Only one SELECT at a time can be asked of the log.", "The log is for reading here.")
        try:
            return self._connection.sql(query, params=parameters or None)
        except duckdb.Error as error:
            raise BadInput(f"The log cannot answer this: {str(error).splitlines()[0]}.") from error

    def run(self, pipeline: Pipeline, **parameters: Value) -> pa.Table:
        """What the last of the pipeline's steps gives."""
        return self.runner.run(pipeline.bound(**parameters))

    def events(self) -> duckdb.DuckDBPyRelation:
        """Every interaction with the person it happened with."""
        return self._connection.view("events")

    def objects(self) -> duckdb.DuckDBPyRelation:
        """What the interactions were about."""
        return self._connection.view("objects")

    def people(self) -> duckdb.DuckDBPyRelation:
        """Everybody, with the attributes the sources give."""
        return self._connection.view("people")

    def identities(self) -> duckdb.DuckDBPyRelation:
        """Everybody as each source knows them."""
        return self._connection.view("identities")

    def refresh(self) -> bool:
        """Move on to what the mirror holds now; returns whether that is anything else."""
        before = self.version
        self._load()
        return before != self.version

    def _load(self) -> None:
        while True:
            current, files = _look(self.home)
            try:
                self._show(files, current.restricted if current else ())
            except duckdb.IOException as error:
                # An erasure may have removed files since they were looked up; then something newer is
                # published.
                if read_current(self.home.mirror) == current:
                    raise unusable(str(error).splitlines()[0]) from error
                continue
            self._current = current
            return

    def _show(self, files: dict[str, list[str]], restricted: Sequence[int]) -> None:
        for name in TABLES:
            source = relation(name, files.get(name, ()))
            view = TABLE_NAMES.get(name, name)
            rows = f"SELECT * FROM {source} WHERE {used(name, restricted)}"
            self._connection.execute(f"CREATE OR REPLACE VIEW {view} AS {rows}")
        for name, pipeline in VIEWS.items():
            self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {pipeline.sql()}")


def _look(home: Home) -> tuple[Current | None, dict[str, list[str]]]:
    """What is published and its files; looked at again when a copy published something else meanwhile."""
    current = read_current(home.mirror)
    while True:
        try:
            return current, table_files(home.mirror, current)
        except NotReady:
            again = read_current(home.mirror)
            if again == current:
                raise
            current = again
