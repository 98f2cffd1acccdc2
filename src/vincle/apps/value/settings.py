"""Writes: the terms under which relationships are valued."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.value.models import ValueTerms
from vincle.apps.value.refreshing import ask_refresh
from vincle.engine.value.terms import Terms
from vincle.flow.models import Kind
from vincle.kernel.errors import BadInput

CHANGED = "value.terms_changed"


@transaction.atomic
def change_terms(
    terms: Terms, *, kinds: Sequence[str], acquisition_cost: Decimal | None, actor: Actor, now: datetime
) -> ValueTerms:
    """Value relationships under these terms from now on; figures are worked out anew in the background.

    Raises `BadInput` for terms that make no sense, a kind that is not in the catalogue, or a cost below nothing.
    """
    terms.checked()
    known = set(Kind.objects.filter(name__in=kinds).values_list("name", flat=True))
    for name in kinds:
        if name not in known:
            raise BadInput(_("There is no kind “%(name)s”.") % {"name": name})
    if acquisition_cost is not None and acquisition_cost < 0:
        raise BadInput(_("Winning somebody cannot cost less than nothing."))
    said: dict[str, Any] = {
        "horizon_days": terms.horizon_days,
        "discount": terms.discount,
        "margin": terms.margin,
        "contractual": terms.contractual,
        "kinds": sorted(known),
        "acquisition_cost": acquisition_cost,
        "changed_at": now,
        "changed_by": actor.name[:200],
    }
    made, _new = ValueTerms.objects.update_or_create(pk=1, defaults=said)
    details = {"horizon_days": terms.horizon_days, "discount": terms.discount, "margin": terms.margin}
    record(action=CHANGED, actor=actor, now=now, details={**details, "contractual": terms.contractual})
    ask_refresh(now=now)
    return made
