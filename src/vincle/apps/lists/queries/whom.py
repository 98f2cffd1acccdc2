"""Saved views and fixed lists as groups of people, for rooms that work something out of a group in the background."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.lists.filters.asking import conditions
from vincle.apps.lists.filters.language import OnList, all_of
from vincle.apps.lists.filters.reading import read
from vincle.apps.lists.models import Change, FixedList, Target, View
from vincle.apps.lists.queries.views import fixed_list, fixed_lists, views_for
from vincle.apps.people.facade import Criteria, Sight, numbers_of, seeing
from vincle.flow.models import Identity
from vincle.kernel.errors import NotFound

_VIEW, _LIST = "view:", "list:"


def groups_for(viewer: int | None) -> list[tuple[str, str]]:
    """The views and lists somebody may choose a group from, as code and name; a view of everybody is no group."""
    views = [(f"{_VIEW}{view.uid}", view.name) for view in views_for(viewer) if view.filter]
    return views + [(f"{_LIST}{each.uid}", each.name) for each in fixed_lists()]


def name_of_group(code: str, viewer: int | None) -> str:
    """What a group is called, also one that was taken away; empty for a view that is somebody else's alone."""
    if code.startswith(_LIST):
        this = list_of(code)
        return this.name if this else ""
    view = View.objects.filter(uid=UUID(code.removeprefix(_VIEW))).first()
    return view.name if view and (view.shared or view.owner_id == viewer) else ""


def people_in(code: str, *, now: datetime) -> list[int]:
    """The numbers of those who are in a group now and whom everybody may see. Raises `NotFound` for one that is not
    there any more, and `BadInput` for a view whose filter does not mean anything any more.
    """
    if code.startswith(_LIST):
        wanted = all_of(OnList(fixed_list(UUID(code.removeprefix(_LIST))).uid, "on"))
    else:
        view = View.objects.filter(uid=UUID(code.removeprefix(_VIEW)), removed_at=None).exclude(filter="").first()
        if view is None:
            raise NotFound(_("There is no such view."))
        wanted = read(view.filter)
    with seeing(Sight()):
        return numbers_of(Criteria(further=conditions(wanted, now=now)))


@dataclass(frozen=True)
class Kept:
    """Who was put on a list when it was made, by the numbers they have now, and how often it was changed since."""

    people: list[int]
    changed: int


def kept_together(code: str) -> Kept:
    """Of a fixed list who was put on it when it was made, whether or not they stand on it now. Raises `NotFound` for
    what is no list.
    """
    this = list_of(code)
    changes = list(Change.objects.filter(list=this).order_by("pk").values_list("pk", flat=True)) if this else []
    if not changes:
        raise NotFound(_("There is no such list any more."))
    first, *later = changes
    theirs = Target.objects.filter(change_id=first).values("identity_id")
    people = Identity.objects.filter(pk__in=theirs).order_by("person_id").values_list("person_id", flat=True)
    return Kept(list(people.distinct()), len(later))


def list_of(code: str) -> FixedList | None:
    """The list behind a code, also one that was taken away; None for a view."""
    if not code.startswith(_LIST):
        return None
    return FixedList.objects.filter(uid=UUID(code.removeprefix(_LIST))).first()
