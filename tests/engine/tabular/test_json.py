"""JSON Lines and arrays of objects."""

import gzip
import json

import pytest

from engine.tabular.files import Write, read
from vincle.engine.tabular import open_file
from vincle.kernel.errors import BadInput


def test_each_line_is_a_row(write: Write) -> None:
    path = write("a.jsonl", '{"name": "Anna", "town": "Vic"}\n\n{"name": "Berta"}\n')
    assert [
        {"row": 1, "name": "Anna", "town": "Vic"},
        {"row": 3, "name": "Berta", "town": None},
    ] == read(path).rows


def test_values_come_as_they_are_written(write: Write) -> None:
    path = write(
        "a.jsonl", '{"a": 1.10, "b": 123456789012345678901234.5, "c": true, "d": null, "e": "è", "f": [1, "x"]}\n'
    )
    assert [{"row": 1, "a": "1.10", "b": "123456789012345678901234.5", "c": "true", "e": "è", "f": '[1,"x"]'}] == read(
        path
    ).rows


def test_objects_inside_objects_become_dotted_columns(write: Write) -> None:
    path = write("a.jsonl", '{"customer": {"email": "anna@example.org", "address": {"town": "Vic"}}}\n')
    assert [{"row": 1, "customer.email": "anna@example.org", "customer.address.town": "Vic"}] == read(path).rows


def test_a_key_that_comes_late_becomes_a_column_from_there_on(write: Write) -> None:
    lines = [json.dumps({"name": f"Anna {number}"}) for number in range(1500)] + ['{"name": "Berta", "town": "Vic"}']
    found = read(write("a.jsonl", "\n".join(lines)), rows=1000)
    assert ("name",) == found.reader.columns
    assert "Vic" == found.rows[-1]["town"]


def test_lines_that_are_no_objects_are_rejected(write: Write) -> None:
    path = write("a.jsonl", '{"name": "Anna"}\n[1, 2]\n{"name": \n"text"\n{"name": "Berta"}\n')
    found = read(path)
    assert ["Anna", "Berta"] == [row["name"] for row in found.rows]
    assert [
        (2, "The line is not a JSON object."),
        (3, "The line is not whole, valid JSON."),
        (4, "The line is not a JSON object."),
    ] == found.rejects


def test_bytes_that_are_not_utf_8_reject_their_line(write: Write) -> None:
    found = read(write("a.jsonl", b'{"name": "Merc\xc3\xa8"}\n{"name": "Jos\xe9"}\n'))
    assert ["Mercè"] == [row["name"] for row in found.rows]
    assert [(2, "The line has characters that are not UTF-8.")] == found.rejects


def test_an_array_of_objects_is_read_too(write: Write) -> None:
    found = read(write("a.json", '[{"name": "Anna"},\n {"name": "Berta"}, 3]'))
    assert [(1, "Anna"), (2, "Berta")] == [(row["row"], row["name"]) for row in found.rows]
    assert [3] == [row for row, _ in found.rejects]


def test_a_gzipped_file_is_read(write: Write) -> None:
    assert "Anna" == read(write("a.jsonl.gz", gzip.compress(b'{"name": "Anna"}\n'))).rows[0]["name"]


def test_lone_surrogates_and_zeros_do_not_get_in(write: Write) -> None:
    found = read(write("a.jsonl", '{"name": "An\\u0000na"}\n{"name": "\\ud800"}\n'))
    assert ["Anna"] == [row["name"] for row in found.rows]
    assert [2] == [row for row, _ in found.rejects]


@pytest.mark.parametrize("content", ["[]", "[1, 2]", '{"name": ', "{]\n{]\n"])
def test_what_is_no_list_of_objects_is_refused(write: Write, content: str) -> None:
    with pytest.raises(BadInput):
        open_file(write("a.json", content))


def test_ever_new_keys_are_refused(write: Write) -> None:
    path = write("a.jsonl", "\n".join(json.dumps({f"key {number}": 1}) for number in range(3000)))
    with pytest.raises(BadInput, match="more than 2,000 columns"):
        read(path)


def test_a_line_that_no_memory_should_hold_is_refused(write: Write) -> None:
    path = write("a.jsonl", '{"name": "Anna"}\n{"name": "' + "x" * (20 * 1024 * 1024) + '"}\n')
    with pytest.raises(BadInput, match=r"longer than 16\.0 MiB"):
        read(path)


@pytest.mark.parametrize("depth", [20, 100_000])
def test_nesting_without_end_does_no_harm(write: Write, depth: int) -> None:
    line = '{"a":' * depth + "1" + "}" * depth
    found = read(write("a.jsonl", '{"name": "Anna"}\n' + line + "\n"))
    assert "Anna" == found.rows[0]["name"]
