"""Tables of the room: notes, what they said before they were changed, and the colleagues they are meant for."""

from django.db import models

from vincle.flow.fields import InstantField, UidField


class Note(models.Model):
    """What a colleague wrote down about somebody.

    `identity_id` is the number the person had then: joining people and parting them again moves no note. The author's
    name is written beside the number, for a note outlives who works here. One that was taken away waits hidden for a
    while, so that it can be brought back.
    """

    uid = UidField(unique=True)
    identity_id = models.BigIntegerField()
    text = models.TextField()
    author_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=200)
    written_at = InstantField()
    edited_at = InstantField(null=True)
    edited_by = models.CharField(max_length=200, default="", blank=True)
    pinned = models.BooleanField(default=False)
    removed_at = InstantField(null=True)
    removed_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["identity_id", "-written_at"], name="notes_of_somebody"),
            models.Index(fields=["removed_at"], condition=models.Q(removed_at__isnull=False), name="notes_removed"),
        ]

    def __str__(self) -> str:
        return f"{self.author} {self.written_at:%Y-%m-%d}"


class Former(models.Model):
    """What a note said until it was changed."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="former")
    text = models.TextField()
    until = InstantField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d}"


class Mention(models.Model):
    """That a note names a colleague after an `@`: something for them to read, until they have.

    The colleague's name, and that of whoever named them, are written beside the number as the author's is.
    """

    uid = UidField(unique=True)
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    colleague_id = models.BigIntegerField()
    colleague = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    made_at = InstantField()
    read_at = InstantField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "colleague_id"], name="notes_mentioned_once")]
        indexes = [
            models.Index(
                fields=["colleague_id", "made_at", "id"],
                condition=models.Q(read_at__isnull=True),
                name="notes_mentions_unread",
            ),
            models.Index(
                fields=["colleague_id", "read_at", "id"],
                condition=models.Q(read_at__isnull=False),
                name="notes_mentions_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague} {self.made_at:%Y-%m-%d}"
