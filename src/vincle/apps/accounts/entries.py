"""Entries of the audit log as other rooms see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vincle.apps.accounts.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody did something."""

    at: datetime
    by: str
    details: Mapping[str, Any]


def latest_entries(*, action: str, uids: Collection[str], most: int) -> list[Entry]:
    """How often `action` was done to whatever has one of these uids, the latest first: `most` at most."""
    found = AuditEntry.objects.filter(action=action, object_uid__in=uids).order_by("-at", "-pk")[:most]
    return [Entry(entry.at, entry.actor_name, entry.details) for entry in found]
