"""What the room keeps of people: what each is worth, worked out from what they paid."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.people.facade import Keeping
from vincle.apps.value.models import Worth


def _told(row: Worth) -> Mapping[str, Any]:
    return {
        "first": row.first_on,
        "last": row.last_on,
        "days": row.days,
        "paid": row.money,
        "present": row.present,
        "alive": row.alive,
        "expected": row.expected,
        "worth": row.worth,
    }


WORTH = Keeping(
    name="worth",
    label=_("What the relationship is worth"),
    model=Worth,
    shown={"paid": _("Paid"), "alive": _("Probability of coming again"), "worth": _("Expected to bring")},
    told=_told,
)
