"""Reads of the room, each bounded."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vincle.apps.notes.models import Former, Note
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page

PINNED_SHOWN = 20
NOTES_SHOWN = 8
FORMER_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Notes:
    """Some notes of somebody: those pinned on top, on the first page only, and the others, newest first."""

    pinned: list[Note]
    page: Page[Note]

    def __bool__(self) -> bool:
        return bool(self.pinned or len(self.page))


def notes_of(identities: Collection[int], *, cursor: str = "") -> Notes:
    """The notes kept under any of these numbers; raises `BadInput` for a cursor that is not ours."""
    rows = _standing(identities)
    pinned = [] if cursor else list(rows.filter(pinned=True).order_by("-written_at", "-pk")[:PINNED_SHOWN])
    return Notes(pinned, keyset_page(rows.filter(pinned=False), order="-written_at", cursor=cursor, size=NOTES_SHOWN))


def note_of(identities: Collection[int], uid: UUID, *, removed: bool = False) -> Note:
    """One note about whoever has these numbers; raises `NotFound` when it is not theirs, or (unless `removed`) gone."""
    found = Note.objects.filter(identity_id__in=identities, uid=uid).first()
    if found is None or (found.removed_at is not None and not removed):
        raise NotFound(_("This note is not here any more."))
    return found


def former_of(note: Note) -> list[Former]:
    """What a note said before, the latest first."""
    return list(note.former.all()[:FORMER_SHOWN])


def _standing(identities: Collection[int]) -> QuerySet[Note]:
    return Note.objects.filter(identity_id__in=identities, removed_at=None)
