"""The sidebar: rooms register their entries here when the application starts, people see those they may open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vincle.web.permissions import PERMISSIONS, Words, can

# Groups in the order they stand in; the first has no heading, the last sits at the foot.
GROUPS: dict[str, Words] = {"": "", "understand": _("Understand"), "sources": _("Sources"), "settings": ""}


@dataclass(frozen=True)
class NavEntry:
    """One line of the sidebar. `order` places it inside its group; `on_phone` puts it in the bottom bar too;
    `waiting` gives what waits there for a user, bounded: it is counted."""

    label: Words
    icon: str
    url_name: str
    permission: str
    group: str = ""
    order: int = 100
    on_phone: bool = False
    waiting: Callable[[Any], QuerySet[Any]] | None = None
    count: int = 0  # how much waits for the reader whose sidebar this is

    @cached_property
    def url(self) -> str:
        return reverse(self.url_name)

    def holds(self, path: str) -> bool:
        """Whether the page at `path` lives behind this entry."""
        return path == self.url or (self.url != "/" and path.startswith(self.url))


@dataclass(frozen=True)
class NavGroup:
    """A heading (which may be empty) and its entries."""

    key: str
    label: Words
    entries: list[NavEntry]


_entries: dict[str, NavEntry] = {}


def register(*entries: NavEntry) -> None:
    """Add entries to the sidebar; call it from the room's `AppConfig.ready`."""
    for entry in entries:
        if entry.permission not in PERMISSIONS or entry.group not in GROUPS:
            raise LookupError(f"{entry.url_name}: no permission {entry.permission} or no group {entry.group}")
        _entries[entry.url_name] = entry


def entries_for(user: Any) -> list[NavEntry]:
    """What `user` may open, in order, each with how much waits there: all of it in one question."""
    allowed = [entry for entry in _entries.values() if can(user, entry.permission)]
    counts = _counts({entry.url_name: entry.waiting(user) for entry in allowed if entry.waiting is not None})
    counted = (replace(entry, count=counts.get(entry.url_name, 0)) for entry in allowed)
    return sorted(counted, key=lambda entry: (list(GROUPS).index(entry.group), entry.order))


def _counts(waiting: dict[str, QuerySet[Any]]) -> dict[str, int]:
    if not waiting:
        return {}
    written = [rows.values("pk").query.sql_with_params() for rows in waiting.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(f'(SELECT count(*) FROM ({sql}) w)' for sql, _values in written)}",
            [value for _sql, values in written for value in values],
        )
        return dict(zip(waiting, cursor.fetchone(), strict=True))


def grouped(entries: Iterable[NavEntry]) -> list[NavGroup]:
    """Entries under their headings; empty groups are left out."""
    listed = list(entries)
    groups = [NavGroup(key, label, [e for e in listed if e.group == key]) for key, label in GROUPS.items()]
    return [group for group in groups if group.entries]


def current(entries: Iterable[NavEntry], path: str) -> NavEntry | None:
    """The entry whose page is open: the one with the longest address that holds `path`."""
    holding = [entry for entry in entries if entry.holds(path)]
    return max(holding, key=lambda entry: len(entry.url), default=None)
