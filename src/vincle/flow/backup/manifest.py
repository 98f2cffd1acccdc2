"""What an archive says of itself."""

from datetime import datetime
from typing import Any

import msgspec

FORMAT = 1
NAME = "manifest.json"


class Table(msgspec.Struct, frozen=True):
    """A table of the archive: its columns in order with their kinds, how many rows, the last number given out."""

    name: str
    columns: list[tuple[str, str]]
    rows: int
    last_number: int | None = None  # of its sequence, so that numbers of erased rows are not used again

    @property
    def member(self) -> str:
        return f"tables/{self.name}.parquet"


class Member(msgspec.Struct, frozen=True):
    """A file of the archive."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """The archive's last member: written when all the others are."""

    format: int
    vincle: str
    made_at: datetime
    engine: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    members: list[Member]
    settings: dict[str, Any]

    def to_json(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self))

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises `msgspec.MsgspecError` when `text` is not a manifest."""
        return msgspec.json.decode(text, type=cls)
