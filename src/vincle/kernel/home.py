"""The home folder: everything one installation keeps, in one place that can be copied.

settings.toml   what `vincle init` wrote: database, organisation defaults (readable by its owner only)
secret_key      signs sessions and links (readable by its owner only)
vincle.sqlite3  the operational database, unless settings name a PostgreSQL one
mirror/         the columnar mirror of the log (Delta tables)
files/          uploads and reports
staging/        work in progress; may be emptied when nothing runs
backups/        what `vincle backup` wrote
"""

import json
import os
import secrets
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from vincle.kernel.errors import BadInput, NotReady

DEFAULT = Path("var/vincle")


@dataclass(frozen=True)
class Home:
    """Paths and settings of one installation; nothing is created by looking."""

    path: Path

    @classmethod
    def at(cls, path: str | os.PathLike[str] | None = None) -> "Home":
        """The home at `path`, else at `VINCLE_HOME`, else at `var/vincle`."""
        return cls(Path(path or os.environ.get("VINCLE_HOME") or DEFAULT).expanduser().absolute())

    @property
    def settings_file(self) -> Path:
        return self.path / "settings.toml"

    @property
    def secret_key_file(self) -> Path:
        return self.path / "secret_key"

    @property
    def sqlite(self) -> Path:
        return self.path / "vincle.sqlite3"

    @property
    def mirror(self) -> Path:
        return self.path / "mirror"

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def staging(self) -> Path:
        return self.path / "staging"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def exists(self) -> bool:
        return self.settings_file.is_file()

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What settings.toml says; empty when there is none."""
        if not self.exists:
            return {}
        try:
            return tomllib.loads(self.settings_file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"{self.settings_file} cannot be read: {error}.") from error

    @property
    def database_url(self) -> str:
        """`VINCLE_DATABASE_URL`, else settings.toml's `database_url`, else SQLite in this folder."""
        return os.environ.get("VINCLE_DATABASE_URL") or self.settings.get("database_url") or f"sqlite:///{self.sqlite}"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @cached_property
    def secret_key(self) -> str:
        """`VINCLE_SECRET_KEY`, else the kept one, else one for this process alone."""
        given = os.environ.get("VINCLE_SECRET_KEY")
        if given:
            return given
        if self.secret_key_file.is_file():
            return self.secret_key_file.read_text("ascii").strip()
        return secrets.token_urlsafe(48)

    def require(self) -> "Home":
        """This home, or `NotReady` when `vincle init` has not made it."""
        if not self.exists:
            raise NotReady(
                f"There is no Vincle home in {self.path}.",
                "Make one with “vincle init”, or name yours with --home.",
            )
        return self

    def create(self, *, database_url: str = "") -> None:
        """Make the folders, the secret key and settings.toml; what exists is left as it is."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.mirror, self.files, self.staging, self.backups):
            folder.mkdir(exist_ok=True)
        write_private(self.secret_key_file, secrets.token_urlsafe(48) + "\n")
        lines = ["# Settings of this Vincle home; environment variables (VINCLE_...) win over them."]
        if database_url:
            lines.append(f"database_url = {json.dumps(database_url)}")  # a JSON string is a TOML string
        write_private(self.settings_file, "\n".join(lines) + "\n")
        self.__dict__.pop("settings", None)
        self.__dict__.pop("secret_key", None)


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may read; an existing one stays as it is."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
