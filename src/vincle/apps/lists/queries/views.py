"""Saved views and fixed lists, as one colleague may see them."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.models import Change, FixedList, View
from vincle.kernel.errors import NotFound, Refused

SEVERAL = 200
TABS = 12


def views_for(viewer: int | None) -> QuerySet[View]:
    """The views a colleague sees: their own, and those that are shared; by name."""
    return View.objects.filter(_visible(viewer), removed_at=None).order_by("name", "pk")[:SEVERAL]


def view_for(uid: UUID, viewer: int | None, *, removed: bool = False) -> View:
    """One of them; raises `NotFound` for one that is somebody else's alone."""
    found = View.objects.filter(_visible(viewer), uid=uid, removed_at__isnull=not removed).first()
    if found is None:
        raise NotFound(_("There is no such view."), _("It may have been removed, or somebody keeps it for themselves."))
    return found


def may_change(view: View, actor: Actor, *, leads: bool) -> bool:
    """Whether somebody may change a view: their own, or, as who runs the house, one that is shared."""
    return (view.owner_id is not None and view.owner_id == actor.id) or (leads and view.shared)


def own_view(uid: UUID, actor: Actor, *, leads: bool, removed: bool = False) -> View:
    """A view that `actor` may change; raises `NotFound`, or `Refused` for a colleague's."""
    view = view_for(uid, actor.id, removed=removed)
    if not may_change(view, actor, leads=leads):
        raise Refused(
            _("“%(name)s” is a view of %(owner)s.") % {"name": view.name, "owner": view.owner_name},
            _("Make a copy of it and change that."),
        )
    return view


def fixed_lists() -> QuerySet[FixedList]:
    """The fixed lists by name, each with `standing`, how many identities stand on it."""
    standing = Count("members", filter=Q(members__removed=None))
    return FixedList.objects.filter(removed_at=None).annotate(standing=standing).order_by("name", "pk")[:SEVERAL]


def fixed_list(uid: UUID, *, removed: bool = False) -> FixedList:
    """One of them; raises `NotFound`."""
    found = FixedList.objects.filter(uid=uid, removed_at__isnull=not removed).first()
    if found is None:
        raise NotFound(_("There is no such list any more."))
    return found


def latest_changes() -> QuerySet[Change]:
    """The last changes of many people, the newest first."""
    return Change.objects.select_related("list").order_by("-made_at", "-pk")[:20]


def change_by_uid(uid: UUID) -> Change:
    """One of them; raises `NotFound`."""
    found = Change.objects.select_related("list").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("There is no such change."))
    return found


def _visible(viewer: int | None) -> Q:
    return Q(shared=True) | Q(owner_id=viewer, owner_id__isnull=False)
