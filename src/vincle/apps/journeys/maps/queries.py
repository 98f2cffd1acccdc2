"""Reads of maps, each bounded."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from vincle.apps.journeys.models import Change, Comment, JourneyMap, Version
from vincle.engine.journeys.journey import Journey, from_data
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.pagination import Page, keyset_page

MAPS_SHOWN = 24
MAPS_LISTED = 200
VERSIONS_SHOWN = 200
COMMENTS_SHOWN = 200
PAUSE = timedelta(minutes=10)  # after which somebody who goes on has begun anew


def maps_page(*, archived: bool = False, cursor: str = "", size: int = MAPS_SHOWN) -> Page[JourneyMap]:
    """Maps, those changed last first: the ones in use, or those put away."""
    rows = JourneyMap.objects.filter(archived_at__isnull=not archived)
    return keyset_page(rows, order="-changed_at", cursor=cursor, size=size)


def map_by_uid(uid: UUID) -> JourneyMap:
    """One map, also one that was put away. Raises `NotFound`."""
    found = JourneyMap.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound(_("There is no such journey."))
    return found


def map_named(named: str) -> JourneyMap:
    """The map with this address or, of those in use, with exactly this name. Raises `NotFound` when there is none,
    `BadInput` when several have the name.
    """
    try:
        return map_by_uid(UUID(named))
    except ValueError:
        found = list(JourneyMap.objects.filter(name=named, archived_at=None).order_by("-changed_at")[:MAPS_SHOWN])
    if not found:
        raise NotFound(_("There is no such journey."))
    if len(found) > 1:
        uids = ", ".join(str(each.uid) for each in found)
        raise BadInput(
            _("Several journeys are called “%(name)s”.") % {"name": named},
            _("Say which by its address: %(uids)s.") % {"uids": uids},
        )
    return found[0]


def latest_maps() -> list[JourneyMap]:
    """The maps in use that were changed last, the latest first, without their documents."""
    rows = JourneyMap.objects.filter(archived_at=None).defer("document")
    return list(rows.order_by("-changed_at", "-id")[:MAPS_LISTED])


def journey_of(this: JourneyMap | Version) -> Journey:
    """What a map, or a version of one, says."""
    return from_data(this.document)


def changes_since(this: JourneyMap, revision: int) -> list[Change]:
    """What was changed after a revision, the latest first: at most as many as are kept."""
    return list(this.changes.filter(revision__gt=revision).order_by("-revision"))


def undoable(this: JourneyMap, author: int | None) -> Change | None:
    """The change that somebody's next undo takes back."""
    return this.changes.filter(author_id=author, state=Change.State.DONE).order_by("-revision").first()


def redoable(this: JourneyMap, author: int | None) -> Change | None:
    """The change that somebody's next redo does again: of those they undid, the first."""
    return this.changes.filter(author_id=author, state=Change.State.UNDONE).order_by("id").first()


def versions_of(this: JourneyMap) -> list[Version]:
    """The latest versions, without their documents."""
    return list(this.versions.defer("document").order_by("-revision")[:VERSIONS_SHOWN])


def version_of(this: JourneyMap, uid: UUID) -> Version:
    """One version. Raises `NotFound`."""
    found = this.versions.filter(uid=uid).first()
    if found is None:
        raise NotFound(_("This version is not kept any more."))
    return found


def comments_of(this: JourneyMap) -> list[Comment]:
    """What was said of a map: what is open first, then what was settled; the newest first."""
    return list(this.comments.order_by(F("resolved_at").asc(nulls_first=True), "-written_at", "-pk")[:COMMENTS_SHOWN])


def comment_of(this: JourneyMap, uid: UUID) -> Comment:
    """One comment. Raises `NotFound`."""
    found = this.comments.filter(uid=uid).first()
    if found is None:
        raise NotFound(_("This comment is not here any more."))
    return found
