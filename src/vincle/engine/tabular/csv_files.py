"""CSV, TSV and their relatives: streamed through Arrow's parser, a block at a time."""

import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from vincle.engine.tabular import column_names, encodings, raw_rows
from vincle.engine.tabular.csv_text import LineNumbers, TextFile
from vincle.engine.tabular.dialect import NONE, SPACES, Dialect, records, sniff
from vincle.engine.tabular.encodings import DAMAGED, SHOWN, Encoding, Utf8Blocks
from vincle.engine.tabular.limits import MAX_RECORD, MiB, human
from vincle.engine.tabular.reader import Raw, Reader
from vincle.engine.tabular.streams import ByteStream
from vincle.kernel.errors import BadInput

_SAMPLE = 1 * MiB
_LOOK_AHEAD = 64  # blocks of a mebibyte that are looked at to know the encoding
_NOTHING_IMPORTED = "Check that it is the file you meant; nothing was imported."


class CsvReader(Reader):
    """A delimited text file.

    `row` is the line on which a row begins. Empty lines are no rows. A row with more or fewer cells than the header,
    or with bytes that the encoding does not know, is a reject.
    """

    format = "csv"

    def __init__(self, path: Path, *, delimiter: str | None = None, encoding: str | None = None) -> None:
        self._encoding = _encoding(path, encoding)
        text = _beginning(path, self._encoding)
        if not text.strip("\0 \t\r\n"):
            raise BadInput(f"“{path.name}” is empty.", _NOTHING_IMPORTED)
        self._dialect = dialect = sniff(text, _one_character(delimiter))
        lines = list(itertools.islice(io.StringIO(text, newline=""), dialect.skipped))
        self._skipped = len("".join(lines).encode())
        if (
            dialect.header is not None
            and len(text) < _SAMPLE // 4
            and not text[len("".join(lines)) :].strip("\0 \t\r\n")
        ):
            raise BadInput(f"“{path.name}” has column names but no rows.", _NOTHING_IMPORTED)
        names, notes = (
            column_names.named(dialect.header) if dialect.header else (column_names.numbered(dialect.width), [])
        )
        super().__init__(path, names, [*_described(self._encoding, dialect), *notes])
        self._schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
        self._stream: ByteStream | None = None

    @property
    def progress(self) -> float:
        return self._stream.fraction if self._stream else 0.0

    def _runs(self, rows: int) -> Iterator[Raw]:
        with ByteStream(self.path) as stream:
            self._stream = stream
            for table, rejects in raw_rows.regrouped(self._read(stream), rows):
                yield Raw(table, rejects, stream.fraction)

    def _read(self, stream: ByteStream) -> Iterator[tuple[pa.Table, pa.Table]]:
        text = TextFile(stream, self._encoding, self._dialect, self._skipped)
        numbers = LineNumbers(self._dialect.skipped + 1)
        try:
            for batch in self._parsed(text, numbers):
                yield self._sorted_out(batch, numbers, damaged=text.damaged)
        except pa.ArrowInvalid as problem:
            raise BadInput(
                f"“{self.path.name}” cannot be read beyond line {numbers.line:,}: a row there is longer than "
                f"{human(MAX_RECORD)}, or a quotation mark is opened and never closed.",
                "Mend that line and import the file again: rows already imported do not enter twice.",
            ) from problem
        nothing = pa.table([pa.array([], kind) for kind in self._schema.types], schema=self._schema)
        yield nothing, self._ragged(numbers.rest())

    def _parsed(self, text: TextFile, numbers: LineNumbers) -> Iterator[pa.RecordBatch]:
        dialect = self._dialect
        spaced = dialect.delimiter == SPACES
        try:
            return iter(
                arrow_csv.open_csv(
                    pa.PythonFile(text, mode="r"),
                    arrow_csv.ReadOptions(
                        use_threads=False,  # the only way Arrow tells which rows it refuses
                        block_size=MAX_RECORD,
                        column_names=self._schema.names[1:],
                    ),
                    arrow_csv.ParseOptions(
                        delimiter=NONE if spaced else dialect.delimiter,
                        quote_char=False if spaced else dialect.quote,
                        double_quote=dialect.escape is None,
                        escape_char=dialect.escape or False,
                        newlines_in_values=True,
                        ignore_empty_lines=False,
                        invalid_row_handler=numbers.refuse,
                    ),
                    arrow_csv.ConvertOptions(
                        check_utf8=False,  # `Utf8Blocks` has done it
                        column_types=dict.fromkeys(self._schema.names[1:], pa.string()),
                        strings_can_be_null=False,
                    ),
                )
            )
        except pa.ArrowInvalid as problem:
            if "Empty CSV" in str(problem):
                return iter(())
            raise

    def _sorted_out(self, batch: pa.RecordBatch, numbers: LineNumbers, *, damaged: bool) -> tuple[pa.Table, pa.Table]:
        """Rows with their lines, without the empty ones; the ragged and the unreadable apart."""
        lines, ragged = numbers.of(batch)
        table = pa.Table.from_arrays([pa.array(lines), *batch.columns], schema=self._schema)
        table = table.filter(pc.invert(blank)) if (blank := _blank(table)) is not None else table
        rejects = [self._ragged(ragged)]
        if damaged:
            faulty = _any_column(table, lambda column: pc.match_substring(column, DAMAGED))
            if faulty is not None:
                rejects.append(self._unreadable(table.filter(faulty)))
                table = table.filter(pc.invert(faulty))
        return raw_rows.unguarded(table), pa.concat_tables(rejects)

    def _ragged(self, found: list[tuple[int, arrow_csv.InvalidRow]]) -> pa.Table:
        return raw_rows.rejects_table(
            (
                line,
                f"The row has {row.actual_columns} cells where {row.expected_columns} are expected.",
                self._cells(row.text.replace(DAMAGED, SHOWN)),
            )
            for line, row in found
        )

    def _cells(self, text: str) -> list[str]:
        dialect = self._dialect
        delimiter = NONE if dialect.delimiter == SPACES else dialect.delimiter
        found = records(text, delimiter, dialect.quote, dialect.escape, MAX_RECORD)
        return [cell for record, _ in found for cell in record]

    def _unreadable(self, table: pa.Table) -> pa.Table:
        reason = f"The row has characters that are not {self._encoding.shown}; say which encoding the file is in."
        return raw_rows.rejects_table(
            (record.pop("row"), reason, [cell.replace(DAMAGED, SHOWN) for cell in record.values()])
            for record in table.to_pylist()
        )


def _one_character(delimiter: str | None) -> str | None:
    if delimiter is None:
        return None
    known = {"\\t": "\t", "tab": "\t", "space": SPACES, "spaces": SPACES, " ": SPACES, SPACES: SPACES}
    chosen = known.get(delimiter, delimiter)
    if chosen != SPACES and (len(chosen) != 1 or not chosen.isascii() or chosen in '\r\n"\0'):
        raise BadInput(f"“{delimiter}” cannot separate cells.", "Give one character, for example ; or tab.")
    return chosen


def _encoding(path: Path, wanted: str | None) -> Encoding:
    with ByteStream(path) as stream:
        start = stream.read(_SAMPLE)
        rest = itertools.islice(stream.blocks(), _LOOK_AHEAD)
        encoding = encodings.detect(itertools.chain([start], rest), wanted)
    if encodings.is_binary(start, encoding):
        raise BadInput(
            f"“{path.name}” is not text, so it is not a CSV file whatever its name says.",
            "Export it as CSV, XLSX, JSON Lines or Parquet and import that.",
        )
    return encoding


def _beginning(path: Path, encoding: Encoding) -> str:
    """The first characters of the file as they will be read."""
    with ByteStream(path) as stream:
        utf8 = b"".join(itertools.islice(Utf8Blocks(iter([stream.read(_SAMPLE)]), encoding), 2))
    return utf8.decode("utf-8", "replace")


def _described(encoding: Encoding, dialect: Dialect) -> list[str]:
    notes = [f"Text in {encoding.shown}, {dialect.shown}."]
    if dialect.title:
        notes.append(f"Lines above the table were left out: “{dialect.title[:200]}”.")
    if dialect.header is None:
        notes.append("The first line is data already, so the columns have numbers for names.")
    return notes


def _blank(table: pa.Table) -> pa.ChunkedArray | None:
    """Which rows have nothing in any cell; None when there are none."""
    blank: pa.ChunkedArray | None = None
    for column in table.columns[1:]:
        empty = pc.equal(column, "")
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return None
    return blank


def _any_column(table: pa.Table, test: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> pa.ChunkedArray | None:
    """Which rows have a cell that passes the test; None when there are none."""
    passed: pa.ChunkedArray | None = None
    for column in table.columns[1:]:
        found = test(column)
        passed = found if passed is None else pc.or_(passed, found)
    return passed if passed is not None and pc.any(passed).as_py() else None
