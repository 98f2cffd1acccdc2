"""Checks that need no database: the machine, the Python, the home folder."""

import os
import platform
import shutil
import sqlite3
import stat
import sys
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

from vincle.flow.doctor.finding import Finding, attention, broken, ok
from vincle.kernel.errors import VincleError
from vincle.kernel.home import Home

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 35)  # RETURNING
LITTLE_ROOM = 2 * 1024**3
NO_ROOM = 200 * 1024**2
MADE_AFTER = datetime(2026, 11, 1, tzinfo=UTC)  # no clock of an installation can be right and show less


def machine(home: Home, *, now: datetime) -> list[Finding]:
    """What can be said before anything is opened."""
    findings = [python(sys.version_info[:2]), sqlite(sqlite3.sqlite_version_info), timezones(), clock(now)]
    findings.append(folder(home))
    if home.exists:
        findings += [settings(home), secret_key(home), room(home)]
    return findings


def python(version: tuple[int, int]) -> Finding:
    seen = f"Python {platform.python_version()}"
    if version < OLDEST_PYTHON:
        return broken("python", seen, "Install Python 3.11 or newer and make the environment again.")
    return ok("python", seen)


def sqlite(version: tuple[int, ...]) -> Finding:
    seen = f"SQLite {'.'.join(map(str, version))}"
    if version < OLDEST_SQLITE:
        return broken("sqlite", seen, "Use a Python that brings SQLite 3.35 or newer.")
    return ok("sqlite", seen)


def timezones() -> Finding:
    try:
        zoneinfo.ZoneInfo("Europe/Madrid")
    except zoneinfo.ZoneInfoNotFoundError:
        return broken("time zones", "none are installed", "Install them: apt install tzdata, or pip install tzdata.")
    return ok("time zones", "installed")


def clock(now: datetime) -> Finding:
    seen = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if now < MADE_AFTER:
        return broken("clock", seen, "Set the machine's clock; everything recorded carries its time.")
    return ok("clock", seen)


def folder(home: Home) -> Finding:
    if not home.path.exists():
        return broken("home", f"{home.path} does not exist", "Make it with “vincle init”, or name yours with --home.")
    if not home.exists:
        return broken("home", f"{home.path} is no Vincle home", "Make it one with “vincle init”.")
    closed = [
        path for path in (home.path, home.files, home.staging, home.mirror) if not os.access(path, os.W_OK | os.X_OK)
    ]
    if closed:
        return broken(
            "home", f"{closed[0]} is missing or may not be written to", "Give it to the user that runs Vincle."
        )
    if _others_may(home.path, stat.S_IROTH | stat.S_IWOTH):
        return attention("home", f"everybody on this machine may read {home.path}", f"Run: chmod 700 {home.path}")
    return ok("home", str(home.path))


def settings(home: Home) -> Finding:
    try:
        count = len(home.settings)
    except VincleError as error:
        return broken("settings", error.message, "Mend the line it names, or restore settings.toml from a backup.")
    if _others_may(home.settings_file, stat.S_IRWXG | stat.S_IRWXO):
        return attention("settings", "others may read settings.toml", f"Run: chmod 600 {home.settings_file}")
    return ok("settings", f"{count} set" if count else "all as they come")


def secret_key(home: Home) -> Finding:
    if os.environ.get("VINCLE_SECRET_KEY"):
        return ok("secret key", "given by the environment")
    path = home.secret_key_file
    if not path.is_file():
        return broken("secret key", "there is none, so nobody stays signed in", "Make one with “vincle init”.")
    if _others_may(path, stat.S_IRWXG | stat.S_IRWXO):
        return attention("secret key", "others may read it", f"Run: chmod 600 {path}")
    return ok("secret key", "readable by its owner only")


def room(home: Home) -> Finding:
    free = shutil.disk_usage(home.path).free
    seen = f"{free / 1024**3:.1f} GB free"
    if free < NO_ROOM:
        return broken("disk", seen, "Free some space now: imports and backups will fail.")
    if free < LITTLE_ROOM:
        return attention("disk", seen, "Free some space soon; old backups are a good place to look.")
    return ok("disk", seen)


def _others_may(path: Path, bits: int) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & bits)
