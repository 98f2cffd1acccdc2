"""What colleagues assume of an option: what it costs, and what it changes."""

from django.db import models
from django.db.models import F, Q

from vincle.flow.fields import InstantField, MoneyField


class Option(models.Model):
    """An option of which something else is assumed than usually (`options.USUAL`). Effects are shares, from 0 to 1.

    `former` is what was assumed before the last change, for Undo; null where that was the usual.
    """

    kind = models.CharField(max_length=20, primary_key=True)
    cost = MoneyField()  # for each person, in the organisation's currency
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()
    former = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = InstantField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cost__gte=0), name="value_option_costs_no_less_than_0"),
            models.CheckConstraint(
                condition=Q(low__gte=0, low__lte=F("likely"), likely__lte=F("high"), high__lte=1),
                name="value_option_effect_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
