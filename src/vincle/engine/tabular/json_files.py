"""JSON Lines, and plain JSON documents that are one array of objects."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from vincle.engine.tabular import encodings, raw_rows
from vincle.engine.tabular.column_names import ColumnNames
from vincle.engine.tabular.encodings import DAMAGED, SHOWN, Utf8Blocks
from vincle.engine.tabular.limits import MAX_DOCUMENT, MAX_RECORD, MiB, human
from vincle.engine.tabular.reader import Raw, Reader
from vincle.engine.tabular.streams import ByteStream
from vincle.kernel.errors import BadInput

_KNOWN_FROM = 1000  # records that tell the columns; later ones may add to them
_DEEPEST = 8  # objects inside objects become columns like “customer.address.town”; deeper ones stay JSON
_WHITE = b" \t\r\n\0"

# Money must not pass through binary fractions.
_decoder = msgspec.json.Decoder(float_hook=Decimal)
_array_decoder = msgspec.json.Decoder(list[msgspec.Raw])
_encoder = msgspec.json.Encoder(decimal_format="number")

_FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, ArithmeticError)


class JsonReader(Reader):
    """One JSON object a line, or a document that is an array of objects.

    `row` is the line, or the place in the array. Objects inside objects become dotted columns, arrays stay JSON.
    What is no object is a reject. The columns `expected` are there even where no record says them.
    """

    format = "jsonl"

    def __init__(self, path: Path, *, encoding: str | None = None, expected: Sequence[str] = ()) -> None:
        super().__init__(path, ())
        with ByteStream(path) as stream:
            start = stream.read(MiB)
            self._encoding = encodings.detect(itertools.chain([start], itertools.islice(stream.blocks(), 16)), encoding)
        opening = b"".join(Utf8Blocks(iter([start]), self._encoding)).lstrip(_WHITE)[:1]
        if not opening:
            raise BadInput(f"“{path.name}” is empty.", "Check that it is the file you meant; nothing was imported.")
        self._is_array = opening == b"["
        if opening not in b"[{":
            raise self._not_json()
        self._stream: ByteStream | None = None
        self._names = ColumnNames()
        self._first: list[str] = []
        first = raw_rows.RowBuilder(self._first)
        count = sum(self._add(record, first) for record in itertools.islice(self._records(), _KNOWN_FROM))
        if not count:
            raise self._not_json()
        self._first += [name for name in expected if name not in self._first]
        self.columns = tuple(self._first)
        self.notes = tuple(self._names.notes)

    @property
    def progress(self) -> float:
        return self._stream.fraction if self._stream else 0.0

    def _runs(self, rows: int) -> Iterator[Raw]:
        builder = raw_rows.RowBuilder(list(self._first))
        for record in self._records():
            self._add(record, builder)
            if builder.full(rows):
                yield Raw(*builder.take(), self.progress)
        yield Raw(*builder.take(), self.progress)

    def _add(self, record: tuple[int, bytes], builder: raw_rows.RowBuilder) -> bool:
        """Put a record where it belongs; whether it is good."""
        number, text = record
        try:
            found = _decoder.decode(text)
        except _FAULTS:
            return self._refuse(number, text, builder, "The line is not whole, valid JSON.")
        if not isinstance(found, dict):
            return self._refuse(number, text, builder, "The line is not a JSON object.")
        if DAMAGED.encode() in text:
            return self._refuse(number, text, builder, f"The line has characters that are not {self._encoding.shown}.")
        flat: dict[str, str] = {}
        self._flatten(found, "", 1, flat)
        builder.add(number, flat)
        return True

    def _refuse(self, number: int, text: bytes, builder: raw_rows.RowBuilder, reason: str) -> bool:
        builder.reject(number, reason, [text.decode("utf-8", "replace").replace(DAMAGED, SHOWN)])
        return False

    def _flatten(self, found: dict[str, Any], prefix: str, depth: int, into: dict[str, str]) -> None:
        for key, value in found.items():
            if isinstance(value, str):
                into[self._names.of(prefix + key)] = value
            elif value is None:
                continue
            elif isinstance(value, dict) and value and depth < _DEEPEST:
                self._flatten(value, f"{prefix}{key}.", depth + 1, into)
            else:
                into[self._names.of(prefix + key)] = _as_text(value)

    def _records(self) -> Iterator[tuple[int, bytes]]:
        """The number and the JSON text of each record."""
        with ByteStream(self.path) as stream:
            self._stream = stream
            blocks = iter(Utf8Blocks(stream.blocks(), self._encoding))
            yield from self._elements(blocks) if self._is_array else self._lines(blocks)

    def _lines(self, blocks: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
        held = b""
        number = 0
        for block in itertools.chain(blocks, [b"\n"]):
            *lines, held = (held + block).split(b"\n")
            if len(held) > MAX_RECORD:
                raise BadInput(
                    f"“{self.name}” cannot be read beyond line {number + len(lines) + 1:,}, "
                    f"which is longer than {human(MAX_RECORD)}.",
                    "Write one JSON object a line.",
                )
            for line in lines:
                number += 1
                if text := line.strip(_WHITE):
                    yield number, text

    def _elements(self, blocks: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
        parts: list[bytes] = []
        size = 0
        for block in blocks:
            size += len(block)
            parts.append(block)
            if size > MAX_DOCUMENT:
                raise BadInput(
                    f"“{self.name}” is a single JSON document larger than {human(MAX_DOCUMENT)}.",
                    "Export it as JSON Lines, one object a line.",
                )
        try:
            elements = _array_decoder.decode(b"".join(parts).strip(_WHITE))
        except _FAULTS as problem:
            raise self._not_json() from problem
        yield from ((number, bytes(element)) for number, element in enumerate(elements, start=1))

    def _not_json(self) -> BadInput:
        return BadInput(
            f"“{self.name}” is neither JSON Lines nor a JSON array of objects.", "Export one JSON object a line."
        )


def _as_text(value: Any) -> str:
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    return _encoder.encode(value).decode()
