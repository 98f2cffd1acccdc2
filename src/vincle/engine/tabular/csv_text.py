"""What Arrow's CSV parser is fed, and how its rows get back the line numbers that it does not tell."""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from vincle.engine.tabular.dialect import NONE, SPACES, Dialect
from vincle.engine.tabular.encodings import Encoding, Utf8Blocks
from vincle.engine.tabular.limits import MiB
from vincle.engine.tabular.raw_rows import has_newline
from vincle.engine.tabular.streams import ByteStream

_MARGIN = re.compile(rb"(?m)^ +| +(?=\r?$)")
_GAP = re.compile(rb" +")

_BLOCK = 2 * MiB
_TRIES = 8

Lines = npt.NDArray[np.int64]


class TextFile:
    """The rows of a text file as UTF-8, from `skipped` bytes on: all that a file-like object needs to have."""

    closed = False

    def __init__(self, stream: ByteStream, encoding: Encoding, dialect: Dialect, skipped: int) -> None:
        self._utf8 = Utf8Blocks(stream.blocks(), encoding)
        blocks = _after(skipped, iter(self._utf8))
        self._blocks = _spaces_to_separators(blocks) if dialect.delimiter == SPACES else blocks
        self._quote = dialect.quote.encode()
        self._held = b""

    @property
    def damaged(self) -> bool:
        """Whether bytes that the encoding does not know have been met so far."""
        return self._utf8.damaged

    def read(self, size: int) -> bytes:
        """The next rows: some two mebibytes when they end where a row does, at most `size` bytes; empty at the end.

        Arrow holds several blocks at a time, so they are kept small. A block without the end of a row would be an
        error, so one that holds a long quoted text grows until it has one. Whether a line break ends a row is told by
        the number of quotes before it; where that is wrong, blocks are only larger than they need be.
        """
        held = self._held
        while len(held) < size:
            block = next(self._blocks, None)
            if block is None:
                break
            held += block
            if len(held) >= _BLOCK and (cut := self._end_of_row(held)):
                self._held = held[cut:]
                return held[:cut]
        self._held = held[size:]
        return held[:size]

    def _end_of_row(self, text: bytes) -> int:
        """Behind the last line break outside of quotes, as far as their number tells; 0 when it is not soon found."""
        cut = text.rfind(b"\n") + 1
        quotes = text.count(self._quote, 0, cut)
        for _ in range(_TRIES):
            if not quotes % 2:
                return cut
            earlier = text.rfind(b"\n", 0, text.rfind(self._quote, 0, cut)) + 1
            quotes -= text.count(self._quote, earlier, cut)
            cut = earlier
        return 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def close(self) -> None:
        """Nothing to let go of: the bytes belong to somebody else."""


class LineNumbers:
    """Tells on which line of the file each row begins.

    Arrow delivers the good rows in batches and reports the bad ones to `refuse` with their place among all rows;
    quoted cells may hold line breaks. Both together give the lines. `line` is where the next row begins.
    """

    def __init__(self, first_line: int) -> None:
        self.line = first_line
        self._record = 1  # the next row's place among all rows, as Arrow counts them
        self._refused: list[arrow_csv.InvalidRow] = []

    def refuse(self, row: arrow_csv.InvalidRow) -> str:
        """Arrow's handler of rows with too many or too few cells."""
        self._refused.append(row)
        return "skip"

    def of(self, batch: pa.RecordBatch) -> tuple[Lines, list[tuple[int, arrow_csv.InvalidRow]]]:
        """The line of each row of the batch, and the refused rows that stand before its last row."""
        if not batch.num_rows:
            return np.empty(0, np.int64), []
        places = np.array([row.number for row in self._refused], np.int64)
        records = self._record + np.arange(batch.num_rows + len(places))
        good = records[~np.isin(records, places)][: batch.num_rows]
        before = [row for row in self._refused if row.number < good[-1]]
        self._refused = self._refused[len(before) :]
        heights = np.ones(int(good[-1]) - self._record + 1, np.int64)
        placed = good - self._record
        heights[placed] += _breaks_within(batch)
        lines, refused = self._pass(heights, before)
        return lines[placed], refused

    def rest(self) -> list[tuple[int, arrow_csv.InvalidRow]]:
        """The refused rows after the last good one."""
        rows, self._refused = self._refused, []
        return self._pass(np.ones(len(rows), np.int64), rows)[1]

    def _pass(
        self, heights: Lines, refused: list[arrow_csv.InvalidRow]
    ) -> tuple[Lines, list[tuple[int, arrow_csv.InvalidRow]]]:
        """Go past as many records as there are heights (in lines); the line of each, and of the refused among them."""
        for row in refused:
            heights[row.number - self._record] += row.text.count("\n")
        lines = self.line + np.cumsum(heights) - heights
        told = [(int(lines[row.number - self._record]), row) for row in refused]
        self.line += int(heights.sum())
        self._record += len(heights)
        return lines, told


def _after(skipped: int, blocks: Iterator[bytes]) -> Iterator[bytes]:
    missing = skipped
    for block in blocks:
        yield block[missing:] if missing else block
        missing = max(0, missing - len(block))


def _spaces_to_separators(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Runs of spaces become one separator; whole lines at a time."""
    held = b""
    for block in blocks:
        whole = held + block
        cut = whole.rfind(b"\n") + 1
        held = whole[cut:]
        yield _GAP.sub(NONE.encode(), _MARGIN.sub(b"", whole[:cut]))
    yield _GAP.sub(NONE.encode(), _MARGIN.sub(b"", held))


def _breaks_within(batch: pa.RecordBatch) -> Lines | int:
    """How many line breaks the cells of each row hold."""
    broken = [column for column in batch.columns if has_newline(column)]
    if not broken:
        return 0
    counts = sum(pc.count_substring(column, "\n").to_numpy(zero_copy_only=False) for column in broken)
    return np.asarray(counts, np.int64)
