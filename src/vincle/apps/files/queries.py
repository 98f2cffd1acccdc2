"""Reads of the room, each bounded."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.files.models import KeptFile
from vincle.apps.files.pictures import SHOWN as LARGEST_SHOWN
from vincle.kernel.errors import NotFound

SHOWN = 50
ON_NOTES = 500


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that a note carries; `shown`: it is a picture that can be seen on the page."""

    uid: UUID
    name: str
    size: int
    shown: bool


def files_of(identities: Collection[int]) -> list[KeptFile]:
    """What is kept about whoever has these numbers, the latest first; without what notes carry."""
    rows = KeptFile.objects.filter(identity_id__in=identities, note=None, removed_at=None)
    return list(rows.order_by("-added_at", "-pk")[:SHOWN])


def carried_by(notes: Collection[UUID]) -> dict[UUID, list[Carried]]:
    """What each of these notes carries, in the order it came."""
    found: dict[UUID, list[Carried]] = defaultdict(list)
    if notes:
        for file in KeptFile.objects.filter(note__in=notes, removed_at=None).order_by("added_at", "pk")[:ON_NOTES]:
            shown = bool(file.picture) and file.size <= LARGEST_SHOWN
            found[file.note].append(Carried(file.uid, file.name, file.size, shown))
    return dict(found)


def file_of(identities: Collection[int], uid: UUID, *, removed: bool = False) -> KeptFile:
    """One file about them; raises `NotFound` when it is not theirs, or (unless `removed`) taken away."""
    found = KeptFile.objects.filter(identity_id__in=identities, uid=uid).first()
    if found is None or (found.removed_at is not None and not removed):
        raise NotFound(_("This file is not here any more."))
    return found


def face_of(identities: Collection[int]) -> KeptFile | None:
    """The picture that shows them; of several (they were joined) the latest."""
    rows = KeptFile.objects.filter(identity_id__in=identities, face=True, removed_at=None)
    return rows.order_by("-added_at", "-pk").first()
