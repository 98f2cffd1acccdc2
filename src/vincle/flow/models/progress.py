"""How far things have come: what entered together, and which projections have seen it."""

from django.db import models

from vincle.flow.fields import InstantField
from vincle.flow.models.names import Source


class Batch(models.Model):
    """Interactions that entered together and can be taken back together: an import."""

    source = models.ForeignKey(Source, models.PROTECT)
    opened_at = InstantField()
    undone_at = InstantField(null=True)


class Chunk(models.Model):
    """One transaction's worth of a batch: the range of numbers it took, and whether people's pages count it yet."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="chunks")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.BigIntegerField()
    summarised = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["batch"], condition=models.Q(summarised=False), name="chunk_waiting"),
        ]


class Erasure(models.Model):
    """What left the log, so that the mirror removes it too: a whole batch, everything of one identity, or single
    `interactions`, by their numbers."""

    batch_id = models.BigIntegerField(null=True)
    identity_id = models.BigIntegerField(null=True)
    interactions = models.JSONField(null=True)
    recorded_at = InstantField()


class Reading(models.Model):
    """What an engine last computed for a page, and from which version of the mirror."""

    name = models.CharField(max_length=80, primary_key=True)
    payload = models.JSONField()
    mirror_version = models.BigIntegerField()
    computed_at = InstantField()
