"""What the room keeps of people: the lists they stand on, and the changes of many that were about them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.lists.models import Gathered, Member, Target
from vincle.apps.people.facade import Keeping


def _standing(row: Member) -> Mapping[str, Any]:
    until = row.removed.made_at if row.removed else None
    return {"list": row.list.name, "since": row.added.made_at, "by": row.added.actor_name, "until": until}


def _changed(row: Target) -> Mapping[str, Any]:
    change = row.change
    return {
        "attribute": change.list.name if change.list else change.attribute or change.task.get("title", ""),
        "at": change.made_at,
        "by": change.actor_name,
        "kind": change.kind,
        "state": change.state,
    }


def _gathered(row: Gathered) -> Mapping[str, Any]:
    return {"behind": row.gathering.words, "at": row.gathering.made_at}


STANDING = Keeping(
    name="places_on_lists",
    label=_("Lists they stand on"),
    model=Member,
    shown={"list": _("List"), "since": _("Since"), "by": _("By")},
    told=_standing,
)
CHANGED = Keeping(
    name="changes_of_many",
    label=_("Changed together with others"),
    model=Target,
    shown={"attribute": _("What"), "at": _("When"), "by": _("By")},
    told=_changed,
)
GATHERED = Keeping(
    name="behind_figures",
    label=_("Looked at behind a figure"),
    model=Gathered,
    shown={"behind": _("Figure"), "at": _("When")},
    told=_gathered,
)
