"""Tables of the room: pairs that may be one person, when they were looked for, and what was joined many at a time.

What was decided is nowhere here: it is in the facts of identity, and whether a pair waits follows from them.
"""

from django.db import models
from django.db.models import F, Q

from vincle.flow.fields import InstantField, UidField
from vincle.flow.models import Identity


class Candidate(models.Model):
    """Two people who may be one, by their numbers when they were found (each the number of an identity).

    A row stays when its two ends are joined or kept apart, so that undoing that brings it back, and that it can be
    learned from. No values of anybody are kept, only how alike they were.
    """

    first = models.ForeignKey(Identity, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    second = models.ForeignKey(Identity, models.DO_NOTHING, db_constraint=False, related_name="+")
    probability = models.FloatField()
    agrees = models.IntegerField(default=0)  # what is the same in both: bits by `likeness.PLACES`
    reasons = models.JSONField(default=list)  # [[what, level, bits, bits before decisions counted], ...]
    found_at = InstantField()
    seen_in = models.BigIntegerField()  # the last look that found it
    skipped_until = InstantField(null=True)
    skipped_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_candidate_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="smaller_candidate_first"),
        ]
        indexes = [
            models.Index(fields=["probability", "id"], name="candidates_by_probability"),
            # Few of many are put aside, and each page of the queue says how many.
            models.Index(
                fields=["skipped_until"], name="candidates_put_aside", condition=Q(skipped_until__isnull=False)
            ),
        ]


class Look(models.Model):
    """One search among everybody: how far it is, what it found, and what it learned each likeness to be worth."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = InstantField()
    asked_by = models.CharField(max_length=200, default="", blank=True)  # empty: it came by itself
    step = models.CharField(max_length=20, default="", blank=True)
    started_at = InstantField(null=True)
    finished_at = InstantField(null=True)
    compared = models.BigIntegerField(default=0)  # pairs looked at
    found = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    basis = models.CharField(max_length=120, default="", blank=True)  # what it was worked out from
    model = models.JSONField(default=dict)  # see `learned.as_kept`
    note = models.CharField(max_length=500, default="", blank=True)  # why it had nothing to do, or failed

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="looks_newest")]


class Bulk(models.Model):
    """All pairs above a threshold, joined together and undone together."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    uid = UidField(unique=True)
    threshold = models.FloatField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    pairs = models.IntegerField()  # chosen
    created_at = InstantField()
    author = models.CharField(max_length=200)
    finished_at = InstantField(null=True)
    undone_at = InstantField(null=True)
    undone_by = models.CharField(max_length=200, default="", blank=True)


class BulkStep(models.Model):
    """One pair of a bulk: what became of it (`Outcome`; empty: not done yet), and the fact that undoing withdraws."""

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="steps")
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    outcome = models.CharField(max_length=10, default="", blank=True)
    fact_id = models.BigIntegerField(null=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["bulk", "outcome", "id"], name="bulk_steps_by_outcome")]
