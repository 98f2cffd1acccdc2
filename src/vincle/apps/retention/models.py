"""Tables of the room: rules, and what each run of one did."""

from django.db import models
from django.db.models import Q

from vincle.flow.fields import InstantField

FEWEST_MONTHS = 6
MOST_MONTHS = 600


class Rule(models.Model):
    """Who has not been seen for so many months is erased for good; off until somebody switches it on.

    With a `kind`: interactions of that kind that are so old leave the log, and the people stay.
    """

    months = models.PositiveSmallIntegerField()
    namespace = models.CharField(max_length=120, default="", blank=True)  # only people known in it; empty: anybody
    kind = models.CharField(max_length=120, default="", blank=True)
    is_on = models.BooleanField(default=False)
    made_at = InstantField()
    made_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=FEWEST_MONTHS, months__lte=MOST_MONTHS), name="retention_not_too_soon"
            ),
            models.CheckConstraint(condition=Q(kind="") | Q(namespace=""), name="retention_kind_of_everybody"),
        ]

    def __str__(self) -> str:
        return f"{self.months} months {self.kind or self.namespace}".strip()


class Run(models.Model):
    """What a rule found, and what was erased by it: numbers and the addresses of those erased, nothing of them."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="runs")
    started_at = InstantField()
    finished_at = InstantField(null=True)
    by = models.CharField(max_length=200)
    is_dry = models.BooleanField()
    found = models.IntegerField()  # people whom the rule would erase, or some of whose interactions it would take out
    interactions = models.BigIntegerField(default=0)  # that it would take out
    gone = models.BigIntegerField(default=0)  # of those, so far
    spared = models.JSONField(default=dict)  # how many old enough it leaves alone, by why
    erased = models.JSONField(default=list)  # the uids of their certificates
    stopped = models.CharField(max_length=300, default="", blank=True)  # why it did not go on

    class Meta:
        indexes = [models.Index(fields=["rule", "-started_at"], name="retention_latest")]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.started_at:%Y-%m-%d}"
