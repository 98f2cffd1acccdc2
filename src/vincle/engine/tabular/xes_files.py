"""XES event logs (IEEE 1849-2016), plain or gzipped."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from vincle.engine.tabular import raw_rows, xml_feed
from vincle.engine.tabular.column_names import ColumnNames
from vincle.engine.tabular.reader import Raw, Reader
from vincle.engine.tabular.streams import ByteStream
from vincle.engine.tabular.xml_feed import Attributes, local
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
        first = raw_rows.RowBuilder(self._first)
        count = 0
        for count, event in enumerate(itertools.islice(self._events(), _KNOWN_FROM), start=1):
            first.add(count, event)
        if not count:
            raise BadInput(f"“{path.name}” is an event log without events.", "Check that the export is complete.")
        self.columns = tuple(self._first)

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
        log = _Log(self._names)
        with ByteStream(self.path) as stream:
            self._stream = stream
            fed = xml_feed.feed(stream.blocks(), name=self.name, start=log.start, end=log.end)
            for _ in fed:
                yield from log.done
                log.done.clear()
            if not log.seen:
                raise BadInput(f"“{self.name}” is XML, but not an XES event log.", "Export it as XES or CSV.")


class _Log:
    """Follows a log's XML; finished events wait in `done`."""

    def __init__(self, names: ColumnNames) -> None:
        self.done: list[dict[str, str]] = []
        self.seen = False
        self._names = names
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] | None = None
        self._in_trace = False
        self._path: list[str] = []  # keys of the attributes that are open

    def start(self, tag: str, attributes: Attributes) -> None:
        name = tag if tag in _VALUES else local(tag)
        if name in _VALUES:
            self._attribute(attributes)
        elif name == "event":
            self._event = dict(self._trace)
        elif name == "trace":
            self._trace, self._in_trace = {}, True
        elif name == "log":
            self.seen = True

    def end(self, tag: str) -> None:
        name = tag if tag in _VALUES else local(tag)
        if name in _VALUES:
            self._path.pop()
        elif name == "event" and self._event is not None:
            self.done.append(self._event)
            self._event = None
        elif name == "trace":
            self._trace, self._in_trace = {}, False

    def _attribute(self, attributes: Attributes) -> None:
        self._path.append(attributes.get("key", ""))
        value = attributes.get("value")
        if not value:
            return
        key = ".".join(self._path) if len(self._path) > 1 else self._path[0]
        if self._event is not None:
            self._put(self._event, self._names.of(key), value)
        elif self._in_trace:
            self._put(self._trace, self._names.of(_CASE + key), value)

    @staticmethod
    def _put(into: dict[str, str], name: str, value: str) -> None:
        into[name] = f"{into[name]}, {value}" if name in into else value
