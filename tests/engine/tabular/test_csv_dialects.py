"""However a text table is written, its cells come out."""

import codecs
import gzip

import pytest

from engine.tabular.files import Write, column, read
from vincle.engine.tabular import open_file
from vincle.kernel.errors import BadInput

ANNA_AND_BERTA = [{"row": 2, "name": "Anna", "town": "Vic"}, {"row": 3, "name": "Berta", "town": "Olot"}]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "\x1f", "^", "~", ":"])
def test_the_separator_is_found(write: Write, mark: str) -> None:
    path = write("people.csv", f"name{mark}town\nAnna{mark}Vic\nBerta{mark}Olot\n")
    assert ANNA_AND_BERTA == read(path).rows


def test_a_separator_that_is_said_is_not_looked_for(write: Write) -> None:
    path = write("people.csv", "name;a,town\nAnna;b,Vic\n")
    assert ["Anna;b"] == column(path, "name;a", delimiter=",")
    assert ["b,Vic"] == column(path, "a,town", delimiter=";")


def test_a_separator_that_cannot_be_one_is_refused(write: Write) -> None:
    path = write("people.csv", "name,town\nAnna,Vic\n")
    with pytest.raises(BadInput, match="“ab” cannot separate cells"):
        open_file(path, delimiter="ab")


def test_decimal_commas_do_not_separate(write: Write) -> None:
    path = write("sales.csv", 'client;import\nA;"1,50"\nB;2,75\nC;3,00\n')
    assert ["1,50", "2,75", "3,00"] == column(path, "import")


def test_the_separator_that_excel_announces_is_obeyed(write: Write) -> None:
    path = write("people.csv", "sep=;\nname;town\nAnna;Vic\n")
    assert [{"row": 3, "name": "Anna", "town": "Vic"}] == read(path).rows


def test_columns_set_with_spaces_are_cut_at_the_spaces(write: Write) -> None:
    path = write("people.txt", " name   town\r\n Anna   Vic\r\n Berta  Olot\r\n")
    assert ANNA_AND_BERTA == read(path).rows


def test_a_single_column_is_a_table_too(write: Write) -> None:
    path = write("names.csv", "name\nAnna\n\nBerta\n")
    assert [{"row": 2, "name": "Anna"}, {"row": 4, "name": "Berta"}] == read(path).rows


def test_old_macintosh_line_ends_are_line_ends(write: Write) -> None:
    assert ANNA_AND_BERTA == read(write("people.csv", "name,town\rAnna,Vic\rBerta,Olot\r")).rows


def test_the_last_line_needs_no_end(write: Write) -> None:
    assert ANNA_AND_BERTA == read(write("people.csv", "name,town\nAnna,Vic\nBerta,Olot")).rows


def test_quotes_doubled_inside_quotes_are_one(write: Write) -> None:
    path = write("said.csv", 'who,said\nAnna,"She said ""yes"", then left"\nBerta,nothing\n')
    assert ['She said "yes", then left', "nothing"] == column(path, "said")


def test_quotes_behind_backslashes_are_quotes(write: Write) -> None:
    path = write("said.csv", 'who,said\nAnna,"She said \\"yes\\", then left"\nBerta,"no"\n')
    assert ['She said "yes", then left', "no"] == column(path, "said")


def test_single_quotes_quote_where_there_are_no_double_ones(write: Write) -> None:
    path = write("said.csv", "'who','said'\n'Anna','yes, and no'\n'Berta','no'\n")
    assert ["yes, and no", "no"] == column(path, "said")


def test_titles_above_the_table_are_left_out_and_said(write: Write) -> None:
    path = write("people.csv", "Members 2024\n\nname,town\nAnna,Vic\nBerta,Olot\n")
    found = read(path)
    assert [4, 5] == [row["row"] for row in found.rows]
    assert any("Members 2024" in note for note in found.reader.notes)


def test_a_file_without_names_has_numbered_columns(write: Write) -> None:
    path = write("sales.csv", "1,2024-01-05,10.50\n2,2024-01-06,11.00\n")
    found = read(path)
    assert ("column 1", "column 2", "column 3") == found.reader.columns
    assert [1, 2] == [row["row"] for row in found.rows]


def test_years_may_name_columns(write: Write) -> None:
    assert ("name", "2023", "2024") == open_file(write("totals.csv", "name,2023,2024\nAnna,5,6\n")).columns


def test_repeated_names_are_numbered_and_said(write: Write) -> None:
    found = read(write("people.csv", "name,name,Name\nAnna,Roca,x\n"))
    assert ("name", "name (2)", "Name") == found.reader.columns
    assert any("“name (2)”" in note for note in found.reader.notes)
    assert ["Roca"] == [row["name (2)"] for row in found.rows]


def test_a_column_called_row_does_not_hide_the_row_number(write: Write) -> None:
    assert [{"row": 2, "row (2)": "9", "name": "Anna"}] == read(write("people.csv", "row,name\n9,Anna\n")).rows


def test_columns_without_a_name_get_one(write: Write) -> None:
    assert ("name", "column 2", "town") == open_file(write("people.csv", "name,,town\nAnna,x,Vic\n")).columns


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_the_encoding_is_found(write: Write, encoding: str) -> None:
    path = write("people.csv", "name,town\nMercè,Lleida\nJosé,L’Escala\n".replace("’", "'"), encoding)
    assert ["Mercè", "José"] == column(path, "name")


def test_windows_quotes_and_euro_signs_are_read(write: Write) -> None:
    assert ["“5 €”"] == column(write("prices.csv", "name,price\nAnna,“5 €”\n", "cp1252"), "price")


def test_a_mark_of_utf_32_is_understood(write: Write) -> None:
    path = write("people.csv", codecs.BOM_UTF32_LE + "name,town\nMercè,Lleida\n".encode("utf-32-le"))
    assert ["Mercè"] == column(path, "name")


def test_an_encoding_that_is_said_is_used(write: Write) -> None:
    assert ["Жанна"] == column(write("people.csv", "name,town\nЖанна,Vic\n", "cp1251"), "name", encoding="cp1251")


@pytest.mark.parametrize("encoding", ["no-such-encoding", "base64", "rot13", "undefined"])
def test_an_encoding_that_is_none_is_refused(write: Write, encoding: str) -> None:
    with pytest.raises(BadInput, match=encoding):
        read(write("people.csv", "name,town\nMercè,Vic\n"), encoding=encoding)


def test_a_late_accent_still_tells_the_encoding(write: Write) -> None:
    rows = "".join(f"Anna,{number}\n" for number in range(200_000))
    path = write("people.csv", f"name,number\n{rows}Mercè,1\n".encode("cp1252"))
    assert "Mercè" == column(path, "name")[-1]


def test_a_gzipped_file_is_read_like_a_plain_one(write: Write) -> None:
    path = write("people.csv.gz", gzip.compress(b"name,town\nAnna,Vic\nBerta,Olot\n"))
    assert ANNA_AND_BERTA == read(path).rows


def test_a_gzipped_file_that_is_cut_short_is_refused(write: Write) -> None:
    rows = "".join(f"Anna {number},Vic\n" for number in range(50_000)).encode()
    path = write("people.csv.gz", gzip.compress(b"name,town\n" + rows)[:-100])
    with pytest.raises(BadInput, match="damaged"):
        read(path)
