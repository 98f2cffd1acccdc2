"""Tables of the room: who may send, with which keys, and what came in last."""

from django.db import models

from vincle.flow.fields import InstantField
from vincle.flow.models import Source


class TrackingSource(models.Model):
    """A source that sends events by itself: a website, an app, a server."""

    source = models.OneToOneField(Source, models.PROTECT, related_name="tracking")
    origins = models.JSONField(default=list)  # of web pages that may send; empty: any
    created_at = InstantField()
    created_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="tracking_newest")]

    def __str__(self) -> str:
        return str(self.source)


class WriteKey(models.Model):
    """A key to send with. Only its hash is kept; whoever made it saw it once."""

    of = models.ForeignKey(TrackingSource, models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)  # sha256, hexadecimal
    hint = models.CharField(max_length=8)  # its last letters, to tell keys apart
    created_at = InstantField()
    ends_at = InstantField(null=True)  # when it was revoked or stops after a rotation; may lie ahead
    last_used_at = InstantField(null=True)  # to the minute

    class Meta:
        indexes = [models.Index(fields=["of", "-created_at"], name="write_keys_newest")]

    def __str__(self) -> str:
        return f"…{self.hint}"


class Arrival(models.Model):
    """What one commit brought from a source: how many events, and the ids of the last of them, for the live page.

    The events themselves are read from the log or from quarantine, so that erasing somebody reaches this page too.
    Only the newest of these rows are kept.
    """

    of = models.ForeignKey(TrackingSource, models.CASCADE, related_name="arrivals")
    recorded_at = InstantField()
    new = models.IntegerField()
    known = models.IntegerField()
    held = models.IntegerField()
    message_ids = models.JSONField(default=list)  # the last ones, in the order they came

    class Meta:
        indexes = [models.Index(fields=["of", "-id"], name="arrivals_newest")]
