"""CSV, Parquet and JSON Lines: one row an interaction."""

import csv
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import vincle.engine as ve
from engine.mirrored import NOON, days_after
from vincle.engine.export import FORMATS, export
from vincle.kernel.errors import BadInput


def as_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_what_happened(log: ve.Log, tmp_path: Path) -> None:
    assert {"events": 4} == export(log, tmp_path / "log.csv", format="csv")
    first = as_csv(tmp_path / "log.csv")[0]
    expected = {
        "message_id": "m1", "occurred_at": "2024-03-01T12:00:00.000000Z", "kind": "order.placed", "channel": "counter",
        "place": "Gràcia", "person": "1", "namespace": "email", "identity": "anna@example.org", "staff": "Núria",
        "amount": "12.9900", "currency": "EUR", "score": "0.5", "text": "", "source": "shop", "uid": "uid-1",
    }  # fmt: skip
    assert expected == {name: first[name] for name in expected}
    assert {"basket": 7, "Ocel_Time": "x", "deep": {"a": [1]}} == json.loads(first["properties"])
    assert ["order", "product", "product"] == [thing["type"] for thing in json.loads(first["objects"])]


def test_a_spreadsheet_finds_no_formula_in_csv(log: ve.Log, tmp_path: Path) -> None:
    export(log, tmp_path / "log.csv", format="csv")
    rows = as_csv(tmp_path / "log.csv")
    assert ["", '\'=cmd|"/c calc"!A1\x07\n"<&>', "'@mention", ""] == [row["text"] for row in rows]
    assert ("+34 600 111 222", "-1.0000") == (rows[1]["identity"], rows[2]["amount"])


def test_parquet_keeps_types(log: ve.Log, tmp_path: Path) -> None:
    assert {"events": 4} == export(log, tmp_path / "log.parquet", format="parquet")
    rows = pq.read_table(tmp_path / "log.parquet").to_pylist()
    assert (NOON, Decimal("12.9900"), 0.5) == tuple(rows[0][name] for name in ("occurred_at", "amount", "score"))
    assert (None, None, None) == tuple(rows[3][name] for name in ("person", "amount", "objects"))


def test_json_lines_nest_and_leave_out_what_is_unknown(log: ve.Log, tmp_path: Path) -> None:
    assert {"events": 4} == export(log, tmp_path / "log.jsonl", format="jsonl")
    rows = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    tea = {"type": "product", "key": "tea", "qualifier": "line", "label": "Tea, green", "quantity": 2.0}
    found = next(thing for thing in rows[0]["objects"] if thing["key"] == "tea")
    assert tea == {name: found[name] for name in tea}
    assert (11.99, {"leaf": True, "LABEL": "own"}) == (found["amount"], found["properties"])
    assert '=cmd|"/c calc"!A1\x07\n"<&>' == rows[1]["text"]
    assert {"message_id", "kind", "source", "uid", "occurred_at", "recorded_at"} == rows[3].keys()


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_an_export_can_be_of_a_time_and_of_some_kinds(log: ve.Log, tmp_path: Path, format: str) -> None:  # noqa: A002
    path = tmp_path / "part"
    part = {"since": days_after(1), "until": days_after(3), "kinds": ["order.placed", "visit.seen"]}
    assert 1 == export(log, path, format=format, **part)["events"]
    assert 0 == export(log, path, format=format, kinds=[])["events"]


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_an_empty_log_makes_a_valid_file(empty: ve.Log, tmp_path: Path, format: str) -> None:  # noqa: A002
    assert 0 == export(empty, tmp_path / "out", format=format)["events"]
    assert (tmp_path / "out").is_file()


def test_a_format_we_do_not_write_is_said_so(log: ve.Log, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no format that we write"):
        export(log, tmp_path / "log.doc", format="doc")


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_place_that_cannot_be_written_leaves_nothing_behind(log: ve.Log, tmp_path: Path, format: str) -> None:  # noqa: A002
    with pytest.raises(BadInput, match="cannot be written"):
        export(log, tmp_path / "nowhere" / "log", format=format)
    occupied = tmp_path / "folder"
    occupied.mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        export(log, occupied, format=format)
    assert {"folder", "home"} == {path.name for path in tmp_path.iterdir()}


def test_instants_are_told_in_utc_to_the_microsecond(log: ve.Log, tmp_path: Path) -> None:
    export(log, tmp_path / "log.csv", format="csv")
    moments = [datetime.fromisoformat(row["recorded_at"]) for row in as_csv(tmp_path / "log.csv")]
    assert {datetime(2025, 1, 1, tzinfo=UTC)} == set(moments)
