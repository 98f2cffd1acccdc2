"""Writes: what is assumed of an option."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.value.decisions.models import Option
from vincle.apps.value.decisions.options import USUAL, Assumed
from vincle.engine.value.deciding import KINDS, Kind
from vincle.kernel.errors import BadInput, NotFound, Refused

CHANGED = "value.option_changed"
MOST = Decimal(1_000_000)


@transaction.atomic
def change_option(
    kind: str, *, cost: Decimal, low: float, likely: float, high: float, actor: Actor, now: datetime
) -> Option:
    """Assume this of an option from now on; what was assumed before is kept for `undo_option`.

    Raises `NotFound` for what is no option, and `BadInput` for a cost or an effect that makes no sense.
    """
    this = _kind(kind)
    if not (cost.is_finite() and 0 <= cost <= MOST):
        raise BadInput(_("A cost is not below nothing."))
    if not 0 <= low <= likely <= high <= 1:
        raise BadInput(_("An effect is from 0 to 100 percent: at worst, probably and at best, in this order."))
    row = Option.objects.select_for_update().filter(kind=this).first()
    former = Assumed(this, row.cost, row.low, row.likely, row.high).said() if row else None
    return _keep(this, row, Assumed(this, cost, low, likely, high), former, actor=actor, now=now)


@transaction.atomic
def undo_option(kind: str, *, revision: int, actor: Actor, now: datetime) -> Option:
    """Assume again what was assumed before the change that made this `revision`.

    Raises `NotFound` for what is no option, and `Refused` when it was changed since.
    """
    this = _kind(kind)
    row = Option.objects.select_for_update().filter(kind=this).first()
    if row is None or row.revision != revision:
        raise Refused(_("Somebody has changed it since."), _("Look at what is assumed now, and change that."))
    said = row.former
    before = USUAL[this] if said is None else Assumed(this, Decimal(said["cost"]), *_effect(said))
    former = Assumed(this, row.cost, row.low, row.likely, row.high).said()
    return _keep(this, row, before, former, actor=actor, now=now)


def _keep(
    kind: Kind, row: Option | None, said: Assumed, former: dict[str, str] | None, *, actor: Actor, now: datetime
) -> Option:
    values: dict[str, Any] = {
        "cost": said.cost,
        "low": said.low,
        "likely": said.likely,
        "high": said.high,
        "former": former,
        "revision": row.revision + 1 if row else 1,
        "changed_at": now,
        "changed_by": actor.name[:200],
    }
    made, _new = Option.objects.update_or_create(kind=kind, defaults=values)
    record(action=CHANGED, actor=actor, now=now, details={"option": kind, **said.said()})
    return made


def _kind(kind: str) -> Kind:
    for each in KINDS:
        if each == kind:
            return each
    raise NotFound(_("There is no such option."))


def _effect(said: dict[str, float]) -> tuple[float, float, float]:
    return said["low"], said["likely"], said["high"]
