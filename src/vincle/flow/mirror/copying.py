"""One run of the mirror: look at the database once, follow what was erased, add what is new, publish."""

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa
from deltalake.exceptions import DeltaError

from vincle.engine.layout import TABLES, relation
from vincle.engine.published import Current, publish, read_current
from vincle.flow.mirror.erase import erase
from vincle.flow.mirror.lock import only_run
from vincle.flow.mirror.people import add_people
from vincle.flow.mirror.reads import DICTIONARIES, READS
from vincle.flow.mirror.snapshot import Snapshot, restricted_in, snapshot_of
from vincle.flow.mirror.tables import ERASURES, MirrorTable
from vincle.kernel.clock import now, to_micros
from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home

_BATCH = 50_000  # rows that stream at a time
_VACUUM_EVERY = timedelta(days=1)


@dataclass(slots=True)
class Outcome:
    """What a run did."""

    version: int = 0  # of what is published now
    rebuilt: str = ""  # why everything was copied anew; empty when only what is new was
    added: dict[str, int] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)
    purged: bool = False  # whether erased bytes were removed from disk at once
    held_back: int = 0  # committed interactions that wait for an older open transaction
    seconds: float = 0.0


def copy(home: Home, *, rebuild: bool = False) -> Outcome:
    """Bring the mirror of `home` up to date with its database, or copy all of it anew."""
    started = time.perf_counter()
    with only_run(home.mirror), _workbench(home) as duck:
        outcome = _Run(home, duck).copy("it was asked for" if rebuild else "")
    outcome.seconds = round(time.perf_counter() - started, 3)
    return outcome


class _Run:
    def __init__(self, home: Home, duck: duckdb.DuckDBPyConnection) -> None:
        self.home = home
        self.duck = duck
        self.outcome = Outcome()

    def copy(self, reason: str) -> Outcome:
        current, reason = self._published(reason)
        if current is not None and not reason:
            with snapshot_of(self.home, anew=False) as snapshot:
                tables, reason = self._usable(current, snapshot)
                if not reason:
                    self._continue(current, tables, snapshot)
                    return self.outcome
        with snapshot_of(self.home, anew=True) as snapshot:
            self._build(current, snapshot, reason)
        return self.outcome

    def _published(self, reason: str) -> tuple[Current | None, str]:
        try:
            current = read_current(self.home.mirror)
        except NotReady as error:
            return None, error.message
        return current, reason or ("" if current else "there was none")

    def _usable(self, current: Current, snapshot: Snapshot) -> tuple[dict[str, MirrorTable], str]:
        """The published tables, and why they cannot be continued from this database (empty when they can)."""
        if current.database != snapshot.database:
            return {}, "the database is another one"
        try:
            tables = {name: MirrorTable(name, current.folder(self.home.mirror, name)) for name in TABLES}
            if any(tables[name].position() > snapshot.upto(name) for name in READS):
                return {}, "the database is older than its mirror"
            number, uid = self._last(tables["interactions"])
        except (DeltaError, duckdb.Error, OSError) as error:
            return {}, f"it could not be read: {error}"
        if number and snapshot.uid_of(number) not in {uid, ""}:
            return {}, "the database is not the one that was mirrored"
        return tables, ""

    def _last(self, interactions: MirrorTable) -> tuple[int, str]:
        found = self.duck.execute(
            f"WITH log AS (SELECT id, uid FROM {relation('interactions', interactions.files)}) "
            "SELECT id, uid FROM log WHERE id = (SELECT max(id) FROM log)"
        ).fetchall()
        return found[0] if found else (0, "")

    def _continue(self, current: Current, tables: Mapping[str, MirrorTable], snapshot: Snapshot) -> None:
        erased = snapshot.erasures(min(table.position(ERASURES) for table in tables.values()))
        if erased:
            self.outcome.erased = erase(erased, tables, snapshot, self.duck)
        self._add(tables, snapshot, always=bool(erased))
        for table in tables.values():
            table.compact()
        vacuum = now() - datetime.fromisoformat(current.vacuumed_at) > _VACUUM_EVERY
        if vacuum:
            for table in tables.values():
                table.vacuum()
        personal = any(erasure.is_personal for erasure in snapshot.erasures(current.purged))
        self._publish(
            current.generation,
            tables,
            snapshot,
            version=_next_version(current) if self._is_other(current, snapshot) else current.version,
            purged=current.purged if personal else snapshot.upto("erasures"),
            vacuumed_at=now().isoformat() if vacuum else current.vacuumed_at,
        )
        if personal:
            self._purge(tables, snapshot)

    def _is_other(self, current: Current, snapshot: Snapshot) -> bool:
        """Whether whoever reads the mirror reads anything else than before."""
        restricted = restricted_in(snapshot) != list(current.restricted)
        return bool(self.outcome.added or self.outcome.erased or restricted)

    def _build(self, current: Current | None, snapshot: Snapshot, reason: str) -> None:
        generation = f"g{to_micros(now())}"
        tables = {name: MirrorTable(name, self.home.mirror / generation / name) for name in TABLES}
        self._add(tables, snapshot, always=True)
        self.outcome.rebuilt = reason
        self._publish(
            generation,
            tables,
            snapshot,
            version=_next_version(current),
            purged=snapshot.upto("erasures"),
            vacuumed_at=now().isoformat(),
        )

    def _add(self, tables: Mapping[str, MirrorTable], snapshot: Snapshot, *, always: bool) -> None:
        self.outcome.held_back = snapshot.held_back()
        for name, sql in DICTIONARIES.items():
            self.duck.register("dictionary", snapshot.session.table(sql))
            self.duck.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM dictionary")
        erasures = snapshot.upto("erasures")
        for name, table in tables.items():
            new = self._new(table, snapshot) if name in READS else iter(())
            position = snapshot.upto(name) if name in READS else 0
            if added := table.append(new, position=position, erasures=erasures, always=always):
                self.outcome.added[name] = added
        if added := add_people(tables, snapshot, self.duck):
            self.outcome.added["people"] = added

    def _new(self, table: MirrorTable, snapshot: Snapshot) -> Iterator[pa.RecordBatch]:
        after = table.position()
        if after >= snapshot.upto(table.name):
            return
        self.duck.register("incoming", snapshot.rows(table.name, after))
        shape = READS[table.name].shape(TABLES[table.name].names, snapshot.shapes)
        yield from self.duck.sql(shape).to_arrow_reader(_BATCH)
        self.duck.unregister("incoming")

    def _publish(
        self,
        generation: str,
        tables: Mapping[str, MirrorTable],
        snapshot: Snapshot,
        *,
        version: int,
        purged: int,
        vacuumed_at: str,
    ) -> None:
        self.outcome.version = version
        page = Current(
            version=version,
            generation=generation,
            database=snapshot.database,
            refreshed_at=now().isoformat(),
            erasures=snapshot.upto("erasures"),
            purged=purged,
            vacuumed_at=vacuumed_at,
            tables={name: table.state() for name, table in tables.items()},
            restricted=restricted_in(snapshot),
        )
        publish(self.home.mirror, page)
        # Former generations, and what a rebuild that was killed had begun.
        for folder in self.home.mirror.glob("g*"):
            if folder.name != generation:
                shutil.rmtree(folder)

    def _purge(self, tables: Mapping[str, MirrorTable], snapshot: Snapshot) -> None:
        """Only after the clean tables are published, so that nobody new opens the files that go."""
        for table in tables.values():
            table.purge()
        self.outcome.purged = True
        current = read_current(self.home.mirror)
        if current is not None:
            publish(self.home.mirror, replace(current, purged=snapshot.upto("erasures")))


def _next_version(current: Current | None) -> int:
    return max(to_micros(now()), current.version + 1 if current else 0)


@contextmanager
def _workbench(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with bounded memory, whose overflow goes to a folder that is gone afterwards, also after a
    crash.
    """
    spill = home.mirror / "spill"
    shutil.rmtree(spill, ignore_errors=True)
    config = {"memory_limit": "512MB", "temp_directory": str(spill), "threads": 2}
    with duckdb.connect(config=config) as duck:
        duck.execute("SET TimeZone = 'UTC'")
        duck.execute("SET enable_progress_bar = false")
        # The stream is always the probing side of a join: kept as it is, it flows; swapped, it would be
        # collected.
        duck.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        yield duck
    shutil.rmtree(spill, ignore_errors=True)
