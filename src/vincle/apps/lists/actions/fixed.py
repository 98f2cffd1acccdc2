"""Fixed lists: made, removed, brought back. Who stands on them is changed by `changing`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.lists.actions.views import read_name
from vincle.apps.lists.filters.language import Filter, OnList, all_of
from vincle.apps.lists.models import FixedList
from vincle.kernel.errors import Refused
from vincle.kernel.ids import uuid7

MOST = 200


@transaction.atomic
def make_list(*, actor: Actor, now: datetime, name: str) -> FixedList:
    """An empty list. Raises `BadInput` for what is no name, `Refused` when there are very many lists."""
    if FixedList.objects.filter(removed_at=None).count() >= MOST:
        raise Refused(_("There are %(count)d lists already.") % {"count": MOST}, _("Remove one of them first."))
    made = FixedList.objects.create(uid=uuid7(), name=read_name(name), made_at=now, made_by=actor.name)
    _note("list.made", made, actor=actor, now=now)
    return made


@transaction.atomic
def remove_list(this: FixedList, *, actor: Actor, now: datetime) -> None:
    """Take a list away; `bring_back_list` undoes it. Nothing happens to the people on it."""
    this.removed_at = now
    this.save(update_fields=["removed_at"])
    _note("list.removed", this, actor=actor, now=now)


@transaction.atomic
def bring_back_list(this: FixedList, *, actor: Actor, now: datetime) -> None:
    """Undo the removal of a list."""
    this.removed_at = None
    this.save(update_fields=["removed_at"])
    _note("list.back", this, actor=actor, now=now)


def standing_on(this: FixedList) -> Filter:
    """Whoever stands on a list."""
    return all_of(OnList(this.uid, "on"))


def _note(action: str, this: FixedList, *, actor: Actor, now: datetime) -> None:
    record(actor=actor, now=now, action=action, object_type="list", object_uid=str(this.uid), summary=this.name)
