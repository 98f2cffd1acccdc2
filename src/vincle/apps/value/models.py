"""Tables of the room: the terms of valuing relationships, rates of currencies, and what each person is worth."""

from django.db import models
from django.db.models import Q

from vincle.apps.value.decisions.models import Option
from vincle.apps.value.fields import RateField
from vincle.apps.value.investments.models import Investment
from vincle.flow.fields import InstantField, MoneyField

__all__ = ["Investment", "Option", "Rate", "ValueTerms", "Worth"]


class ValueTerms(models.Model):
    """The terms that colleagues chose; one row at most, the usual ones while there is none.

    `kinds`: names of the kinds of interaction that are transactions; empty: whatever has an amount.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    horizon_days = models.PositiveIntegerField(default=365)
    discount = models.FloatField(default=0.10)  # a year
    margin = models.FloatField(default=1.0)  # the share of what is paid that is left after costs
    contractual = models.BooleanField(default=False)
    kinds = models.JSONField(default=list)
    acquisition_cost = MoneyField(null=True)  # of winning one person
    changed_at = InstantField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="value_one_row_of_terms"),
            models.CheckConstraint(condition=Q(margin__gt=0, margin__lte=1), name="value_margin_is_a_share"),
            models.CheckConstraint(condition=Q(discount__gte=0, discount__lte=1), name="value_discount_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.horizon_days} days"


class Rate(models.Model):
    """What one unit of a currency is worth in the organisation's, from a day on until the next that is known."""

    day = models.DateField()
    currency = models.CharField(max_length=3)
    rate = RateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="value_one_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="value_rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.day:%Y-%m-%d}"


class Worth(models.Model):
    """What one person was worth when it was last worked out, by their number (see `engine.value.valuing.Valued`).

    A projection: whole rows are replaced by the job `value.refresh`. Sums are in the organisation's currency, after
    costs; what is expected is null where nothing can be told.
    """

    identity_id = models.BigIntegerField(primary_key=True)
    first_on = models.DateField()
    last_on = models.DateField()
    days = models.IntegerField()  # on which they paid
    money = MoneyField()
    present = MoneyField()
    frequency = models.IntegerField(null=True)
    recency_days = models.IntegerField(null=True)
    tenure_days = models.IntegerField(null=True)
    alive = models.FloatField(null=True)
    alive_low = models.FloatField(null=True)
    alive_high = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    expected_low = models.FloatField(null=True)
    expected_high = models.FloatField(null=True)
    spend = MoneyField(null=True)
    worth = MoneyField(null=True)
    worth_low = MoneyField(null=True)
    worth_high = MoneyField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["worth", "identity_id"], name="value_by_worth"),
            models.Index(fields=["present", "identity_id"], name="value_by_present"),
            models.Index(fields=["alive", "identity_id"], name="value_by_alive"),
            models.Index(fields=["expected", "identity_id"], name="value_by_expected"),
            models.Index(fields=["last_on", "identity_id"], name="value_by_last"),
        ]

    def __str__(self) -> str:
        return f"{self.identity_id} {self.worth}"
