"""XES, the standard for event logs (IEEE 1849-2016): a trace for each person, or for each object of a type."""

import gzip
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from vincle.engine.export.destination import whole
from vincle.engine.export.selection import Selection, streamed
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Identity" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
<global scope="trace">
<string key="concept:name" value=""/>
</global>
<global scope="event">
<string key="concept:name" value=""/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000000+00:00"/>
</global>
<classifier name="Kind" keys="concept:name"/>
"""
# Characters that XML 1.0 cannot hold in any way.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# The standard's attribute type and key of each column.
_ATTRIBUTES = {
    "kind": ("string", "concept:name"),
    "occurred_at": ("date", "time:timestamp"),
    "uid": ("id", "identity:id"),
    "staff": ("string", "org:resource"),
    "channel": ("string", "channel"),
    "place": ("string", "place"),
    "namespace": ("string", "namespace"),
    "identity": ("string", "identity"),
    "amount": ("float", "amount"),
    "currency": ("string", "currency"),
    "score": ("float", "score"),
    "text": ("string", "text"),
    # pm4py takes a column of a table that is called “properties” for its own settings, and fails.
    "properties": ("string", "event:properties"),
    "message_id": ("string", "message_id"),
    "source": ("string", "source"),
}

_BY_PERSON = Pipeline(
    (
        Step(
            "cases",
            "SELECT coalesce(p.uid, 'person-' || c.person) AS case_id, p.name AS case_label, c.* "
            "FROM chosen c "
            "LEFT JOIN people p ON p.person = c.person WHERE c.person IS NOT NULL "
            "ORDER BY c.person, c.occurred_at, c.id",
            "Each person's events in order.",
        ),
    )
)

_BY_OBJECT = Pipeline(
    (
        Step(
            "of_type",
            "SELECT id, label, CASE WHEN count(*) OVER (PARTITION BY key) = 1 THEN key "
            "ELSE concat_ws('/', source, key) END AS case_id FROM things WHERE type = $case",
            "The objects of the type; of two sources that call theirs alike each is told from the other.",
        ),
        Step(
            "cases",
            "SELECT t.case_id, max(t.label) AS case_label, c.* FROM chosen c "
            "JOIN interaction_things r ON r.interaction_id = c.id JOIN of_type t ON t.id = r.thing_id "
            "GROUP BY ALL ORDER BY t.case_id, c.occurred_at, c.id",
            "The events of each object of one type in order; an event about two of them is in both traces.",
        ),
    )
)


def write_xes(log: Log, path: Path, selection: Selection) -> dict[str, int]:
    """Gzipped when `path` ends in .gz. Events without a case are left out."""
    by = _BY_PERSON if selection.case == "person" else _BY_OBJECT.bound(case=selection.case)
    return write_traces(path, _rows(log, selection.before(by)))


def write_traces(path: Path, rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Write events, those of one `case_id` in a row, whose columns are `case_label` and any of those of the log.
    Returns how many `events` and `traces` there were. Gzipped when `path` ends in .gz.
    """
    counts = {"events": 0, "traces": 0}
    with whole(path) as draft, _opened(draft, zipped=path.suffix == ".gz") as file:
        file.write(_HEAD)
        current: str | None = None
        for row in rows:
            if row["case_id"] != current:
                file.write("" if current is None else "</trace>\n")
                current = row["case_id"]
                file.write(_trace(row))
                counts["traces"] += 1
            file.write(_event(row))
            counts["events"] += 1
        file.write("</log>\n" if current is None else "</trace>\n</log>\n")
    return counts


def _rows(log: Log, pipeline: Pipeline) -> Iterator[dict[str, Any]]:
    for batch in streamed(log, pipeline):
        yield from batch.to_pylist()


def _opened(draft: Path, *, zipped: bool) -> io.TextIOBase:
    if zipped:
        return io.TextIOWrapper(gzip.open(draft, "wb", compresslevel=6), encoding="utf-8", newline="\n")
    return draft.open("w", encoding="utf-8", newline="\n")


def _trace(row: Mapping[str, Any]) -> str:
    label = row.get("case_label")
    said = _attribute("string", "concept:name", row["case_id"])
    return f"<trace>\n{said}{_attribute('string', 'label', label) if label else ''}"


def _event(row: Mapping[str, Any]) -> str:
    said = (
        _attribute(kind, key, row[column]) for column, (kind, key) in _ATTRIBUTES.items() if row.get(column) is not None
    )
    return f"<event>\n{''.join(said)}</event>\n"


def _attribute(kind: str, key: str, value: Any) -> str:
    text = value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)
    return f'<{kind} key="{key}" value={_quoted(text)}/>\n'


def _quoted(text: str) -> str:
    return quoteattr(_UNSPEAKABLE.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
