"""Whatever bytes a file holds: rows and rejects come out, or `BadInput`, and nothing else."""

import gzip
import io
import json
import string
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.tabular.files import read, shaped, visits
from engine.tabular.test_ocel import LOG as OCEL_LOG
from engine.tabular.test_ocel import sqlite_log
from engine.tabular.test_xes import LOG as XES_LOG
from vincle.engine.tabular import guess, open_file, shape
from vincle.kernel.errors import BadInput

QUICK = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def swallow(name: str, content: bytes) -> None:
    """Read, guess and shape: every step may only raise `BadInput`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            found = read(path, rows=7)
            mapping = guess(open_file(path)).mapping
            tables = list(shape(open_file(path), mapping, chunk_rows=5))
        except BadInput:
            return
        entered = sum(chunk.interactions.num_rows + chunk.rejects.num_rows for chunk in tables)
        assert len(found.rows) + len(found.rejects) == entered


def example_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in (["who", "when", "n"], ["A1", "2024-01-05", 1.5], ["A2", "2024-01-06", "=1+1"]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def example_parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"who": ["A1", "A2"], "when": ["2024-01-05", "x"], "n": [1.5, None]}), buffer)
    return buffer.getvalue()


def example_sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return sqlite_log(Path(folder) / "log.sqlite").read_bytes()


EXAMPLES: dict[str, bytes] = {
    "a.csv": b'who,when,n\nA1,2024-01-05,"1,5"\nA2,x,\n"A\n3",2024-01-05,1\nA4,2024-01-05\n',
    "utf16.csv": "who;when\nMercè;2024-01-05\n".encode("utf-16"),
    "a.csv.gz": gzip.compress(b"who,when\nA1,2024-01-05\n" * 50),
    "a.jsonl": b'{"who": "A1", "when": "2024-01-05", "a": {"b": [1, null]}}\n{"who": 5}\n[1]\n',
    "a.json": b'[{"who": "A1", "when": "2024-01-05"}, {"who": 1.5}]',
    "a.vcf": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Pau\r\nEMAIL:p@example.org\r\nTEL:+34600111222\r\nEND:VCARD\r\n" * 3,
    "contacts.csv": b"name,email,phone\nAnna,a@example.org,+34600111222\nPau,,+34600111222\nPau,,\n",
    "a.xes": XES_LOG.encode(),
    "ocel.json": json.dumps(OCEL_LOG).encode(),
    "a.xlsx": example_xlsx(),
    "a.parquet": example_parquet(),
    "a.sqlite": example_sqlite(),
}


@QUICK
@given(content=st.binary(max_size=400))
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xes", "a"])
def test_any_bytes_are_rows_or_bad_input(name: str, content: bytes) -> None:
    swallow(name, content)


@QUICK
@given(text=st.text(st.sampled_from(string.printable + "è€\0\ufdd0"), max_size=300))
def test_any_text_is_rows_or_bad_input(text: str) -> None:
    swallow("a.csv", text.encode())


@QUICK
@given(data=st.data())
@pytest.mark.parametrize("name", list(EXAMPLES))
def test_a_damaged_file_is_rows_or_bad_input(name: str, data: st.DataObject) -> None:
    content = bytearray(EXAMPLES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
        assume(content)
    swallow(name, bytes(content))


@QUICK
@given(data=st.data())
@pytest.mark.parametrize("name", ["a.xlsx"])
def test_a_workbook_with_a_damaged_part_is_rows_or_bad_input(name: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(EXAMPLES[name])) as archive:
        parts = {part: bytearray(archive.read(part)) for part in archive.namelist()}
    victim = parts[data.draw(st.sampled_from(sorted(parts)))]
    at = data.draw(st.integers(0, len(victim) - 1))
    victim[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, bytes(content))
    swallow(name, buffer.getvalue())


@QUICK
@given(
    lines=st.lists(
        st.lists(st.text(st.sampled_from("a1 ,;\"\n\r'=-è\t/0"), max_size=8), min_size=1, max_size=4),
        min_size=1,
        max_size=25,
    ),
    size=st.integers(1, 30),
)
def test_every_row_of_a_table_enters_or_is_rejected(lines: list[list[str]], size: int) -> None:
    """Conservation: written as a spreadsheet would, every row that holds something is there exactly once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line] for line in lines]
        path.write_bytes("\r\n".join(["who,when,n", *(",".join(line) for line in quoted)]).encode() + b"\r\n")
        tables = shaped(path, visits(), chunk_rows=size, delimiter=",")
        # A row of empty cells is no row, unless it has a wrong number of them.
        expected = sum(any(line) or len(line) != 3 for line in lines)
        numbers = tables.interactions["row"].to_pylist() + tables.rejects["row"].to_pylist()
        assert expected == len(numbers) == len(set(numbers))
