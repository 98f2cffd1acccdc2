"""Entries of the audit log as other rooms see them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vincle.apps.accounts.actor import Actor
from vincle.apps.accounts.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody did something to whatever has that uid."""

    at: datetime
    by: str
    uid: str
    details: Mapping[str, Any]


def latest_entries(*, action: str, uids: Collection[str], most: int) -> list[Entry]:
    """How often `action` was done to whatever has one of these uids, the latest first: `most` at most."""
    found = AuditEntry.objects.filter(action=action, object_uid__in=uids).order_by("-at", "-pk")[:most]
    return _told(found)


def entries_since(since: datetime, *, actor: Actor, action: str, uids: Collection[str]) -> list[Entry]:
    """When `actor` did `action` to whatever has one of these uids, later than `since`."""
    theirs = AuditEntry.objects.filter(actor_id=actor.id, actor_name=actor.name[:120], at__gt=since)
    return _told(theirs.filter(action=action, object_uid__in=uids))


def _told(entries: Iterable[AuditEntry]) -> list[Entry]:
    return [Entry(each.at, each.actor_name, each.object_uid, each.details) for each in entries]
