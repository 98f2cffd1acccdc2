"""Tables of the room: journeys as colleagues design them, what they changed, what it was before, and what they say."""

from typing import Any

from django.db import models

from vincle.flow.fields import InstantField, UidField


class JourneyMap(models.Model):
    """A designed journey. `document` is what `vincle.engine.journeys.journey` reads; each change makes a `revision`.

    Who made and changed it stands here by name: a map outlives who works here. One that was put away keeps all of it.
    """

    uid = UidField(unique=True)
    name = models.CharField(max_length=120)  # that of the document, for lists
    document: "models.JSONField[Any, Any]" = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    created_at = InstantField()
    created_by = models.CharField(max_length=200)
    changed_at = InstantField()
    changed_by = models.CharField(max_length=200)
    changed_by_id = models.BigIntegerField(null=True)
    archived_at = InstantField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-changed_at", "-id"], name="journeys_maps_changed")]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A map as it stood when somebody had done with it, or asked that it be kept: then it has a `name`."""

    map = models.ForeignKey(JourneyMap, models.CASCADE, related_name="versions")
    uid = UidField(unique=True)
    revision = models.PositiveIntegerField()
    document: "models.JSONField[Any, Any]" = models.JSONField()
    name = models.CharField(max_length=120, default="", blank=True)
    at = InstantField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "revision"], name="journeys_version_once")]

    def __str__(self) -> str:
        return self.name or f"{self.by} {self.at:%Y-%m-%d}"


class Change(models.Model):
    """One change of a map with what takes it back; the revision is the one it made.

    What an author did and undid is found by `state`: `done` can be undone, `undone` done again, `over` neither. That
    something was undone or done again is a change as well, of the state `trail`.
    """

    class State(models.TextChoices):
        DONE = "done"
        UNDONE = "undone"
        OVER = "over"
        TRAIL = "trail"

    map = models.ForeignKey(JourneyMap, models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    author_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=200)
    at = InstantField()
    state = models.CharField(max_length=8, choices=State, default=State.DONE)
    operation: "models.JSONField[Any, Any]" = models.JSONField()
    inverse: "models.JSONField[Any, Any]" = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "revision"], name="journeys_change_once")]
        indexes = [models.Index(fields=["map", "author_id", "state"], name="journeys_changes_of")]

    def __str__(self) -> str:
        return f"{self.map_id} {self.revision}"


class Comment(models.Model):
    """What a colleague says of a map. `place` is what of it: empty for all of it, `stage:KEY`, `cell:KEY:LANE`,
    `touchpoint:STAGE:KEY` (see `maps/places.py`).
    """

    map = models.ForeignKey(JourneyMap, models.CASCADE, related_name="comments")
    uid = UidField(unique=True)
    place = models.CharField(max_length=140, default="", blank=True)
    text = models.TextField()
    author_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=200)
    written_at = InstantField()
    resolved_at = InstantField(null=True)
    resolved_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["map", "-written_at"], name="journeys_comments")]

    def __str__(self) -> str:
        return f"{self.author} {self.written_at:%Y-%m-%d}"
