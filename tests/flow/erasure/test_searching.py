"""Whether a file names somebody, whatever kind of file it is."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vincle.flow.erasure.disk import search
from vincle.flow.erasure.searching import long_enough, names_one_of

ANNA = "anna@example.org"


def text(path: Path, said: str) -> None:
    path.write_text(said, "utf-8")


def old_text(path: Path, said: str) -> None:
    path.write_text(said, "cp1252")


def wide_text(path: Path, said: str) -> None:
    path.write_text(said, "utf-16")


def packed(path: Path, said: str) -> None:
    path.write_bytes(gzip.compress(said.encode()))


def workbook(path: Path, said: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{said}</t></si>")


def columns(path: Path, said: str) -> None:
    pq.write_table(pa.table({"number": [1, 2], 'who "is"': ["x", said]}), path, compression="zstd")


KINDS = [text, old_text, wide_text, packed, workbook, columns]


@pytest.mark.parametrize("write", KINDS)
def test_a_file_that_names_somebody(tmp_path: Path, write: Callable[[Path, str], None]) -> None:
    write(tmp_path / "file", f"2026-01-01;{ANNA};Mercè")
    assert names_one_of(tmp_path / "file", [ANNA])
    assert not names_one_of(tmp_path / "file", ["berta@example.org"])


@pytest.mark.parametrize("write", [text, packed, workbook, columns])
@pytest.mark.parametrize("said", [f"jo{ANNA}", f"{ANNA}anisation", f"j.{ANNA}", "annb@example.org", ""])
def test_a_file_that_names_somebody_alike(tmp_path: Path, write: Callable[[Path, str], None], said: str) -> None:
    write(tmp_path / "file", said)
    assert not names_one_of(tmp_path / "file", [ANNA])


def test_a_name_across_two_blocks_is_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x " * ((1 << 19) - 5) + b"   " + ANNA.encode() + b" x" * 1_000)
    assert names_one_of(tmp_path / "file", [ANNA])


def test_what_is_short_is_not_looked_for(tmp_path: Path) -> None:
    text(tmp_path / "file", "C1 is here")
    assert not names_one_of(tmp_path / "file", ["C1"])
    assert ["customer 7"] == long_enough(["C1", "customer 7", "12345", ""])


def test_bytes_are_found_with_what_stands_beside_them(tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(b"\x00CUST-1\x05 CUST-10")
    (tmp_path / "empty").write_bytes(b"")
    folder = tmp_path / "folder"
    folder.mkdir()
    text(folder / "letter", "to CUST-1")
    text(folder / "other", "to CUST-10")
    raw = [tmp_path / "raw", tmp_path / "empty", tmp_path / "none"]
    seen = search(["CUST-1"], raw=raw, folders=[folder, tmp_path / "nowhere"])
    assert {(0, 5), (32, ord("0"))} == seen.hits[tmp_path / "raw"]["CUST-1"]
    assert [{}, {}] == [seen.hits[path] for path in raw[1:]]
    assert [folder / "letter"] == seen.naming
