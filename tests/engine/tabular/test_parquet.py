"""Parquet: typed values as the texts a person would write."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.tabular.files import read
from vincle.engine.tabular import open_file
from vincle.kernel.errors import BadInput

MOMENT = dt.datetime(2024, 2, 29, 13, 45, 30, 120_000)  # noqa: DTZ001 - without a zone on purpose
IN_ZONE = dt.datetime(2024, 2, 29, 13, 45, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([17850.0, 2.55, float("nan"), None], pa.float64(), ["17850", "2.55", None, None]),
        ([1, -2], pa.int32(), ["1", "-2"]),
        ([Decimal("1.10")], pa.decimal128(10, 2), ["1.10"]),
        ([True, False], pa.bool_(), ["true", "false"]),
        ([MOMENT], pa.timestamp("us"), ["2024-02-29 13:45:30.12"]),
        ([MOMENT.replace(microsecond=0)], pa.timestamp("ns"), ["2024-02-29 13:45:30"]),
        ([IN_ZONE], pa.timestamp("ms", "Europe/Madrid"), ["2024-02-29 13:45:30Z"]),
        ([dt.date(1970, 1, 2)], pa.date32(), ["1970-01-02"]),
        (["a", "b", "a"], pa.dictionary(pa.int8(), pa.string()), ["a", "b", "a"]),
        (["a"], pa.large_string(), ["a"]),
        ([b"text"], pa.binary(), ["text"]),
        ([b"\xff\xfe"], pa.binary(), ["fffe"]),
        ([[1, 2], None], pa.list_(pa.int64()), ["[1,2]", None]),
        ([{"a": 1}], pa.struct([("a", pa.int64())]), ['{"a":1}']),
        ([None, None], pa.null(), [None, None]),
    ],
    ids=str,
)
def test_a_column_comes_as_texts(tmp_path: Path, values: list[Any], kind: pa.DataType, texts: list[str | None]) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"n": range(len(values)), "value": pa.array(values, kind)}), path)
    assert texts == [row["value"] for row in read(path).rows]


def test_rows_are_numbered_across_groups(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"n": range(100)}), path, row_group_size=7)
    assert list(range(1, 101)) == [row["row"] for row in read(path, rows=13).rows]


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"n": range(100)}), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BadInput, match="damaged"):
        open_file(path)


def test_a_page_that_fails_its_checksum_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"n": [str(n) for n in range(10_000)]}), path, write_page_checksum=True)
    content = bytearray(path.read_bytes())
    content[100:400] = b"\xff" * 300
    path.write_bytes(content)
    with pytest.raises(BadInput):
        read(path)


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"n": pa.array([], pa.int64())}), tmp_path / "a.parquet")
    with pytest.raises(BadInput, match="has columns but no rows"):
        open_file(tmp_path / "a.parquet")
