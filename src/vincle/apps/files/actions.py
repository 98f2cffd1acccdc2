"""Writes of the room. One action, one change, one line in the audit log."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.files import storing
from vincle.apps.files.models import KeptFile
from vincle.apps.files.naming import safe_name
from vincle.apps.files.pictures import LOOKED_AT, SHOWN, picture_type
from vincle.apps.people.facade import Somebody, tell_log
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.ids import uuid7

LARGEST = 25 * 1024 * 1024  # bytes
MOST_FILES = 200  # about one person
KEPT_HIDDEN = timedelta(days=30)  # how long what was taken away can be brought back
ADDED, REMOVED, BROUGHT_BACK = "file.added", "file.removed", "file.brought_back"
FACE_CHOSEN, FACE_LEFT = "file.face_chosen", "file.face_left"


def add(
    upload: "UploadedFile[Any]", about: Somebody, *, actor: Actor, now: datetime, note: UUID | None = None
) -> KeptFile:
    """Keep a file about somebody, which a note may carry. Raises `BadInput` for an empty one, one that is too large,
    one too many."""
    if not upload.size:
        raise BadInput(_("This file is empty."))
    if upload.size > LARGEST:
        raise BadInput(_("A file has at most %(count)d MB.") % {"count": LARGEST // 1024 // 1024})
    if KeptFile.objects.filter(identity_id__in=about.identities, removed_at=None).count() >= MOST_FILES:
        raise BadInput(_("There are %(count)d files about them already.") % {"count": MOST_FILES})
    first = upload.read(LOOKED_AT)
    upload.seek(0)
    place = storing.store(upload.chunks())
    try:
        return _added(upload, place, picture_type(first), about, note, actor=actor, now=now)
    except BaseException:
        storing.remove([place])
        raise


@transaction.atomic
def choose_face(file: KeptFile, about: Somebody, *, actor: Actor, now: datetime) -> None:
    """Let a picture be how somebody looks on their page; raises `BadInput` for what is no picture to be shown."""
    file = _locked(file)
    if not file.picture or file.size > SHOWN:
        raise BadInput(_("Choose a picture (PNG, JPEG, WebP or GIF) of up to 5 MB."))
    KeptFile.objects.filter(identity_id__in=about.identities, face=True).update(face=False)
    KeptFile.objects.filter(pk=file.pk).update(face=True)
    _record(FACE_CHOSEN, file, about, actor=actor, now=now)


@transaction.atomic
def leave_face(file: KeptFile, about: Somebody, *, actor: Actor, now: datetime) -> None:
    """Show their initials again."""
    if KeptFile.objects.filter(pk=file.pk, face=True).update(face=False):
        _record(FACE_LEFT, file, about, actor=actor, now=now)


@transaction.atomic
def remove(file: KeptFile, about: Somebody, *, actor: Actor, now: datetime) -> None:
    """Take a file away; `bring_back` undoes it until it goes for good."""
    file = _locked(file)
    if file.removed_at is None:
        KeptFile.objects.filter(pk=file.pk).update(removed_at=now)
        _record(REMOVED, file, about, actor=actor, now=now)


@transaction.atomic
def bring_back(file: KeptFile, about: Somebody, *, actor: Actor, now: datetime) -> None:
    """Show a file again that was taken away."""
    file = _locked(file)
    if file.removed_at is not None:
        KeptFile.objects.filter(pk=file.pk).update(removed_at=None)
        _record(BROUGHT_BACK, file, about, actor=actor, now=now)


@transaction.atomic
def remove_with_note(note: UUID, *, now: datetime) -> None:
    """Take away what a note carries, as it is taken away itself."""
    KeptFile.objects.filter(note=note, removed_at=None).update(removed_at=now)


@transaction.atomic
def bring_back_with_note(note: UUID, *, removed_at: datetime) -> None:
    """Bring back what was taken away with a note; what had been before stays away."""
    KeptFile.objects.filter(note=note, removed_at=removed_at).update(removed_at=None)


def forget_removed(*, now: datetime) -> int:
    """Remove for good, to the bytes, what was taken away long enough ago, and what was cut short while it came; how
    many files. Again: nothing more."""
    gone = KeptFile.objects.filter(removed_at__lt=now - KEPT_HIDDEN)
    gone.delete()
    abandoned = storing.abandoned(set(KeptFile.objects.values_list("place", flat=True)), now=now)
    storing.remove(abandoned)
    return len(abandoned)


@transaction.atomic
def _added(
    upload: "UploadedFile[Any]",
    place: str,
    picture: str,
    about: Somebody,
    note: UUID | None,
    *,
    actor: Actor,
    now: datetime,
) -> KeptFile:
    file = KeptFile.objects.create(
        uid=uuid7(),
        identity_id=about.number,
        name=safe_name(upload.name or ""),
        place=place,
        size=storing.path_of(place).stat().st_size,
        picture=picture,
        note=note,
        added_at=now,
        added_by=actor.name,
    )
    tell_log(about.number, ADDED, actor=actor, now=now, properties={"file": str(file.uid)})
    _record(ADDED, file, about, actor=actor, now=now)
    return file


def _locked(file: KeptFile) -> KeptFile:
    found = KeptFile.objects.select_for_update().filter(pk=file.pk).first()
    if found is None:
        raise NotFound(_("This file is not here any more."))
    return found


def _record(action: str, file: KeptFile, about: Somebody, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(about.uid),
        summary=about.name,
        details={"file": str(file.uid)},
    )
