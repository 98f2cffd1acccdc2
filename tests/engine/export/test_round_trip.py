"""What we write, our own importer reads: the same events, people, money and things."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import vincle.engine as ve
from vincle.engine.export import export
from vincle.engine.tabular import guess, open_file, shape
from vincle.engine.tabular.mapping import Amount, Mapping, Score, What, When, Where, Who
from vincle.engine.tabular.reader import Reader

ROWS = Mapping(
    "again",
    who=(Who("person", "person"),),
    when=When("occurred_at"),
    what=What("kind"),
    where=Where(channel_column="channel", place_column="place"),
    amount=Amount("amount", currency_column="currency"),
    score=Score("score", -1, 1),
    text="text",
    staff="staff",
    message_id="message_id",
    objects_column="objects",
    ignore=("uid", "source", "recorded_at"),
)


def guessed(reader: Reader) -> Mapping:
    return guess(reader, source="again", timezone="UTC", country="ES", currency="EUR").mapping


def read(path: Path, mapping: Callable[[Reader], Mapping]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Interactions and objects that a file gives, and how many rows could not enter."""
    reader = open_file(path)
    chunks = list(shape(reader, mapping(reader)))
    tables = [pa.concat_tables(getattr(chunk, name) for chunk in chunks) for name in ("interactions", "objects")]
    return tables[0].to_pylist(), tables[1].to_pylist(), sum(chunk.rejects.num_rows for chunk in chunks)


@pytest.mark.parametrize("name", ["log.csv", "log.parquet", "log.jsonl"])
def test_rows_come_back_as_they_went(log: ve.Log, tmp_path: Path, name: str) -> None:
    export(log, tmp_path / name, format=name.partition(".")[2])
    interactions, objects, refused = read(tmp_path / name, lambda _: ROWS)
    assert 1 == refused  # whoever is not known cannot be named again
    first = interactions[0]
    assert ("m1", "order.placed", "counter", "Gràcia", "1", "Núria", 129_900, "EUR", 0.5) == tuple(
        first[column] for column in
        ("message_id", "kind", "channel", "place", "identity", "staff", "amount", "currency", "score")
    )  # fmt: skip
    assert ["m1", "m2", "m3"] == [row["message_id"] for row in interactions]
    things = {
        (row["row"], row["type"], row["key"], row["qualifier"], row["quantity"], row["amount"]) for row in objects
    }
    number = first["row"]
    assert {
        (number, "product", "tea", "line", 2.0, 119_900), (number, "product", "7", "line", None, None),
        (number, "order", "7", "", None, None),
    } <= things  # fmt: skip
    assert 5 == len(things)


def test_xes_comes_back_with_its_cases_times_and_money(log: ve.Log, tmp_path: Path) -> None:
    export(log, tmp_path / "log.xes.gz", format="xes")
    interactions, _, refused = read(tmp_path / "log.xes.gz", guessed)
    assert 0 == refused
    found = sorted((row["occurred_at"].day, row["kind"], row["identity"], row["amount"]) for row in interactions)
    assert [
        (1, "order.placed", "person-1", 129_900), (2, "form.sent", "person-2", None),
        (3, "order.placed", "person-1", -10_000),
    ] == found  # fmt: skip


@pytest.mark.parametrize(("name", "format"), [("log.json", "ocel-json"), ("log.sqlite", "ocel-sqlite")])
def test_ocel_comes_back_with_its_objects(log: ve.Log, tmp_path: Path, name: str, format: str) -> None:  # noqa: A002
    export(log, tmp_path / name, format=format)
    interactions, objects, refused = read(tmp_path / name, guessed)
    assert 1 == refused
    assert {("uid-1", "order.placed", "person-1"), ("uid-2", "form.sent", "person-2"),
            ("uid-3", "order.placed", "person-1")} == {
        (row["message_id"], row["kind"], row["identity"]) for row in interactions
    }  # fmt: skip
    related = {(row["type"], row["key"], row["qualifier"]) for row in objects}
    assert {("product", "tea", "line"), ("product", "product:7", "line"), ("order", "order:7", "")} <= related
