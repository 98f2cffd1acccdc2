"""Writes of the room."""

from datetime import datetime

from vincle.apps.accounts.facade import Actor, record

LIST_EXPORTED = "people.exported"


def note_export(*, actor: Actor, now: datetime, wanted: dict[str, str]) -> None:
    """Write in the audit log who took a list of people out, and which: `wanted` is the list's filters."""
    record(actor=actor, now=now, action=LIST_EXPORTED, object_type="people", details=wanted)
