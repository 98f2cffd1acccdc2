"""From a database address to Django's DATABASES entry, tuned for each engine."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from vincle.kernel.errors import BadInput

# WAL lets readers and the one writer work side by side; NORMAL survives the death of the process at any moment;
# secure_delete overwrites what is erased, so that erasure holds on the bytes of the file.
SQLITE_PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -65536;
PRAGMA mmap_size = 268435456;
PRAGMA journal_size_limit = 67108864;
PRAGMA wal_autocheckpoint = 8000;
"""


def database_settings(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`."""
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadInput(
            "The database address cannot be used.",
            "It should look like sqlite:////folder/file.sqlite3 or postgresql://user:password@host:5432/name.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
