"""PostgreSQL: many writers, so rows are followed by the transaction that wrote them, never by their numbers.

Every mirrored row carries its transaction (`recorded_tx`). All transactions below the oldest one still open
have ended, so whatever will ever be visible of them is visible now; what lies at or beyond it waits for the
next copy. A commit that comes late is therefore copied late, and never missed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import adbc_driver_manager as adbc
import adbc_driver_postgresql
import pyarrow as pa

from vincle.flow.mirror.reads import ORIGINS, PEOPLE, READS, As
from vincle.flow.mirror.session import Session, cannot_reach
from vincle.flow.mirror.snapshot import Erasure, among, erasures_of
from vincle.kernel.home import Home

_FORMS = {As.UID: "uuid_send({})", As.JSON: "{}::text"}
# The oldest transaction still open that may have written here. A snapshot counts those of the whole server; one whose
# owner is seen at work in another database cannot matter, and must not hold this mirror back. Whose a transaction was
# that ended since the snapshot cannot be seen any more: `ended` counts those, and a new snapshot knows nothing of them.
HORIZON = """
WITH open AS (SELECT x::text::bigint AS id FROM pg_snapshot_xip(pg_current_snapshot()) x),
at_work AS MATERIALIZED (
    SELECT l.transactionid::text::bigint AS id, coalesce(a.datname, current_database()) AS datname
    FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
)
SELECT coalesce(
    min(o.id) FILTER (WHERE w.id IS NULL OR w.datname = current_database()),
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint
) AS horizon, count(*) FILTER (WHERE o.id IS NOT NULL AND w.id IS NULL) AS ended
FROM (SELECT 1) once LEFT JOIN open o ON true LEFT JOIN at_work w ON w.id = o.id & 4294967295
"""
TRIES = 20  # snapshots, until nobody ends while it is asked whose transactions they are
# Written by a transaction that this server has not begun as the very statement looks: never by a colleague at work,
# whose rows are older than any look that sees them.
_FUTURE = "recorded_tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
DATABASE = (
    "SELECT 'postgresql:' || (SELECT system_identifier FROM pg_control_system()) || ':' || oid "
    "FROM pg_database WHERE datname = current_database()"
)
_FOLLOWED = (*(read.origin for read in READS.values()), "flow_erasure")


class PostgresSnapshot:
    """Inside one REPEATABLE READ transaction."""

    shapes = {As.UID: "{}::UUID::VARCHAR"}

    def __init__(self, session: Session, horizon: int) -> None:
        self.session = session
        self.database = str(session.table(DATABASE).column(0)[0].as_py())
        self._horizon = horizon

    def upto(self, table: str) -> int:  # noqa: ARG002 - one horizon for all tables
        return self._horizon

    def rows(self, table: str, after: int) -> pa.RecordBatchReader:
        read = READS[table]
        return self.session.stream(read.select(_FORMS, self._window(after, *read.written)))

    def numbers(self, table: str) -> pa.RecordBatchReader:
        return self.session.stream(f"SELECT id FROM {ORIGINS[table]}")

    def people(self, numbers: Sequence[int] | None) -> pa.RecordBatchReader:
        return self.session.stream(PEOPLE.select(_FORMS, among(numbers)))

    def erasures(self, after: int) -> list[Erasure]:
        return erasures_of(
            self.session.table(
                "SELECT batch_id, identity_id, interactions::text AS interactions FROM flow_erasure t "
                f"WHERE {self._window(after, 't')}"
            )
        )

    def held_back(self) -> int:
        return self.session.number(f"SELECT count(*) FROM flow_interaction WHERE recorded_tx >= {self._horizon}")

    def uid_of(self, interaction: int) -> str:
        found = self.session.table(f"SELECT uid::text FROM flow_interaction WHERE id = {interaction}").column(0)
        return str(found[0].as_py()) if len(found) else ""

    def _window(self, after: int, *tables: str) -> str:
        return " AND ".join(f"{t}.recorded_tx >= {after} AND {t}.recorded_tx < {self._horizon}" for t in tables)


@contextmanager
def postgres_snapshot(home: Home, *, anew: bool) -> Iterator[PostgresSnapshot]:
    """A read-only transaction on the home's PostgreSQL database."""
    try:
        with Session(adbc_driver_postgresql.connect(home.database_url)) as session:
            if anew:
                _adopt(session)
            yield PostgresSnapshot(session, _begin(session))
    except adbc.Error as error:
        raise cannot_reach(error) from error


def _begin(session: Session) -> int:
    """Begin to look, and return up to which transaction."""
    for left in reversed(range(TRIES)):
        session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        ((horizon, ended),) = zip(*session.table(HORIZON).to_pydict().values(), strict=True)
        if not ended or not left:
            return int(horizon)
        session.execute("ROLLBACK")
    raise AssertionError("the last try returns")


def _adopt(session: Session) -> None:
    """Rows restored from another server carry its transaction numbers, which mean nothing here and may lie
    in this server's future: give them a number of this one, so that they are copied once.
    """
    strangers = [
        table
        for table in _FOLLOWED
        if session.number(f"SELECT (EXISTS (SELECT 1 FROM {table} WHERE {_FUTURE}))::int::bigint")
    ]
    if not strangers:
        return
    session.execute("BEGIN")
    session.execute("SET LOCAL vincle.erasing = 'on'")
    for table in strangers:
        session.execute(f"UPDATE {table} SET recorded_tx = pg_current_xact_id()::text::bigint WHERE {_FUTURE}")
    session.execute("COMMIT")
