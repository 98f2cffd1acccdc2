"""Rows without an id of their own get one that says what they are, not where they stand."""

import hashlib
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.tabular.files import Write, shaped, visits
from vincle.engine.tabular.mapping import What, When
from vincle.kernel.clock import to_micros

HEADER = "who,when,note\n"
ANNA, BERTA, CARLA = "A1,2024-01-05 10:00,hi\n", "A2,2024-01-05 10:00,hi\n", "A3,2024-01-06 10:00,\n"


def ids(write: Write, content: str, name: str = "a.csv", **changes: object) -> list[str]:
    return [row["message_id"] for row in shaped(write(name, content), visits(**changes)).rows]


def test_an_id_is_the_moment_and_the_fingerprint_of_what_the_row_says(write: Write) -> None:
    [found] = ids(write, HEADER + ANNA)
    moment = to_micros(datetime(2024, 1, 5, 10, tzinfo=UTC)) + 62_135_596_800_000_000
    content = hashlib.md5(b"note=hi\x1fwhen=2024-01-05 10:00\x1fwho=A1", usedforsecurity=False).hexdigest()
    assert f"{moment:016x}{content[:16]}" == found


def test_reading_the_same_file_again_gives_the_same_ids(write: Write) -> None:
    assert ids(write, HEADER + ANNA + BERTA) == ids(write, HEADER + ANNA + BERTA)


def test_a_longer_export_only_brings_new_ids(write: Write) -> None:
    old = ids(write, HEADER + ANNA + BERTA)
    assert set(old) < set(ids(write, HEADER + ANNA + BERTA + CARLA))
    assert set(old) < set(ids(write, HEADER + CARLA + BERTA + ANNA))


def test_identical_rows_are_all_kept(write: Write) -> None:
    found = ids(write, HEADER + ANNA + BERTA + ANNA + ANNA)
    assert [found[0], f"{found[0]}-2", f"{found[0]}-3"] == [found[0], found[2], found[3]]


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_identical_rows_are_counted_across_chunks(write: Write, size: int) -> None:
    path = write("a.csv", HEADER + (ANNA + BERTA + ANNA) * 5)
    found = [row["message_id"] for row in shaped(path, visits(), chunk_rows=size).rows]
    assert 15 == len(set(found))
    assert f"{found[0]}-10" == found[-1]


def test_neither_the_order_of_columns_nor_an_empty_new_one_changes_an_id(write: Write) -> None:
    assert ids(write, HEADER + ANNA) == ids(write, "note,colour,when,who\nhi,,2024-01-05 10:00,A1\n")


def test_another_mapping_does_not_change_an_id(write: Write) -> None:
    assert ids(write, HEADER + ANNA) == ids(write, HEADER + ANNA, text="note", what=What(kind="call.made"))


def test_the_same_cells_have_the_same_id_in_every_format(write: Write) -> None:
    path = write("a.parquet", b"")
    pq.write_table(pa.table({"who": ["A1"], "when": ["2024-01-05 10:00"], "note": ["hi"]}), path)
    [in_parquet] = [row["message_id"] for row in shaped(path, visits()).rows]
    in_lines = ids(write, '{"who": "A1", "when": "2024-01-05 10:00", "note": "hi"}\n', "a.jsonl")
    assert ids(write, HEADER + ANNA) == [in_parquet] == in_lines


def test_a_date_that_the_row_does_not_say_is_not_in_its_id(write: Write) -> None:
    first = ids(write, "who,note\nA1,hi\n", when=When(moment="2024-01-05"))
    assert first == ids(write, "who,note\nA1,hi\n", when=When(moment="2026-07-01"))


def test_ids_of_the_file_are_used_as_they_are(write: Write) -> None:
    found = ids(write, "id,who,when\ne-1,A1,2024-01-05\n,A2,2024-01-05\n", message_id="id")
    assert "e-1" == found[0]
    assert 32 == len(found[1])


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_an_id_that_is_used_twice_rejects_the_second_row(write: Write, size: int) -> None:
    path = write("a.csv", "id,who,when\ne-1,A1,2024-01-05\ne-2,A1,2024-01-05\ne-1,A2,2024-01-06\n")
    tables = shaped(path, visits(message_id="id"), chunk_rows=size)
    assert ["e-1", "e-2"] == [row["message_id"] for row in tables.rows]
    assert ["“e-1” in “id” is the id of an earlier row of this file already"] == tables.reasons
    assert [4] == tables.rejects["row"].to_pylist()


def test_a_rejected_row_does_not_use_up_its_id(write: Write) -> None:
    path = write("a.csv", "id,who,when\ne-1,A1,never\ne-1,A1,2024-01-05\n")
    assert ["e-1"] == [row["message_id"] for row in shaped(path, visits(message_id="id")).rows]
