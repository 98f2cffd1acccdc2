"""Writes of the room. One action, one change, one line in the audit log."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.notes.models import Former, Note
from vincle.apps.people.facade import Somebody, tell_log
from vincle.kernel.errors import BadInput, NotFound, Refused
from vincle.kernel.ids import uuid7
from vincle.kernel.words import written

LONGEST = 10_000
KEPT_HIDDEN = timedelta(days=30)  # how long what was taken away can be brought back
WRITTEN, EDITED, REMOVED, BROUGHT_BACK = "note.written", "note.edited", "note.removed", "note.brought_back"
PINNED, UNPINNED = "note.pinned", "note.unpinned"


@transaction.atomic
def write(about: Somebody, text: str, *, actor: Actor, now: datetime) -> Note:
    """Write a note about somebody. The log hears that there is one, and not what it says, for that may be changed.

    Raises `BadInput` for an empty or an endless one.
    """
    note = Note.objects.create(
        uid=uuid7(),
        identity_id=about.number,
        text=_read(text),
        author_id=actor.id,
        author=actor.name,
        written_at=now,
    )
    tell_log(about.number, WRITTEN, actor=actor, now=now, properties={"note": str(note.uid)})
    _record(WRITTEN, note, about, actor=actor, now=now)
    return note


@transaction.atomic
def edit(note: Note, about: Somebody, text: str, *, actor: Actor, now: datetime, lead: bool = False) -> Note:
    """Have a note say something else; what it said is kept.

    Raises `Refused` for somebody else's unless `lead`.
    """
    note = _theirs(note, actor, lead)
    said, text = note.text, _read(text)
    if said == text:
        return note
    Former.objects.create(note=note, text=said, until=now, changed_by=actor.name)
    note.text, note.edited_at, note.edited_by = text, now, actor.name
    note.save(update_fields=["text", "edited_at", "edited_by"])
    _record(EDITED, note, about, actor=actor, now=now)
    return note


@transaction.atomic
def pin(note: Note, about: Somebody, pinned: bool, *, actor: Actor, now: datetime) -> Note:
    """Keep a note on top of the others, or no longer: anybody who writes notes may."""
    note = _locked(note)
    if note.pinned != pinned:
        note.pinned = pinned
        note.save(update_fields=["pinned"])
        _record(PINNED if pinned else UNPINNED, note, about, actor=actor, now=now)
    return note


@transaction.atomic
def remove(note: Note, about: Somebody, *, actor: Actor, now: datetime, lead: bool = False) -> None:
    """Take a note away; `bring_back` undoes it until it goes for good. Raises `Refused` as `edit` does."""
    note = _theirs(note, actor, lead)
    if note.removed_at is None:
        note.removed_at, note.removed_by = now, actor.name
        note.save(update_fields=["removed_at", "removed_by"])
        _record(REMOVED, note, about, actor=actor, now=now)


@transaction.atomic
def bring_back(note: Note, about: Somebody, *, actor: Actor, now: datetime, lead: bool = False) -> None:
    """Show a note again that was taken away."""
    note = _theirs(note, actor, lead)
    if note.removed_at is not None:
        note.removed_at, note.removed_by = None, ""
        note.save(update_fields=["removed_at", "removed_by"])
        _record(BROUGHT_BACK, note, about, actor=actor, now=now)


def forget_removed(*, now: datetime) -> int:
    """Delete for good what was taken away long enough ago; how many notes."""
    _rows, by_model = Note.objects.filter(removed_at__lt=now - KEPT_HIDDEN).delete()
    return by_model.get("notes.Note", 0)


def _read(text: str) -> str:
    text = written(text)
    if not text:
        raise BadInput(_("Write something first."))
    if len(text) > LONGEST:
        raise BadInput(_("A note has at most %(count)d letters.") % {"count": LONGEST})
    return text


def _theirs(note: Note, actor: Actor, lead: bool) -> Note:
    note = _locked(note)
    if not lead and (actor.id is None or note.author_id != actor.id):
        raise Refused(_("Only %(author)s, or who leads, may change this note.") % {"author": note.author})
    return note


def _locked(note: Note) -> Note:
    found = Note.objects.select_for_update().filter(pk=note.pk).first()
    if found is None:
        raise NotFound(_("This note is not here any more."))
    return found


def _record(action: str, note: Note, about: Somebody, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(about.uid),
        summary=about.name,
        details={"note": str(note.uid)},
    )
