"""Bytes of a file, unpacked when it is gzipped, with a brake on files that swell without end."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from vincle.engine.tabular.limits import BOMB_BYTES, BOMB_RATIO, MiB, human
from vincle.kernel.errors import BadInput

GZIP = b"\x1f\x8b"
_BLOCK = MiB


class ByteStream:
    """The bytes of `path` from its start, gzip undone; a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = path.stat().st_size
        self._file = path.open("rb")
        self.compressed = self._file.read(2) == GZIP
        self._file.seek(0)
        self._out = 0
        self._source: BinaryIO = self._file
        if self.compressed:
            # Named nothing: gzip must not look at the file's name.
            self._source = cast("BinaryIO", gzip.GzipFile(filename="", mode="rb", fileobj=self._file))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def fraction(self) -> float:
        """How much of the file (as it lies on disk) has been read, 0 to 1."""
        if self._file.closed or not self._size:
            return 1.0
        return min(1.0, self._file.tell() / self._size)

    def read(self, size: int = _BLOCK) -> bytes:
        """At most `size` bytes; empty at the end. Raises `BadInput` for a broken or boundless archive."""
        try:
            block = self._source.read(size)
        except (OSError, EOFError, zlib.error) as problem:
            raise BadInput(
                f"“{self._path.name}” is damaged: it cannot be unpacked to its end.", "Ask for the file again."
            ) from problem
        self._out += len(block)
        if self.compressed and self._out > max(BOMB_BYTES, self._size * BOMB_RATIO):
            raise BadInput(
                f"“{self._path.name}” swells to more than {human(self._out)} when unpacked, "
                f"over {BOMB_RATIO} times its size: it looks like a trap.",
                "Unpack it yourself and import the file inside if you trust it.",
            )
        return block

    def blocks(self) -> Iterator[bytes]:
        """The rest of the bytes, a mebibyte at a time."""
        while block := self.read(_BLOCK):
            yield block

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._source, io.IOBase):
            self._source.close()
        self._file.close()


def head(path: Path, size: int) -> bytes:
    """The first `size` bytes of the file, gzip undone."""
    with ByteStream(path) as stream:
        parts: list[bytes] = []
        missing = size
        while missing and (block := stream.read(min(missing, _BLOCK))):
            parts.append(block)
            missing -= len(block)
        return b"".join(parts)
