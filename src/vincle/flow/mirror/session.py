"""A conversation with a database through ADBC: SQL in, Arrow out, in streams.

The drivers' low level is used because their DB-API layer imports pandas where that is installed, which
takes longer than an incremental copy.
"""

from types import TracebackType

import adbc_driver_manager as adbc
import pyarrow as pa

from vincle.kernel.errors import NotReady


class Session:
    """One connection. Use as a context manager."""

    def __init__(self, database: adbc.AdbcDatabase) -> None:
        self._database = database
        self._connection = adbc.AdbcConnection(database)
        self._statements: list[adbc.AdbcStatement] = []

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._statements:
            self._statements.pop().close()
        self._connection.close()
        self._database.close()

    def stream(self, sql: str) -> pa.RecordBatchReader:
        """The rows of a query as they arrive; read one stream to its end before asking for the next."""
        statement = self._statement(sql)
        self._statements.append(statement)
        handle, _ = statement.execute_query()
        return pa.RecordBatchReader._import_from_c(handle.address)  # noqa: SLF001 - handles are addresses

    def table(self, sql: str) -> pa.Table:
        """All rows of a query."""
        return self.stream(sql).read_all()

    def number(self, sql: str) -> int:
        """The one whole number that a query gives; 0 where it gives none."""
        column = self.table(sql).column(0)
        return int(column[0].as_py() or 0) if len(column) else 0

    def execute(self, sql: str) -> None:
        """Run a statement that gives no rows."""
        statement = self._statement(sql)
        statement.execute_update()
        statement.close()

    def _statement(self, sql: str) -> adbc.AdbcStatement:
        statement = adbc.AdbcStatement(self._connection)
        statement.set_sql_query(sql)
        return statement


def cannot_reach(error: Exception) -> NotReady:
    """The sentence for a database that does not answer."""
    return NotReady(
        f"The database cannot be read for the mirror: {str(error).strip().splitlines()[0]}.",
        "Nothing was lost; “vincle doctor” says what is missing.",
    )
