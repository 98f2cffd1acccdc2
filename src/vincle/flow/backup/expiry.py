"""Backups that are too old: by `VINCLE_BACKUP_DAYS`, or `backup_days` in settings.toml; none unless one is set."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from vincle.kernel.clock import from_micros
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home

SETTING = "VINCLE_BACKUP_DAYS"
_OURS = "vincle-*.tar.zst"  # what `vincle backup` calls a file when nobody names it


def backup_days(home: Home) -> int | None:
    """After how many days a backup is removed; None: never. Raises `BadInput` for what is no number of days."""
    told = os.environ.get(SETTING) or home.settings.get("backup_days")
    if not told:
        return None
    try:
        days = int(told)
    except (TypeError, ValueError):
        days = 0
    if days < 1:
        raise BadInput(f"{SETTING} is “{told}”.", "It is a number of days, at least 1; leave it out to keep backups.")
    return days


def expired(home: Home, *, now: datetime) -> list[Path]:
    """The backups that are too old, oldest first; the newest one stays however old it is."""
    days = backup_days(home)
    if days is None:
        return []
    aged = sorted((path.stat().st_mtime, path) for path in home.backups.glob(_OURS) if path.is_file())
    return [path for at, path in aged[:-1] if from_micros(int(at * 1_000_000)) < now - timedelta(days=days)]


def remove_expired(home: Home, *, now: datetime) -> list[str]:
    """Remove them; returns their names."""
    removed = []
    for path in expired(home, now=now):
        path.unlink(missing_ok=True)
        removed.append(path.name)
    return removed
