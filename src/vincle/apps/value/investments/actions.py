"""Writes: investments are described, changed, put away and brought back."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.lists.facade import put_away, take_out_again
from vincle.apps.value.investments.models import Investment
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.house import house
from vincle.kernel.ids import uuid7

DESCRIBED, CHANGED = "value.investment_described", "value.investment_changed"
DRAWN = "value.investment_drawn"
ARCHIVED, BROUGHT_BACK = "value.investment_archived", "value.investment_brought_back"
LONGEST_NAME, LONGEST_ABOUT = 120, 2_000
DEAREST = Decimal(10**12)
MOST = 500  # that are not put away
_GROUP = re.compile(r"(view|list):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an investment; see the model. Costs are in the organisation's currency."""

    name: str
    about: str
    cost_fixed: Decimal
    cost_each: Decimal
    start: date
    until: date | None

    def checked(self) -> "Said":
        """The same. Raises `BadInput` for what makes no sense."""
        name = " ".join(self.name.split())
        if not name or len(name) > LONGEST_NAME or len(self.about) > LONGEST_ABOUT or "\0" in name + self.about:
            raise BadInput(_("Give it a name of up to %(count)d letters.") % {"count": LONGEST_NAME})
        if not all(cost.is_finite() and 0 <= cost <= DEAREST for cost in (self.cost_fixed, self.cost_each)):
            raise BadInput(_("A cost is an amount of 0 or more."))
        if self.until is not None and self.until < self.start:
            raise BadInput(_("It ends on the day it begins, or later."))
        return Said(name, self.about.strip(), self.cost_fixed, self.cost_each, self.start, self.until)


@dataclass(frozen=True, slots=True)
class Groups:
    """Who had it, whom they are compared with (empty: everybody else), and whether a lot decided that."""

    treated: str
    compared: str
    randomised: bool

    def checked(self) -> "Groups":
        """The same. Raises `BadInput` for what is no group, and where both are one."""
        if not all(_GROUP.fullmatch(code) for code in (self.treated, self.compared) if code) or not self.treated:
            raise BadInput(_("Choose who had it, and whom they are compared with."))
        if self.treated == self.compared:
            raise BadInput(_("Compare them with others than themselves."))
        if self.randomised and not self.compared:
            raise BadInput(_("Say on which list those are who were not drawn."))
        return self


@transaction.atomic
def describe(said: Said, groups: Groups, *, actor: Actor, now: datetime) -> Investment:
    """Keep an investment. Raises `BadInput` for what makes no sense, `Refused` when there are very many."""
    made = write_down(said, groups.checked(), actor=actor, now=now)
    _note(DESCRIBED, made, actor=actor, now=now)
    return made


def write_down(
    said: Said,
    groups: Groups,
    *,
    actor: Actor,
    now: datetime,
    drawn_from: str = "",
    seed: str = "",
    share: float | None = None,
) -> Investment:
    """A new row, not yet in the audit log."""
    if Investment.objects.filter(archived_at=None).count() >= MOST:
        raise Refused(_("There are %(count)d investments already.") % {"count": MOST}, _("Put one of them away first."))
    made = Investment(
        uid=uuid7(), currency=house().currency, drawn_from=drawn_from, seed=seed, share=share, made_at=now,
        made_by=actor.name[:200],
    )  # fmt: skip
    _fill(made, said.checked(), groups, actor=actor, now=now)
    made.save()
    return made


@transaction.atomic
def change(this: Investment, said: Said, groups: Groups | None, *, actor: Actor, now: datetime) -> None:
    """Say something else of it; where the lot was drawn here, who had it and the day they were drawn stay (`groups` is
    None). Raises `BadInput` for what makes no sense, and `Refused` for one that is put away.
    """
    this = _held(this)
    if this.archived_at is not None:
        raise Refused(_("“%(name)s” is put away.") % {"name": this.name}, _("Bring it back first."))
    as_it_was = Groups(this.treated, this.compared, this.randomised)
    if this.is_drawn and (groups not in {None, as_it_was} or said.start < this.start):
        raise Refused(_("A lot decided who has it: neither they nor the day can be changed to an earlier one."))
    _fill(this, said.checked(), (groups or as_it_was).checked(), actor=actor, now=now)
    this.save()
    _note(CHANGED, this, actor=actor, now=now)


@transaction.atomic
def archive(this: Investment, *, actor: Actor, now: datetime) -> None:
    """Put it away, with the lists that were made for it; `bring_back` undoes it."""
    this = _held(this)
    if this.archived_at is None:
        this.archived_at = now
        this.save(update_fields=["archived_at"])
        for code in _own_lists(this):
            put_away(code, actor=actor, now=now)
        _note(ARCHIVED, this, actor=actor, now=now)


@transaction.atomic
def bring_back(this: Investment, *, actor: Actor, now: datetime) -> None:
    """Have it among the others again, as it was."""
    this = _held(this)
    if this.archived_at is not None:
        this.archived_at = None
        this.save(update_fields=["archived_at"])
        for code in _own_lists(this):
            take_out_again(code, actor=actor, now=now)
        _note(BROUGHT_BACK, this, actor=actor, now=now)


def _own_lists(this: Investment) -> tuple[str, ...]:
    return (this.treated, this.compared) if this.is_drawn else ()


def _held(this: Investment) -> Investment:
    return Investment.objects.select_for_update().get(pk=this.pk)


def _fill(this: Investment, said: Said, groups: Groups, *, actor: Actor, now: datetime) -> None:
    this.name, this.about, this.start, this.until = said.name, said.about, said.start, said.until
    this.cost_fixed, this.cost_each = said.cost_fixed, said.cost_each
    this.treated, this.compared, this.randomised = groups.treated, groups.compared, groups.randomised
    this.changed_at, this.changed_by = now, actor.name[:200]


def _note(action: str, this: Investment, *, actor: Actor, now: datetime) -> None:
    details = {"start": this.start.isoformat(), "randomised": this.randomised}
    record(
        actor=actor, now=now, action=action, object_type="investment", object_uid=str(this.uid), summary=this.name,
        details=details,
    )  # fmt: skip
