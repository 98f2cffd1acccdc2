"""SQLite: one writer and numbers that never repeat, so rows become visible in the order of their numbers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import adbc_driver_manager as adbc
import adbc_driver_sqlite
import pyarrow as pa

from vincle.flow.mirror.reads import ORIGINS, PEOPLE, READS, As, Read
from vincle.flow.mirror.session import Session, cannot_reach
from vincle.flow.mirror.snapshot import Erasure, among, erasures_of
from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home

# The driver takes a column's type from the first rows it sees, which may all be NULL: so a row of literals
# comes first, and is dropped again by its impossible number.
_LITERALS = {As.REAL: "0.0", As.TEXT: "''", As.JSON: "''", As.UID: "x''"}
_COUNTERS = ORIGINS | {"interaction_things": "flow_interaction", "erasures": "flow_erasure"}


class SqliteSnapshot:
    """Inside one read transaction."""

    shapes = {As.UID: "{}::UUID::VARCHAR", As.INSTANT: "make_timestamptz({})", As.TRUTH: "{}::BOOLEAN"}
    database = "sqlite"

    def __init__(self, session: Session) -> None:
        self.session = session
        given = session.table("SELECT '' AS name, 0 AS seq UNION ALL SELECT name, seq FROM sqlite_sequence")
        self._given = {row["name"]: row["seq"] for row in given.to_pylist()}

    def upto(self, table: str) -> int:
        return int(self._given.get(_COUNTERS[table], 0))

    def rows(self, table: str, after: int) -> pa.RecordBatchReader:
        read = READS[table]
        number, upto = f"t.{read.number}", self.upto(table)
        # From the beginning the table is read as it lies, which is faster than by any index (hence the plus).
        window = f"{number} > {after} AND {number} <= {upto}" if after else f"+{number} <= {upto}"
        return self._typed(read, window)

    def numbers(self, table: str) -> pa.RecordBatchReader:
        return self.session.stream(f"SELECT -1 AS id UNION ALL SELECT id FROM {ORIGINS[table]}")

    def people(self, numbers: Sequence[int] | None) -> pa.RecordBatchReader:
        return self._typed(PEOPLE, among(numbers))

    def _typed(self, read: Read, window: str) -> pa.RecordBatchReader:
        typed = ", ".join(f"{_LITERALS.get(kind, '-1')} AS {name}" for name, kind in read.columns.items())
        return self.session.stream(f"SELECT {typed} UNION ALL {read.select({}, window)}")

    def erasures(self, after: int) -> list[Erasure]:
        return erasures_of(
            self.session.table(
                "SELECT 0 AS batch_id, 0 AS identity_id, '' AS interactions WHERE 0 UNION ALL "
                f"SELECT batch_id, identity_id, interactions FROM flow_erasure WHERE id > {after}"
            )
        )

    def held_back(self) -> int:
        return 0

    def uid_of(self, interaction: int) -> str:
        found = self.session.table(f"SELECT uid FROM flow_interaction WHERE id = {interaction}").column("uid")
        return str(UUID(bytes=found[0].as_py())) if len(found) else ""


@contextmanager
def sqlite_snapshot(home: Home) -> Iterator[SqliteSnapshot]:
    """A read transaction on the home's SQLite file; this process must not open that file in any other way."""
    path = Path(home.database_url.removeprefix("sqlite:///"))
    if not path.is_file():
        raise NotReady(f"There is no database at {path}.", "“vincle init” makes one.")
    try:
        with Session(adbc_driver_sqlite.connect(f"file:{quote(str(path))}?mode=ro")) as session:
            session.execute("PRAGMA busy_timeout = 30000")
            session.execute("BEGIN")
            yield SqliteSnapshot(session)
    except adbc.Error as error:
        raise cannot_reach(error) from error
