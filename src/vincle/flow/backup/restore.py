"""The way back: from an archive to a new home, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vincle.flow.backup.archive import SECRET_KEY, unpack
from vincle.flow.backup.manifest import Manifest
from vincle.flow.backup.settings_file import to_toml
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.home import Home


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    home: Path
    rows: int
    files: int
    from_engine: str


def restore(
    archive: Path,
    target: Home,
    *,
    database_url: str = "",
    wake: Callable[[Path, str], object],
    progress: Callable[[str], None] = lambda _: None,
) -> Restored:
    """Make the home `target`, which must not exist or be empty, from `archive`.

    The database is `database_url` (PostgreSQL, empty) or an SQLite file in the home. `wake` sets Django up for a
    home folder and a database address. The mirror is left to be rebuilt. Whatever fails, nothing is left half-made.
    Raises `Refused` when something is there already, `BadInput` when the archive cannot be used.
    """
    if database_url.startswith("sqlite"):
        raise BadInput("A restored home keeps its SQLite file inside.", "Leave --database-url out, or name PostgreSQL.")
    if target.path.exists() and any(target.path.iterdir()):
        raise Refused(f"{target.path} is not empty.", "Restore into a new folder; nothing was changed.")
    target.path.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that moving it there is one rename.
    with tempfile.TemporaryDirectory(prefix=f".{target.path.name}-", dir=target.path.parent) as work:
        unpacked = Path(work) / "unpacked"
        unpacked.mkdir()
        progress("unpacking")
        contents = unpack(archive, unpacked)
        home = Home(Path(work) / "home")
        wake(home.path, database_url)
        files = _furnish(home, unpacked, contents, database_url)
        _fill(home, target, unpacked, contents, progress)
    return Restored(target.path, sum(table.rows for table in contents.tables), files, contents.engine)


def _furnish(home: Home, unpacked: Path, contents: Manifest, database_url: str) -> int:
    """The folders, files and settings of the new home; how many files."""
    home.path.mkdir(mode=0o700)
    if (unpacked / SECRET_KEY).is_file():
        shutil.move(unpacked / SECRET_KEY, home.secret_key_file)
    home.create(database_url=database_url)
    with home.settings_file.open("a", encoding="utf-8") as file:
        file.write(to_toml(contents.settings))
    count = 0
    if (unpacked / "files").is_dir():
        home.files.rmdir()
        shutil.move(unpacked / "files", home.files)
        count = sum(1 for path in home.files.rglob("*") if path.is_file())
    return count


def _fill(home: Home, target: Home, unpacked: Path, contents: Manifest, progress: Callable[[str], None]) -> None:
    """Fill the database and put the home in its place, in one transaction where there is one."""
    from django.db import connection

    from vincle.flow.backup.load import all_or_nothing, load

    moved = False
    try:
        with all_or_nothing():
            load(contents, unpacked, progress=progress)
            if connection.vendor == "sqlite":
                connection.close()
                _to_disk(home.sqlite)
            home.path.rename(target.path)
            moved = True
    except BaseException:
        if moved:
            shutil.rmtree(target.path)
        raise
    finally:
        connection.close()


def _to_disk(file: Path) -> None:
    """Have the operating system write it down: filling it did not wait for that."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
