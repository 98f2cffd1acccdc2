"""What was done for some people, what it cost, and whom they are compared with."""

from django.db import models
from django.db.models import F, Q

from vincle.flow.fields import InstantField, MoneyField, UidField


class Investment(models.Model):
    """An experience investment. `treated` are those who had it and `compared` those who did not, as codes of the room
    of lists (`view:UID`, `list:UID`); an empty `compared` is everybody else. `until`: the last day that counts; none:
    the last that is known.

    Where the lot was drawn here, `drawn_from` is the code of the group it was drawn from, `seed` what it was drawn with
    and `share` the part of them who got it: with these anybody can draw it again. Then `treated` and `compared` are
    those who were drawn, whatever becomes of their lists.
    """

    uid = UidField(unique=True)
    name = models.CharField(max_length=120)
    about = models.TextField(default="", blank=True)
    cost_fixed = MoneyField()
    cost_each = MoneyField()
    currency = models.CharField(max_length=3)
    start = models.DateField()
    until = models.DateField(null=True)
    treated = models.CharField(max_length=60)
    compared = models.CharField(max_length=60, default="", blank=True)
    randomised = models.BooleanField(default=False)
    drawn_from = models.CharField(max_length=60, default="", blank=True)
    seed = models.CharField(max_length=32, default="", blank=True)
    share = models.FloatField(null=True)
    made_at = InstantField()
    made_by = models.CharField(max_length=200)
    changed_at = InstantField()
    changed_by = models.CharField(max_length=200)
    archived_at = InstantField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-changed_at", "-id"], name="value_investments_changed")]
        constraints = [
            models.CheckConstraint(condition=Q(cost_fixed__gte=0, cost_each__gte=0), name="value_cost_is_not_below_0"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("start")), name="value_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_drawn(self) -> bool:
        """Whether the lot was drawn here."""
        return bool(self.seed)
