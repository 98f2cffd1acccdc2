"""Rejected rows are kept in a file that can be mended and brought in again."""

import csv
from pathlib import Path

from engine.tabular.files import Write, read, shaped, visits
from vincle.engine.tabular import open_file, write_rejects
from vincle.engine.tabular.raw_rows import rejects_table
from vincle.engine.tabular.rejects import LINE, REASON

COLUMNS = ["who", "when", "note"]


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_rejects_file_has_the_columns_of_the_original_then_line_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.rejected.csv"
    write_rejects(path, rejects_table([(3, "why", ["A1", "never", "hi"])]), COLUMNS)
    write_rejects(path, rejects_table([(7, "why, too", ["Mercè", "", 'a "b"\nc'])]), COLUMNS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [
        ["who", "when", "note", "line", "reason"],
        ["A1", "never", "hi", "3", "why"],
        ["Mercè", "", 'a "b"\nc', "7", "why, too"],
    ] == lines(path)


def test_formulas_are_shown_and_not_run(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    cells = ["=1+1", "@SUM(A1)", "+34600112233", "-12.5", "-danger", "\tx", "\rx", "'=quoted", "plain", "-1,5%"]
    write_rejects(path, rejects_table([(1, "why", cells)]), [f"c{n}" for n in range(len(cells))])
    assert [
        "'=1+1", "'@SUM(A1)", "+34600112233", "-12.5", "'-danger", "'\tx", "'\rx", "'=quoted", "plain", "-1,5%",
    ] == lines(path)[1][: len(cells)]  # fmt: skip
    row = read(path).rows[0]
    assert ["=1+1", "@SUM(A1)", "+34600112233", "-12.5", "-danger"] == [row[f"c{n}"] for n in range(5)]


def test_cells_beyond_the_last_column_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_rejects(path, rejects_table([(1, "why", ["a", "b", "c", "d"]), (2, "why", ["a"])]), ["x", "y"])
    assert [["a", "b | c | d", "1", "why"], ["a", "", "2", "why"]] == lines(path)[1:]


def test_columns_that_come_late_widen_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_rejects(path, rejects_table([(1, "why", ["a"])]), ["x"])
    write_rejects(path, rejects_table([(2, "why", ["b", "c"])]), ["x", "y"])
    assert [["x", "y", LINE, REASON], ["a", "", "1", "why"], ["b", "c", "2", "why"]] == lines(path)
    assert ["a.csv"] == [one.name for one in tmp_path.iterdir()]


def test_line_and_reason_of_a_returned_file_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "a.rejected.csv"
    write_rejects(path, rejects_table([(3, "why", ["A1", "never", "hi"])]), COLUMNS)
    found = read(path)
    assert ("who", "when", "note") == found.reader.columns
    assert [{"row": 2, "who": "A1", "when": "never", "note": "hi"}] == found.rows
    assert any("are ignored" in note for note in found.reader.notes)


def test_columns_of_these_names_that_are_the_files_own_are_kept(write: Write) -> None:
    path = write("calls.csv", "who,line,reason\nA1,2,refund\nA2,2,question\n")
    assert ("who", "line", "reason") == open_file(path).columns


def test_a_mended_row_gets_the_id_it_would_have_had(write: Write, tmp_path: Path) -> None:
    original = "who,when,note\nA1,2024-01-05,=hi\nA2,NEVER,=ho\nA3,2024-01-06,\n"
    rejected = tmp_path / "shop.rejected.csv"
    write_rejects(rejected, shaped(write("shop.csv", original), visits()).rejects, COLUMNS)
    rejected.write_text(rejected.read_text("utf-8-sig").replace("NEVER", "2024-01-07"), "utf-8")
    [mended] = shaped(rejected, visits()).rows
    whole = shaped(write("shop.csv", original.replace("NEVER", "2024-01-07")), visits()).rows
    assert whole[1]["message_id"] == mended["message_id"]


def test_a_huge_reject_goes_in_and_comes_back(write: Write, tmp_path: Path) -> None:
    path = write("a.csv", f"who,when,note\nA1,2024-01-05,{'x' * 3_000_000}\n")
    rejected = tmp_path / "b.csv"
    write_rejects(rejected, shaped(path, visits()).rejects, COLUMNS)
    write_rejects(rejected, rejects_table([(9, "why", ["a", "b", "c", "d"])]), [*COLUMNS, "late"])
    assert 3_000_000 == len(read(rejected).rows[0]["note"])


def test_nothing_rejected_still_makes_the_file_that_was_asked_for(tmp_path: Path) -> None:
    write_rejects(tmp_path / "a.csv", rejects_table([]), COLUMNS)
    assert [[*COLUMNS, LINE, REASON]] == lines(tmp_path / "a.csv")
