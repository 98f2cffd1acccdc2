"""OCEL 2.0 logs as rows: one an event, with the objects it was about."""

from collections.abc import Callable, Iterator
from pathlib import Path

from vincle.engine.tabular import column_names, ocel_json, ocel_sqlite, raw_rows
from vincle.engine.tabular.column_names import ColumnNames
from vincle.engine.tabular.ocel_store import OcelStore, iterate
from vincle.engine.tabular.reader import Raw, Reader
from vincle.kernel.errors import BadInput

EVENT_ID, EVENT_TYPE, EVENT_TIME, ABOUT = "event id", "event type", "event time", "objects"
OBJECT = "object: "


class OcelReader(Reader):
    """An OCEL 2.0 log; `row` is the event's number.

    Columns: the event's id, type and time, its attributes, for each type of object 'object: Type' with the id of the
    nearest one (the event's own, else one related to them), and 'objects', a JSON array of all of them with
    type, key, qualifier and the properties they had at that time.
    """

    format = "ocel"

    def __init__(self, path: Path, load: Callable[[Path, OcelStore], None]) -> None:
        super().__init__(path, ())
        self._progress = 0.0
        self._store = OcelStore()
        try:
            load(path, self._store)
            self._store.ready()
            self._count = self._counted()
            self._columns = self._laid_out()
        except BaseException:
            self._store.close()
            raise
        self.columns = tuple(self._columns)

    @property
    def progress(self) -> float:
        return self._progress

    def close(self) -> None:
        self._store.close()

    def _counted(self) -> int:
        if count := self._store.count():
            return count
        raise BadInput(f"“{self.name}” is an event log without events.", "Check that the export is complete.")

    def _laid_out(self) -> dict[str, tuple[str, str]]:
        names = ColumnNames()
        attributes, types = self._store.attributes(), self._store.object_types()
        column_names.refuse_too_many(len(attributes) + len(types) + 4)
        fixed = {EVENT_ID: ("event", "id"), EVENT_TYPE: ("event", "type"), EVENT_TIME: ("event", "time")}
        columns = {names.of(name): what for name, what in fixed.items()}
        columns |= {names.of(f"{OBJECT}{kind}"): ("object", kind) for kind in types}
        columns[names.of(ABOUT)] = ("objects", "")
        return columns | {names.add(name, 0): ("attribute", name) for name in attributes}

    def _runs(self, rows: int) -> Iterator[Raw]:
        passed = 0
        for table in iterate(self._store, rows, self._columns):
            passed += table.num_rows
            self._progress = passed / self._count
            yield Raw(table, raw_rows.rejects_table([]), self._progress)


def from_json(path: Path) -> OcelReader:
    """Open an OCEL 2.0 JSON document."""
    return OcelReader(path, ocel_json.load)


def from_sqlite(path: Path) -> OcelReader:
    """Open an OCEL 2.0 SQLite database."""
    return OcelReader(path, ocel_sqlite.load)
