"""What broke its contract: kept with the reason until somebody mends it."""

from django.db import models

from vincle.flow.fields import InstantField
from vincle.flow.models.names import Source
from vincle.flow.models.progress import Batch


class Quarantined(models.Model):
    """An interaction that could not enter, whole, with the reason."""

    class State(models.TextChoices):
        WAITING = "waiting"
        REPLAYED = "replayed"
        DISCARDED = "discarded"

    source = models.ForeignKey(Source, models.PROTECT)
    batch = models.ForeignKey(Batch, models.CASCADE, null=True)
    message_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=120)
    payload = models.JSONField()  # the fields of vincle.flow.append.events.Event
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    recorded_at = InstantField()
    settled_at = InstantField(null=True)
    settled_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "message_id"], name="quarantined_once")]
        indexes = [models.Index(fields=["state", "-recorded_at", "-id"], name="quarantine_waiting")]
