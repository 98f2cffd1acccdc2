"""Reads of the room, each bounded."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Colleague, colleagues
from vincle.apps.notes.models import Former, Mention, Note
from vincle.apps.people.facade import PersonMark, Somebody, looks, marked
from vincle.flow.models import Identity
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page
from vincle.web.permissions import PERMISSIONS

PINNED_SHOWN = 20
NOTES_SHOWN = 8
FORMER_SHOWN = 50
MENTIONS_SHOWN = 20
MOST_WAITING = 100  # beyond which the sidebar counts no further


@dataclass(frozen=True, slots=True)
class Notes:
    """Some notes of somebody: on the first page only the one that was asked for and those pinned; then the others,
    newest first."""

    pinned: list[Note]
    page: Page[Note]
    asked: Note | None = None

    def __iter__(self) -> Iterator[Note]:
        yield from [self.asked] if self.asked else []
        yield from self.pinned
        yield from self.page

    def __bool__(self) -> bool:
        return bool(self.asked or self.pinned or len(self.page))


def notes_of(identities: Collection[int], *, cursor: str = "", asked: UUID | None = None) -> Notes:
    """The notes kept under any of these numbers, the one somebody asks for on top; raises `BadInput` for a cursor
    that is not ours."""
    rows = _standing(identities)
    first = rows.filter(uid=asked).first() if asked and not cursor else None
    rows = rows.exclude(uid=asked) if asked else rows
    pinned = [] if cursor else list(rows.filter(pinned=True).order_by("-written_at", "-pk")[:PINNED_SHOWN])
    page = keyset_page(rows.filter(pinned=False), order="-written_at", cursor=cursor, size=NOTES_SHOWN)
    return Notes(pinned, page, first)


def note_of(identities: Collection[int], uid: UUID, *, removed: bool = False) -> Note:
    """One note about whoever has these numbers; raises `NotFound` when it is not theirs, or (unless `removed`) gone."""
    found = Note.objects.filter(identity_id__in=identities, uid=uid).first()
    if found is None or (found.removed_at is not None and not removed):
        raise NotFound(_("This note is not here any more."))
    return found


def former_of(note: Note) -> list[Former]:
    """What a note said before, the latest first."""
    return list(note.former.all()[:FORMER_SHOWN])


def may_be_told(about: Somebody) -> list[Colleague]:
    """The colleagues who may read a note about somebody: who works here, reads notes, and may see them."""
    roles = PERMISSIONS["notes.view"].roles
    if Identity.objects.filter(pk=about.number, person_id__in=marked(PersonMark.Kind.CONFIDENTIAL)).exists():
        roles &= PERMISSIONS["people.confidential"].roles
    return [each for each in colleagues() if each.is_active and each.role in roles]


def to_read(colleague: int) -> QuerySet[Mention]:
    """Where a colleague is mentioned and has not read it."""
    return _mentions(colleague).filter(read_at=None)


def waiting(colleague: int) -> QuerySet[Mention]:
    """The same for the sidebar: `MOST_WAITING` at most."""
    return to_read(colleague)[:MOST_WAITING]


def mentions_page(colleague: int, *, read: bool, cursor: str = "") -> Page[Mention]:
    """Where a colleague is mentioned: what they have not read yet, the newest first, or what they read last."""
    rows = _mentions(colleague).select_related("note")
    if read:
        return keyset_page(rows.filter(read_at__isnull=False), order="-read_at", cursor=cursor, size=MENTIONS_SHOWN)
    return keyset_page(rows.filter(read_at=None), order="-made_at", cursor=cursor, size=MENTIONS_SHOWN)


def mention_of(colleague: int, uid: UUID) -> Mention:
    """One of them; raises `NotFound` for one of somebody else's."""
    found = _mentions(colleague).select_related("note").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("This note is not here any more."))
    return found


def _mentions(colleague: int) -> QuerySet[Mention]:
    """Those in notes that still stand, about people whom whoever looks may see."""
    rows = Mention.objects.filter(colleague_id=colleague, note__removed_at=None)
    if looks().confidential:
        return rows
    hidden = Identity.objects.filter(person_id__in=marked(PersonMark.Kind.CONFIDENTIAL))
    return rows.exclude(note__identity_id__in=hidden.values("pk"))


def _standing(identities: Collection[int]) -> QuerySet[Note]:
    return Note.objects.filter(identity_id__in=identities, removed_at=None).prefetch_related("mentions")
