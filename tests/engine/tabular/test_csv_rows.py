"""Every row of a text table comes out with its line, or is rejected with its reason."""

import json

import pytest

from engine.tabular.files import Write, column, read
from vincle.engine.tabular import open_file
from vincle.kernel.errors import BadInput

MIB = 1024 * 1024


def test_rows_carry_the_line_they_begin_on(write: Write) -> None:
    path = write("said.csv", 'who,said\nAnna,"one\ntwo\r\nthree"\n\nBerta,"four"\nCarla,five\n')
    assert [2, 6, 7] == [row["row"] for row in read(path).rows]


def test_ragged_rows_are_rejected_with_their_line_and_cells(write: Write) -> None:
    path = write("people.csv", 'name,town\nAnna,Vic\nBerta\nCarla,"Olot\nnew",x\nDolors,Vic\n')
    found = read(path)
    assert [(2, "Anna"), (6, "Dolors")] == [(row["row"], row["name"]) for row in found.rows]
    assert [
        (3, "The row has 1 cells where 2 are expected."),
        (4, "The row has 3 cells where 2 are expected."),
    ] == found.rejects
    assert [["Berta"], ["Carla", "Olot\nnew", "x"]] == [json.loads(raw) for raw in found.raw]


def test_a_ragged_last_row_is_rejected_too(write: Write) -> None:
    assert [(3, "The row has 1 cells where 2 are expected.")] == read(write("a.csv", "a,b\n1,2\nonly")).rejects


def test_a_file_of_ragged_rows_alone_has_only_rejects(write: Write) -> None:
    found = read(write("a.csv", "a,b\n1\n2\n"), delimiter=",")
    assert [] == found.rows
    assert [2, 3] == [line for line, _ in found.rejects]


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_how_a_file_is_cut_changes_nothing(write: Write, size: int) -> None:
    lines = [f"name {number},town {number}" if number % 3 else "ragged" for number in range(20)]
    path = write("people.csv", "name,town\n" + "\n".join(lines) + "\n")
    found, whole = read(path, rows=size), read(path)
    assert whole.rows == found.rows
    assert whole.rejects == found.rejects


def test_empty_lines_and_rows_of_empty_cells_are_no_rows(write: Write) -> None:
    path = write("people.csv", "name,town\n\nAnna,Vic\n,\n\n\nBerta,\n\n")
    assert [(3, "Anna"), (7, "Berta")] == [(row["row"], row["name"]) for row in read(path).rows]


def test_bytes_that_are_not_in_the_encoding_reject_their_row_only(write: Write) -> None:
    path = write("people.csv", b"name,town\nMerc\xc3\xa8,Vic\nJos\xe9,Vic\nN\xc3\xbaria,Olot\n")
    found = read(path)
    assert ["Mercè", "Núria"] == [row["name"] for row in found.rows]
    assert [(3, "The row has characters that are not UTF-8; say which encoding the file is in.")] == found.rejects
    assert ['["Jos\ufffd", "Vic"]'] == found.raw


def test_zeros_in_a_text_are_taken_out(write: Write) -> None:
    assert ["Anna"] == column(write("people.csv", b"name,town\nAn\x00na,Vic\n"), "name")


def test_an_apostrophe_before_a_formula_is_taken_away(write: Write) -> None:
    path = write("notes.csv", "note,n\n'=SUM(A1),1\n'@home,2\n'quoted',3\n'-5 items,4\n")
    assert ["=SUM(A1)", "@home", "'quoted'", "-5 items"] == column(path, "note")


def test_one_field_of_ten_megabytes_is_read(write: Write) -> None:
    path = write("notes.csv", "who,note\nAnna," + "x" * (10 * MIB) + "\nBerta,short\n")
    assert [10 * MIB, 5] == [len(note or "") for note in column(path, "note")]


def test_one_quoted_field_of_ten_megabytes_with_line_breaks_is_read(write: Write) -> None:
    text = "a line of a long letter\n" * (10 * MIB // 24)
    found = read(write("notes.csv", f'who,note\nAnna,"{text}"\nBerta,short\n'))
    assert [text, "short"] == [row["note"] for row in found.rows]
    assert [2, 3 + text.count("\n")] == [row["row"] for row in found.rows]


def test_a_row_that_no_memory_should_hold_is_refused(write: Write) -> None:
    path = write("notes.csv", "who,note\nAnna," + "x" * (40 * MIB) + "\nBerta,short\n")
    with pytest.raises(BadInput, match=r"cannot be read beyond line \d+: a row there is longer than 16.0 MiB"):
        read(path)


def test_a_quotation_mark_that_is_never_closed_is_told(write: Write) -> None:
    rows = "Anna,Vic\n" * (5 * MIB)
    path = write("people.csv", f'name,town\nAnna,Vic\nBerta,"Olot\n{rows}')
    with pytest.raises(BadInput, match="quotation mark is opened and never closed"):
        read(path)


def test_a_million_columns_are_refused(write: Write) -> None:
    header = ",".join(f"c{number}" for number in range(1_000_000))
    path = write("wide.csv", f"{header}\n{','.join(['1'] * 1_000_000)}\n")
    with pytest.raises(BadInput, match="more than 2,000 columns"):
        open_file(path)


def test_two_thousand_columns_are_read(write: Write) -> None:
    header = ",".join(f"c{number}" for number in range(2_000))
    found = read(write("wide.csv", f"{header}\n{','.join(['1'] * 2_000)}\n"))
    assert 2_001 == len(found.rows[0])


@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"   \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(write: Write, content: bytes) -> None:
    with pytest.raises(BadInput, match="is empty"):
        open_file(write("empty.csv", content))


@pytest.mark.parametrize("content", ["name,town\n", "name,town", "name,town\n\n\n"])
def test_a_header_alone_is_refused(write: Write, content: str) -> None:
    with pytest.raises(BadInput, match="has column names but no rows"):
        open_file(write("header.csv", content))


def test_progress_goes_from_nothing_to_all(write: Write) -> None:
    path = write("people.csv", "name,town\n" + "Anna,Vic\n" * 1000)
    reader = open_file(path)
    assert 0 == reader.progress
    shares = [run.progress for run in reader.chunks(100)]
    assert sorted(shares) == shares
    assert 1 == reader.progress


def test_a_sample_is_the_first_rows_without_their_numbers(write: Write) -> None:
    sample = open_file(write("people.csv", "name,town\nAnna,Vic\nBerta,Olot\nCarla,Vic\n")).sample(2)
    assert [{"name": "Anna", "town": "Vic"}, {"name": "Berta", "town": "Olot"}] == sample.to_pylist()
