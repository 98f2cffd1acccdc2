"""How the mirror stands, told from its page alone: cheap, and without a look at the database."""

from dataclasses import dataclass
from datetime import datetime

from vincle.engine.published import Current, read_current
from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home


@dataclass(frozen=True, slots=True)
class Status:
    """The mirror as published. Compare `position` with the database to know how far behind it is: on SQLite
    it is the number of the last interaction copied, on PostgreSQL the transaction up to which all are.
    """

    version: int
    refreshed_at: datetime  # when the database was last looked at
    rows: dict[str, int]  # by table
    bytes: int
    files: int
    position: int
    database: str


def status(home: Home) -> Status:
    """How the mirror of `home` stands. Raises `NotReady` when there is none or it cannot be read."""
    current = read_current(home.mirror)
    if current is None:
        raise NotReady("The log has no mirror yet.", "“vincle replay” builds it from the log.")
    _require_tables(home, current)
    tables = current.tables
    return Status(
        version=current.version,
        refreshed_at=datetime.fromisoformat(current.refreshed_at),
        rows={name: table.rows for name, table in tables.items()},
        bytes=sum(table.bytes for table in tables.values()),
        files=sum(table.files for table in tables.values()),
        position=tables["interactions"].position,
        database=current.database,
    )


def _require_tables(home: Home, current: Current) -> None:
    for name in current.tables:
        if not (current.folder(home.mirror, name) / "_delta_log").is_dir():
            raise NotReady(
                f"The mirror of the log lacks its table {name}.",
                "Nothing is lost; “vincle replay” builds it again from the log.",
            )
