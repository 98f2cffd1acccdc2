"""XES event logs (IEEE 1849-2016), plain or gzipped."""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from vincle.engine.tabular import raw_rows, xml_feed
from vincle.engine.tabular.column_names import ColumnNames
from vincle.engine.tabular.reader import Raw, Reader
from vincle.engine.tabular.streams import ByteStream
from vincle.engine.tabular.xml_feed import DEEPEST, Attributes, local, refuse_depth
from vincle.kernel.errors import BadInput

_KNOWN_FROM = 1000  # events that tell the columns; later ones may add to them
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
_CASE = "case:"


class XesReader(Reader):
    """An XES log, one row an event.

    `row` is the event's number in the log. Event attributes become columns by their key, those of the trace by
    'case:' and their key, attributes inside attributes by both keys with a dot.
    """

    format = "xes"

    def __init__(self, path: Path) -> None:
        super().__init__(path, ())
        self._names = ColumnNames()
        self._first: list[str] = []
        self._stream: ByteStream | None = None
        self._wanted: frozenset[str] | None = None
        first = raw_rows.RowBuilder(self._first)
        count = 0
        for count, event in enumerate(itertools.islice(self._events(), _KNOWN_FROM), start=1):
            first.add(count, event)
        if not count:
            raise BadInput(f"“{path.name}” is an event log without events.", "Check that the export is complete.")
        self.columns = tuple(self._first)

    def only(self, columns: Iterable[str]) -> None:
        """Read no other columns from now on: most of what a log says of an event is not its case, step and time."""
        self._wanted = frozenset(columns)
        self._first = [name for name in self._first if name in self._wanted]

    @property
    def progress(self) -> float:
        return self._stream.fraction if self._stream else 0.0

    def _runs(self, rows: int) -> Iterator[Raw]:
        builder = raw_rows.RowBuilder(list(self._first))
        for number, event in enumerate(self._events(), start=1):
            builder.add(number, event)
            if builder.full(rows):
                yield Raw(*builder.take(), self.progress)
        yield Raw(*builder.take(), self.progress)

    def _events(self) -> Iterator[dict[str, str]]:
        log = _Log(self._names, self._wanted)
        with ByteStream(self.path) as stream:
            self._stream = stream
            fed = xml_feed.feed(stream.blocks(), name=self.name, start=log.start, end=log.end, guarded=True)
            for _ in fed:
                yield from log.done
                log.done.clear()
            if not log.seen:
                raise BadInput(f"“{self.name}” is XML, but not an XES event log.", "Export it as XES or CSV.")


class _Log:
    """Follows a log's XML; finished events wait in `done`.

    Called for every element of files of millions, so the common case comes first and calls nothing.
    """

    def __init__(self, names: ColumnNames, wanted: frozenset[str] | None = None) -> None:
        self.done: list[dict[str, str]] = []
        self.seen = False
        self._names = names
        self._wanted = wanted
        self._event_columns: dict[str, str | None] = {}  # by key; None is not wanted
        self._trace_columns: dict[str, str | None] = {}
        self._trace: dict[str, str] = {}
        self._into: dict[str, str] | None = None  # the event, else the trace, that attributes belong to
        self._columns = self._trace_columns
        self._in_trace = False
        self._path: list[str] = []  # keys of the attributes that are open
        self._depth = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            refuse_depth()
        if tag in _VALUES or (name := local(tag)) in _VALUES:
            path = self._path
            path.append(attributes.get("key", ""))
            into = self._into
            if into is None or not (value := attributes.get("value")):
                return
            key = path[0] if len(path) == 1 else ".".join(path)
            try:
                column = self._columns[key]
            except KeyError:
                column = self._column(key)
            if column is not None:
                into[column] = f"{into[column]}, {value}" if column in into else value
        elif name == "event":
            self._into, self._columns = self._trace.copy(), self._event_columns
        elif name == "trace":
            self._trace, self._in_trace = {}, True
            self._into, self._columns = self._trace, self._trace_columns
        elif name == "log":
            self.seen = True

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag in _VALUES or (name := local(tag)) in _VALUES:
            self._path.pop()
        elif name == "event" and self._into is not None:
            self.done.append(self._into)
            self._into, self._columns = (self._trace if self._in_trace else None), self._trace_columns
        elif name == "trace":
            self._trace, self._into, self._in_trace = {}, None, False

    def _column(self, key: str) -> str | None:
        """The column of a key that is met for the first time, of an event or a trace."""
        name: str | None = self._names.of(key if self._columns is self._event_columns else _CASE + key)
        if self._wanted is not None and name not in self._wanted:
            name = None
        self._columns[key] = name
        return name
