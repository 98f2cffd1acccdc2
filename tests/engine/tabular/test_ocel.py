"""Object-centric event logs (OCEL 2.0), in JSON and in SQLite."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.tabular.files import Write, read
from vincle.engine.tabular import open_file
from vincle.kernel.errors import BadInput

LOG: dict[str, Any] = {
    "objectTypes": [{"name": "Customer", "attributes": []}, {"name": "Order", "attributes": []}],
    "eventTypes": [{"name": "Place order", "attributes": [{"name": "total", "type": "float"}]}],
    "objects": [
        {
            "id": "c1",
            "type": "Customer",
            "attributes": [
                {"name": "tier", "time": "1970-01-01T00:00:00Z", "value": "gold"},
                {"name": "tier", "time": "2024-06-01T00:00:00Z", "value": "silver"},
            ],
        },
        {"id": "o1", "type": "Order", "relationships": [{"objectId": "c1", "qualifier": "placed by"}]},
    ],
    "events": [
        {
            "id": "e1",
            "type": "Place order",
            "time": "2024-01-01T10:00:00Z",
            "attributes": [{"name": "total", "value": 12.5}],
            "relationships": [{"objectId": "o1", "qualifier": "order"}, {"objectId": "c1", "qualifier": "customer"}],
        },
        {"id": "e2", "type": "Pay", "time": "2024-07-01T10:00:00Z", "relationships": [{"objectId": "c1"}]},
        {
            "id": "e3",
            "type": "Ship",
            "time": "2024-07-02T10:00:00Z",
            "relationships": [{"objectId": "o1", "qualifier": ""}],
        },
    ],
}


def sqlite_log(path: Path) -> Path:
    """The same log as the standard lays it out in SQLite."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript("""
            CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);
            CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
            CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
            CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
            CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE event_PlaceOrder (ocel_id TEXT, ocel_time TIMESTAMP, total REAL);
            CREATE TABLE event_Pay (ocel_id TEXT, ocel_time TIMESTAMP);
            CREATE TABLE event_Ship (ocel_id TEXT, ocel_time TIMESTAMP);
            CREATE TABLE object_Customer (ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT, tier TEXT);
            CREATE TABLE object_Order (ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT);
            INSERT INTO event VALUES ('e1', 'Place order'), ('e2', 'Pay'), ('e3', 'Ship');
            INSERT INTO object VALUES ('c1', 'Customer'), ('o1', 'Order');
            INSERT INTO event_object VALUES ('e1', 'o1', 'order'), ('e1', 'c1', 'customer'), ('e2', 'c1', NULL),
                ('e3', 'o1', '');
            INSERT INTO object_object VALUES ('o1', 'c1', 'placed by');
            INSERT INTO event_map_type VALUES ('Place order', 'PlaceOrder'), ('Pay', 'Pay'), ('Ship', 'Ship');
            INSERT INTO object_map_type VALUES ('Customer', 'Customer'), ('Order', 'Order');
            INSERT INTO event_PlaceOrder VALUES ('e1', '2024-01-01T10:00:00Z', 12.5);
            INSERT INTO event_Pay VALUES ('e2', '2024-07-01T10:00:00Z');
            INSERT INTO event_Ship VALUES ('e3', '2024-07-02T10:00:00Z');
            INSERT INTO object_Customer VALUES ('c1', '1970-01-01T00:00:00Z', NULL, 'gold'),
                ('c1', '2024-06-01T00:00:00Z', 'tier', 'silver');
        """)
    return path


@pytest.fixture(params=["json", "sqlite"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "sqlite":
        return sqlite_log(tmp_path / "log.sqlite")
    path = tmp_path / "log.json"
    path.write_text(json.dumps(LOG))
    return path


def test_each_event_is_a_row(log: Path) -> None:
    found = [{name: row[name] for name in ("row", "event id", "event type", "total")} for row in read(log).rows]
    assert [
        {"row": 1, "event id": "e1", "event type": "Place order", "total": "12.5"},
        {"row": 2, "event id": "e2", "event type": "Pay", "total": None},
        {"row": 3, "event id": "e3", "event type": "Ship", "total": None},
    ] == found


def test_the_nearest_object_of_each_type_is_a_column(log: Path) -> None:
    rows = read(log).rows
    assert ["c1", "c1", "c1"] == [row["object: Customer"] for row in rows]
    assert ["o1", "o1", "o1"] == [row["object: Order"] for row in rows]


def test_objects_have_the_properties_of_that_time(log: Path) -> None:
    first, second, third = (json.loads(row["objects"]) for row in read(log).rows)
    assert [
        {"type": "Order", "key": "o1", "qualifier": "order", "properties": None},
        {"type": "Customer", "key": "c1", "qualifier": "customer", "properties": {"tier": "gold"}},
    ] == first
    assert [{"type": "Customer", "key": "c1", "qualifier": "", "properties": {"tier": "silver"}}] == second
    assert ["o1"] == [thing["key"] for thing in third]


def test_how_a_log_is_cut_changes_nothing(log: Path) -> None:
    assert read(log).rows == read(log, rows=1).rows


def test_a_json_log_on_many_lines_is_read(write: Write) -> None:
    assert "ocel" == open_file(write("log.jsonocel", json.dumps(LOG, indent=2))).format


def test_the_old_standard_is_named(write: Write) -> None:
    with pytest.raises(BadInput, match=r"is an OCEL 1.0 log"):
        open_file(write("log.json", '{"ocel:global-log": {}, "ocel:events": {}}'))


@pytest.mark.parametrize("breaking", [{"events": [{"id": "e1"}]}, {"events": 5}, {"objects": [{"id": 3, "type": []}]}])
def test_a_log_that_breaks_the_standard_is_refused(write: Write, breaking: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"is not a whole OCEL 2\.0 log"):
        open_file(write("log.json", json.dumps(LOG | breaking)))


def test_a_log_without_events_is_refused(write: Write) -> None:
    with pytest.raises(BadInput, match="without events"):
        open_file(write("log.json", json.dumps(LOG | {"events": []})))


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE people (name TEXT)")
    with pytest.raises(BadInput, match=r"is a SQLite database but not an OCEL 2\.0 log"):
        open_file(path)


def test_views_that_run_code_are_not_read(tmp_path: Path) -> None:
    path = sqlite_log(tmp_path / "log.sqlite")
    with closing(sqlite3.connect(path)) as database:
        database.executescript("""
            DROP TABLE event_object;
            CREATE VIEW event_object AS
                WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x FROM n;
        """)
    with pytest.raises(BadInput, match="it has no table “event_object”"):
        open_file(path)


def test_a_database_cut_short_is_refused(tmp_path: Path) -> None:
    path = sqlite_log(tmp_path / "log.sqlite")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(BadInput):
        read(path)


def test_reading_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = sqlite_log(tmp_path / "log.sqlite")
    before = path.read_bytes()
    read(path)
    assert before == path.read_bytes()
    assert ["log.sqlite"] == [one.name for one in tmp_path.iterdir()]
