"""OCEL 2.0 as its specification lays it out, in JSON and in SQLite."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import vincle.engine as ve
from vincle.engine.export import export
from vincle.engine.export.ocel_sqlite import table_names


@pytest.fixture
def document(log: ve.Log, tmp_path: Path) -> dict[str, Any]:
    assert {"events": 4, "objects": 5} == export(log, tmp_path / "log.json", format="ocel-json")
    return dict(json.loads((tmp_path / "log.json").read_text()))


@pytest.fixture
def database(log: ve.Log, tmp_path: Path) -> sqlite3.Connection:
    assert {"events": 4, "objects": 5} == export(log, tmp_path / "log.sqlite", format="ocel-sqlite")
    return sqlite3.connect(tmp_path / "log.sqlite")


def test_json_has_the_standards_four_parts(document: dict[str, Any]) -> None:
    assert {"objectTypes", "eventTypes", "objects", "events"} == document.keys()
    assert {"order", "product", "person"} == {each["name"] for each in document["objectTypes"]}
    assert {"order.placed", "form.sent", "visit.seen"} == {each["name"] for each in document["eventTypes"]}


def test_json_members_have_the_standards_keys(document: dict[str, Any]) -> None:
    for kind in (*document["objectTypes"], *document["eventTypes"]):
        assert {"name", "attributes"} == kind.keys()
        assert all({"name", "type"} == attribute.keys() for attribute in kind["attributes"])
        assert {each["type"] for each in kind["attributes"]} <= {"string", "time", "integer", "float", "boolean"}
    for thing in document["objects"]:
        assert {"id", "type", "attributes", "relationships"} == thing.keys()
        assert all({"name", "time", "value"} == attribute.keys() for attribute in thing["attributes"])
    for event in document["events"]:
        assert {"id", "type", "time", "attributes", "relationships"} == event.keys()
        assert all({"name", "value"} == attribute.keys() for attribute in event["attributes"])
        assert all({"objectId", "qualifier"} == each.keys() for each in event["relationships"])


def test_json_declares_every_attribute_it_uses(document: dict[str, Any]) -> None:
    for types, members in (("objectTypes", "objects"), ("eventTypes", "events")):
        declared = {each["name"]: {a["name"] for a in each["attributes"]} for each in document[types]}
        for member in document[members]:
            assert {each["name"] for each in member["attributes"]} <= declared[member["type"]]


def test_ids_are_unique_and_relations_point_at_them(document: dict[str, Any]) -> None:
    ids = [thing["id"] for thing in document["objects"]]
    assert ["order:7", "person-1", "person-2", "product:7", "tea"] == sorted(ids)
    related = {each["objectId"] for event in document["events"] for each in event["relationships"]}
    assert set(ids) == related


def test_an_event_tells_its_person_its_things_and_its_properties(document: dict[str, Any]) -> None:
    event = next(each for each in document["events"] if each["id"] == "uid-1")
    assert [
        {"objectId": "order:7", "qualifier": ""}, {"objectId": "person-1", "qualifier": "person"},
        {"objectId": "product:7", "qualifier": "line"}, {"objectId": "tea", "qualifier": "line"},
    ] == event["relationships"]  # fmt: skip
    said = {each["name"]: each["value"] for each in event["attributes"]}
    assert (12.99, "7", '{"a": [1]}', "x") == (said["amount"], said["basket"], said["deep"], said["Ocel_Time_2"])
    assert "2024-03-01T12:00:00.000000Z" == event["time"]


def test_an_objects_properties_do_not_hide_its_label(document: dict[str, Any]) -> None:
    tea = next(thing for thing in document["objects"] if thing["id"] == "tea")
    said = {each["name"]: each["value"] for each in tea["attributes"]}
    assert {"label": "Tea, green", "leaf": "true", "LABEL_2": "own"} == said


def test_sqlite_has_the_standards_tables_and_columns(database: sqlite3.Connection) -> None:
    columns = {
        name: [column[1] for column in database.execute(f"PRAGMA table_info('{name}')")]
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    assert ["ocel_id", "ocel_type"] == columns["event"] == columns["object"]
    assert ["ocel_event_id", "ocel_object_id", "ocel_qualifier"] == columns["event_object"]
    assert ["ocel_source_id", "ocel_target_id", "ocel_qualifier"] == columns["object_object"]
    assert ["ocel_type", "ocel_type_map"] == columns["event_map_type"] == columns["object_map_type"]
    assert ["ocel_id", "ocel_time"] == columns["event_OrderPlaced"][:2]
    assert ["ocel_id", "ocel_time"] == columns["object_Product"][:2]
    assert "ocel_changed_field" == columns["object_Product"][-1]


def test_sqlite_points_only_at_what_there_is(database: sqlite3.Connection) -> None:
    assert [] == database.execute("PRAGMA foreign_key_check").fetchall()
    assert [("ok",)] == database.execute("PRAGMA integrity_check").fetchall()


def test_sqlite_holds_the_same_as_json(database: sqlite3.Connection, document: dict[str, Any]) -> None:
    pairs = database.execute("SELECT ocel_id, ocel_type FROM event").fetchall()
    assert {(each["id"], each["type"]) for each in document["events"]} == set(pairs)
    pairs = database.execute("SELECT ocel_id, ocel_type FROM object").fetchall()
    assert {(each["id"], each["type"]) for each in document["objects"]} == set(pairs)
    related = database.execute("SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object").fetchall()
    said = {(e["id"], r["objectId"], r["qualifier"]) for e in document["events"] for r in e["relationships"]}
    assert said == set(related)
    [order] = database.execute("SELECT amount, basket, ocel_time FROM event_OrderPlaced WHERE ocel_id = 'uid-1'")
    assert (12.99, "7", "2024-03-01T12:00:00.000000Z") == order


def test_types_whose_names_look_alike_get_tables_of_their_own() -> None:
    names = table_names(["order.placed", "Order Placed", "ORDER-PLACED", "…", "è"])
    assert 5 == len({name.lower() for name in names.values()})
    assert all(name.isascii() and name.isalnum() for name in names.values())
