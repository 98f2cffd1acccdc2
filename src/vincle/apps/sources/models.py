"""Tables of the room: files on their way into the log, and what became of them."""

from django.db import models

from vincle.flow.fields import InstantField, UidField
from vincle.flow.models import Batch, Source


class Import(models.Model):
    """One file brought in: how it was understood, how far it has come, what entered and what did not."""

    class State(models.TextChoices):
        RECEIVED = "received"  # waiting for its mapping to be confirmed
        CHECKING = "checking"  # being read without entering
        CHECKED = "checked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        UNDOING = "undoing"  # being taken back in the background
        UNDONE = "undone"

    uid = UidField(unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="imports")
    batch = models.OneToOneField(Batch, models.SET_NULL, null=True, related_name="imported_by")
    name = models.CharField(max_length=255)  # the file's name, as it was given
    path = models.CharField(max_length=1000)  # where it is
    digest = models.CharField(max_length=80)  # sha256 of its content
    size = models.BigIntegerField()
    options = models.JSONField(default=dict)  # sheet, delimiter, encoding, where a person chose them
    mapping = models.TextField(default="", blank=True)  # TOML
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    progress = models.FloatField(default=0)  # 0..1 of the file read
    read = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    known = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)  # in quarantine
    reasons = models.JSONField(default=list)  # [[reason, rows], ...], most frequent first
    notes = models.JSONField(default=list)  # how the file was understood
    findings = models.JSONField(
        default=dict
    )  # examples of what could not enter, and what it brought for the first time
    error = models.TextField(default="", blank=True)
    author = models.CharField(max_length=200, default="", blank=True)
    created_at = InstantField()
    started_at = InstantField(null=True)
    finished_at = InstantField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="imports_newest"),
            models.Index(fields=["digest"], name="imports_digest"),
        ]

    def __str__(self) -> str:
        return self.name
