"""Parquet files: typed columns turned into the texts a person would write."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vincle.engine.tabular import column_names, raw_rows
from vincle.engine.tabular.reader import Raw, Reader
from vincle.kernel.errors import BadInput

_BATCH = 16_384
_FAULTS = (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError, MemoryError)


class ParquetReader(Reader):
    """A Parquet file; `row` counts its rows from 1. Lists and structures become JSON."""

    format = "parquet"

    def __init__(self, path: Path) -> None:
        try:
            with pq.ParquetFile(path) as file:
                found, self._count = file.schema_arrow.names, file.metadata.num_rows
        except _FAULTS as problem:
            raise self._damaged(path) from problem
        names, notes = column_names.named(found)
        super().__init__(path, names, notes)
        self._names = self.columns
        self._passed = 0
        if not self._count:
            raise BadInput(f"“{path.name}” has columns but no rows.", "Check that the export is complete.")

    @property
    def progress(self) -> float:
        return float(self._passed / self._count)

    def _runs(self, rows: int) -> Iterator[Raw]:
        for table, rejects in raw_rows.regrouped(self._batches(), rows):
            yield Raw(table, rejects, self.progress)

    def _batches(self) -> Iterator[tuple[pa.Table, pa.Table]]:
        self._passed = 0
        try:
            with pq.ParquetFile(self.path, page_checksum_verification=True) as file:
                for batch in file.iter_batches(_BATCH, use_threads=False):
                    numbers = pa.array(np.arange(self._passed + 1, self._passed + batch.num_rows + 1))
                    columns = [as_texts(column) for column in batch.columns]
                    self._passed += batch.num_rows
                    yield pa.table([numbers, *columns], names=["row", *self._names]), raw_rows.rejects_table([])
        except _FAULTS as problem:
            raise self._damaged(self.path) from problem

    @staticmethod
    def _damaged(path: Path) -> BadInput:
        return BadInput(f"“{path.name}” is damaged: it is not a whole Parquet file.", "Ask for the file again.")


def as_texts(column: pa.Array) -> pa.Array:  # noqa: PLR0911 - one line a type
    """Any Arrow column as strings: 17850.0 is '17850', moments are ISO 8601, nested values JSON."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_texts(column.dictionary_decode())
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_finite(column), column, None).cast(pa.string())
    if pa.types.is_timestamp(kind):
        return _moments(column)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return _bytes(column)
    if pa.types.is_nested(kind) or pa.types.is_duration(kind) or isinstance(kind, pa.BaseExtensionType):
        return _json(column)
    return column.cast(pa.string())


def _moments(column: pa.Array) -> pa.Array:
    """To the microsecond; zoned ones in UTC with a Z, so that no zone database is needed."""
    whole = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    texts = whole.cast(pa.int64()).cast(pa.timestamp("us")).cast(pa.string())
    short = pc.replace_substring_regex(texts, r"(\.\d*?)0+$", r"\1")
    short = pc.replace_substring_regex(short, r"\.$", "")
    return pc.binary_join_element_wise(short, "Z", "") if column.type.tz else short


def _bytes(column: pa.Array) -> pa.Array:
    """Texts that some writers store as bytes; real bytes in hexadecimal."""
    try:
        return column.cast(pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([None if value is None else value.hex() for value in column.to_pylist()], pa.string())


def _json(column: pa.Array) -> pa.Array:
    values = pa.table({"value": column.storage if isinstance(column, pa.ExtensionArray) else column})
    with duckdb.connect() as connection:
        connection.register("given", values)
        rows = connection.sql("SELECT CASE WHEN value IS NOT NULL THEN to_json(value)::VARCHAR END AS text FROM given")
        return rows.to_arrow_table().column("text").combine_chunks()
