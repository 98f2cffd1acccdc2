"""Saved views and fixed lists as groups of people, for rooms that work something out of a group in the background."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.lists.filters.asking import conditions
from vincle.apps.lists.filters.language import OnList, all_of
from vincle.apps.lists.filters.reading import read
from vincle.apps.lists.models import View
from vincle.apps.lists.queries.views import fixed_list, fixed_lists, views_for
from vincle.apps.people.facade import Criteria, Sight, numbers_of, seeing
from vincle.kernel.errors import NotFound

_VIEW, _LIST = "view:", "list:"


def groups_for(viewer: int | None) -> list[tuple[str, str]]:
    """The views and lists somebody may choose a group from, as code and name; a view of everybody is no group."""
    views = [(f"{_VIEW}{view.uid}", view.name) for view in views_for(viewer) if view.filter]
    return views + [(f"{_LIST}{each.uid}", each.name) for each in fixed_lists()]


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
