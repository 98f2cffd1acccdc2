"""What is in a file decides how it is read; whatever it is called, it does no harm."""

import gzip
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.tabular.files import Write, read, zipped
from vincle.engine.tabular import open_file, rejects_path, source_name
from vincle.kernel.errors import BadInput

PEOPLE = "name,town\nAnna,Vic\nBerta,Olot\n"


def test_a_text_table_is_one_under_any_name(write: Write) -> None:
    for name in ("people.csv", "people.txt", "people.dat", "people", "people.tsv"):
        assert 2 == len(read(write(name, PEOPLE)).rows)


def test_a_parquet_file_called_csv_is_read_as_parquet(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    pq.write_table(pa.table({"name": ["Anna"]}), path)
    assert "parquet" == open_file(path).format


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        b"%PDF-1.7 " + bytes(1000),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
        b"\x7fELF" + bytes(1000),
        os.urandom(16).join([b"\x01\x02\x03\x04\x05\x06\x07\x08"] * 200),
        gzip.compress(b"\x7fELF" + bytes(range(256)) * 20),
    ],
    ids=["picture", "pdf", "old excel", "program", "noise", "zipped noise"],
)
def test_a_binary_file_renamed_to_csv_is_refused(write: Write, content: bytes) -> None:
    with pytest.raises(BadInput, match=r"“people\.csv” is "):
        open_file(write("people.csv", content))


@pytest.mark.parametrize("name", ["book.xlsx", "rows.parquet", "log.sqlite"])
def test_text_renamed_to_a_binary_format_is_refused(write: Write, name: str) -> None:
    with pytest.raises(BadInput, match="whatever its name says"):
        open_file(write(name, PEOPLE))


def test_an_archive_is_not_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a ZIP archive, not an Excel workbook"):
        open_file(zipped(tmp_path / "people.xlsx", {"people.csv": PEOPLE}))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no file “nowhere\.csv” there"):
        open_file(tmp_path / "nowhere.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        open_file(tmp_path)


@pytest.mark.parametrize("path", ["a\0b.csv", "x" * 5000])
def test_a_name_that_no_file_can_have_is_told(path: str) -> None:
    with pytest.raises(BadInput):
        open_file(path)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("sales.csv", "sales"),
        ("Vendes Botiga 2024.CSV", "vendes_botiga_2024"),
        ("../../etc/passwd", "passwd"),
        ("/etc/shadow.csv", "shadow"),
        ("..\\..\\windows\\system32.csv", "system32"),
        ("a\0b\n'; DROP TABLE x;--.csv", "ab_drop_table_x"),
        ("log.xes.gz", "log"),
        ("orders.rejected.csv", "orders"),
        ("2024.csv", "file_2024"),
        ("...csv", "import"),
        ("日本.csv", "import"),
        ("x" * 500 + ".csv", "x" * 60),
    ],
)
def test_a_source_is_called_after_the_last_part_of_a_path_only(path: str, name: str) -> None:
    assert name == source_name(path)


def test_rejects_stay_in_their_folder(tmp_path: Path) -> None:
    assert tmp_path / "passwd.rejected.csv" == rejects_path(Path("../../etc/passwd"), tmp_path)
