"""Where kept files lie: in a folder of the home, under names that are drawn by lot."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from vincle.kernel.home import Home

ABANDONED = timedelta(days=1)  # after which a file of which no row speaks was cut short in the middle


def folder() -> Path:
    """The folder of the room."""
    return Home.at().files / "people"


def path_of(place: str) -> Path:
    """Where a file lies."""
    return folder() / place


def store(blocks: Iterable[bytes]) -> str:
    """Write a file that only its owner may read; returns its place."""
    place = secrets.token_hex(24)
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = path_of(place)
    path.touch(mode=0o600, exist_ok=False)
    try:
        with path.open("wb") as file:
            for block in blocks:
                file.write(block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return place


def remove(places: Iterable[str]) -> None:
    """Remove files; those that are gone stay gone."""
    for place in places:
        path_of(place).unlink(missing_ok=True)


def abandoned(known: Collection[str], *, now: datetime) -> list[str]:
    """The places of files that no row speaks of, and that nobody can be writing any more."""
    if not folder().is_dir():
        return []
    before = (now - ABANDONED).timestamp()
    return [path.name for path in folder().iterdir() if path.name not in known and path.stat().st_mtime < before]
