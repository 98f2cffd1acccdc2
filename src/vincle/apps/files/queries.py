"""Reads of the room, each bounded."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.files.models import KeptFile
from vincle.kernel.errors import NotFound

SHOWN = 50


def files_of(identities: Collection[int]) -> list[KeptFile]:
    """What is kept about whoever has these numbers, the latest first."""
    rows = KeptFile.objects.filter(identity_id__in=identities, removed_at=None)
    return list(rows.order_by("-added_at", "-pk")[:SHOWN])


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
