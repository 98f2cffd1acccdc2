"""The mirror's page: what is current, for whoever reads it.

    mirror/current.json            the page: one generation, and one version of each table that belong together
    mirror/<generation>/<table>/   a Delta table

Whoever writes the mirror publishes the page last and in one stroke, so whoever reads sees tables of one
moment.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from vincle.kernel.errors import NotReady

FORMAT = 1  # a mirror of another format is rebuilt


@dataclass(frozen=True, slots=True)
class TableState:
    """One table of the mirror as published: its Delta version, what it holds, how far into the database it
    goes.
    """

    version: int
    rows: int
    bytes: int
    files: int
    position: int  # last row number (SQLite) or transaction horizon (PostgreSQL) copied


@dataclass(frozen=True, slots=True)
class Current:
    """What the mirror holds now."""

    version: int  # when this content was published, microseconds since 1970: grows with every change of it
    generation: str
    database: str  # which database this is a mirror of
    refreshed_at: str  # when the database was last looked at, ISO 8601
    erasures: int  # up to which erasure the tables are clean
    purged: int  # up to which erasure the bytes are gone too
    vacuumed_at: str  # when files that nobody needs any more were last removed, ISO 8601
    tables: Mapping[str, TableState]
    restricted: Sequence[int] = ()  # identities that are kept and not used: whoever reads leaves them out
    format: int = FORMAT

    def folder(self, mirror: Path, table: str) -> Path:
        """Where the Delta table lies."""
        return mirror / self.generation / table


def read_current(mirror: Path) -> Current | None:
    """The published page; None when nothing was mirrored yet. Raises `NotReady` when it cannot be used."""
    page = mirror / "current.json"
    try:
        said = json.loads(page.read_text("utf-8"))
        if said["format"] != FORMAT:
            raise unusable(f"it has format {said['format']}, this version needs {FORMAT}")
        tables = {name: TableState(**state) for name, state in said.pop("tables").items()}
        current = Current(tables=tables, **said)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unusable(str(error)) from error
    return current


def published_version(mirror: Path) -> int:
    """Which version is published; 0 for none, or one that cannot be used."""
    try:
        current = read_current(mirror)
    except NotReady:
        return 0
    return current.version if current else 0


def table_files(mirror: Path, current: Current | None) -> dict[str, list[str]]:
    """The Parquet files of each table as `current` has them; none where nothing is mirrored.

    Raises `NotReady` when the tables cannot be read.
    """
    from deltalake.exceptions import DeltaError

    if current is None:
        return {}
    try:
        return {name: files_in(current.folder(mirror, name), table.version) for name, table in current.tables.items()}
    except (DeltaError, OSError) as error:
        raise unusable(str(error)) from error


def files_in(folder: Path, version: int | None = None) -> list[str]:
    """The Parquet files of the Delta table in `folder`, as paths (Delta itself gives addresses, with %20 and
    the like).
    """
    from deltalake import DeltaTable

    added = DeltaTable(str(folder), version=version).get_add_actions(flatten=True)
    return [str(folder / name) for name in added.column("path").to_pylist()]


def publish(mirror: Path, current: Current) -> None:
    """Make `current` what readers see, in one stroke; it survives a power cut."""
    page = mirror / "current.json"
    draft = page.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(current), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(page)


def unusable(why: str) -> NotReady:
    """The sentence for a mirror that cannot be read."""
    return NotReady(
        f"The mirror of the log cannot be read: {why}.",
        "Nothing is lost; “vincle replay” builds it again from the log.",
    )
