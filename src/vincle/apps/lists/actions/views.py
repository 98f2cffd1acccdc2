"""Saved views: kept, changed, copied, removed and brought back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.lists.columns import read_columns
from vincle.apps.lists.filters.reading import read
from vincle.apps.lists.models import View
from vincle.apps.people.facade import ORDERS
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.ids import uuid7

LONGEST_NAME = 80
MOST = 100  # views of one colleague


@transaction.atomic
def keep_view(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    filter: str = "",  # noqa: A002 - what it is
    columns: Sequence[str] = (),
    order: str = "",
    shared: bool = False,
) -> View:
    """Keep a list under a name. Raises `BadInput` for what is no name, filter, column or order."""
    if View.objects.filter(owner_id=actor.id, removed_at=None).count() >= MOST:
        raise Refused(_("You keep %(count)d views already.") % {"count": MOST}, _("Remove one of them first."))
    view = View(
        uid=uuid7(),
        name=read_name(name),
        owner_id=actor.id,
        owner_name=actor.name if actor.id is not None else "",
        shared=shared,
        made_at=now,
    )
    _fill(view, filter, columns, order)
    view.save()
    _note("view.kept", view, actor=actor, now=now)
    return view


@transaction.atomic
def change_view(
    view: View,
    *,
    actor: Actor,
    now: datetime,
    filter: str,  # noqa: A002
    columns: Sequence[str],
    order: str,
) -> None:
    """Have a view want others, or show something else."""
    _fill(view, filter, columns, order)
    view.save(update_fields=["filter", "columns", "order"])
    _note("view.changed", view, actor=actor, now=now)


@transaction.atomic
def describe_view(view: View, *, actor: Actor, now: datetime, name: str, shared: bool) -> None:
    """Give a view another name, and say whether colleagues see it."""
    view.name, view.shared = read_name(name), shared
    view.save(update_fields=["name", "shared"])
    _note("view.described", view, actor=actor, now=now)


def copy_view(view: View, *, actor: Actor, now: datetime) -> View:
    """A view of one's own that wants and shows the same."""
    name = _("%(name)s (copy)") % {"name": view.name[: LONGEST_NAME - 10]}
    return keep_view(
        actor=actor, now=now, name=name, filter=view.filter, columns=view.columns, order=view.order, shared=False
    )


@transaction.atomic
def remove_view(view: View, *, actor: Actor, now: datetime) -> None:
    """Take a view away; `bring_back_view` undoes it. Nothing happens to the people on it."""
    view.removed_at = now
    view.save(update_fields=["removed_at"])
    _note("view.removed", view, actor=actor, now=now)


@transaction.atomic
def bring_back_view(view: View, *, actor: Actor, now: datetime) -> None:
    """Undo the removal of a view."""
    view.removed_at = None
    view.save(update_fields=["removed_at"])
    _note("view.back", view, actor=actor, now=now)


def read_name(name: str) -> str:
    """A name without spaces around it; raises `BadInput` for one that is empty or too long."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or "\0" in plain:
        raise BadInput(_("Give it a name of up to %(count)d letters.") % {"count": LONGEST_NAME})
    return plain


def _fill(view: View, wanted: str, columns: Sequence[str], order: str) -> None:
    if wanted:
        read(wanted)
    if order and order.removeprefix("-") not in ORDERS:
        raise BadInput(_("A list cannot be in this order."))
    view.filter, view.columns, view.order = wanted, [column.code for column in read_columns(columns)], order


def _note(action: str, view: View, *, actor: Actor, now: datetime) -> None:
    record(actor=actor, now=now, action=action, object_type="view", object_uid=str(view.uid), summary=view.name)
