"""Writes of the room. One action, one change, one line in the audit log."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.files import facade as files
from vincle.apps.notes.models import Former, Mention, Note
from vincle.apps.notes.naming import named
from vincle.apps.notes.queries import may_be_told
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
    Colleagues whom it names after an `@` have it to read.

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
    _tell_colleagues(note, about, actor=actor, now=now)
    tell_log(about.number, WRITTEN, actor=actor, now=now, properties={"note": str(note.uid)})
    _record(WRITTEN, note, about, actor=actor, now=now)
    return note


@transaction.atomic
def edit(note: Note, about: Somebody, text: str, *, actor: Actor, now: datetime, lead: bool = False) -> Note:
    """Have a note say something else; what it said is kept. Whom it names now has it to read, and whom it names no
    more has not.

    Raises `Refused` for somebody else's unless `lead`.
    """
    note = _theirs(note, actor, lead)
    said, text = note.text, _read(text)
    if said == text:
        return note
    Former.objects.create(note=note, text=said, until=now, changed_by=actor.name)
    note.text, note.edited_at, note.edited_by = text, now, actor.name
    note.save(update_fields=["text", "edited_at", "edited_by"])
    _tell_colleagues(note, about, actor=actor, now=now)
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
def attach(upload: "UploadedFile[Any]", note: Note, about: Somebody, *, actor: Actor, now: datetime) -> None:
    """Let a note carry a file, which stays with whom the note stays with. Raises `BadInput` as `files.add` does."""
    note = _locked(note)
    if note.removed_at is not None:
        raise NotFound(_("This note is not here any more."))
    files.add(upload, replace(about, number=note.identity_id), actor=actor, now=now, note=note.uid)


@transaction.atomic
def remove(note: Note, about: Somebody, *, actor: Actor, now: datetime, lead: bool = False) -> None:
    """Take a note away with what it carries; `bring_back` undoes it until it goes for good. Raises `Refused` as `edit`
    does."""
    note = _theirs(note, actor, lead)
    if note.removed_at is None:
        note.removed_at, note.removed_by = now, actor.name
        note.save(update_fields=["removed_at", "removed_by"])
        files.remove_with_note(note.uid, now=now)
        _record(REMOVED, note, about, actor=actor, now=now)


@transaction.atomic
def bring_back(note: Note, about: Somebody, *, actor: Actor, now: datetime, lead: bool = False) -> None:
    """Show a note again that was taken away."""
    note = _theirs(note, actor, lead)
    if note.removed_at is not None:
        files.bring_back_with_note(note.uid, removed_at=note.removed_at)
        note.removed_at, note.removed_by = None, ""
        note.save(update_fields=["removed_at", "removed_by"])
        _record(BROUGHT_BACK, note, about, actor=actor, now=now)


@transaction.atomic
def read(mention: Mention, *, now: datetime) -> None:
    """Note that whoever was mentioned has read it; `leave_unread` undoes it."""
    Mention.objects.filter(pk=mention.pk, read_at=None).update(read_at=now)


@transaction.atomic
def leave_unread(mention: Mention) -> None:
    """Have it wait to be read again."""
    Mention.objects.filter(pk=mention.pk).update(read_at=None)


def forget_removed(*, now: datetime) -> int:
    """Delete for good what was taken away long enough ago; how many notes."""
    _rows, by_model = Note.objects.filter(removed_at__lt=now - KEPT_HIDDEN).delete()
    return by_model.get("notes.Note", 0)


def _tell_colleagues(note: Note, about: Somebody, *, actor: Actor, now: datetime) -> None:
    """Whoever writes is told nothing: they know."""
    meant = {each.id: each for each in named(note.text, may_be_told(about)) if each.id != actor.id}
    note.mentions.exclude(colleague_id__in=meant).delete()
    before = set(note.mentions.values_list("colleague_id", flat=True))
    Mention.objects.bulk_create(
        Mention(uid=uuid7(), note=note, colleague_id=each.id, colleague=each.name, by=actor.name, made_at=now)
        for each in meant.values()
        if each.id not in before
    )


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
