"""People that another room has chosen, kept together on a fixed list."""

from collections.abc import Sequence
from datetime import datetime

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.actions.changing import What, start_with
from vincle.apps.lists.actions.fixed import bring_back_list, make_list, remove_list
from vincle.apps.lists.models import Change, FixedList
from vincle.apps.lists.queries.views import fixed_list
from vincle.apps.lists.queries.whom import list_of


def keep_together(people: Sequence[int], *, name: str, actor: Actor, now: datetime) -> str:
    """A new fixed list of these people, by their numbers; its code as `groups_for` gives it. Who was put on it stays
    known (`kept_together`), whoever changes it later. Raises `BadInput` for what is no name.
    """
    made = make_list(actor=actor, now=now, name=name)
    start_with(What(Change.Kind.ADD, list=made), people, actor=actor, now=now)
    return f"list:{made.uid}"


def put_away(code: str, *, actor: Actor, now: datetime) -> None:
    """Take such a list away; `take_out_again` undoes it. One that is away already stays so."""
    this = list_of(code)
    if this is not None and this.removed_at is None:
        remove_list(this, actor=actor, now=now)


def take_out_again(code: str, *, actor: Actor, now: datetime) -> None:
    """Bring it back."""
    this: FixedList | None = list_of(code)
    if this is not None and this.removed_at is not None:
        bring_back_list(fixed_list(this.uid, removed=True), actor=actor, now=now)
