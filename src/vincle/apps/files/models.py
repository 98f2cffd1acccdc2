"""The room's table."""

from django.db import models

from vincle.flow.fields import InstantField, UidField


class KeptFile(models.Model):
    """A file kept about somebody.

    `identity_id` is the number the person had then. `place` is its name below the folder of the home, which nobody can
    guess and which says nothing of it; `name` is what whoever brought it calls it, made harmless. `picture` is the
    type of an image whose first bytes say that it is one; empty for everything else. `face`: it is how they look.
    `note`: the note that carries it, if one does.
    """

    uid = UidField(unique=True)
    identity_id = models.BigIntegerField()
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    picture = models.CharField(max_length=20, default="", blank=True)
    face = models.BooleanField(default=False)
    note = UidField(null=True)
    added_at = InstantField()
    added_by = models.CharField(max_length=200)
    removed_at = InstantField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["identity_id", "-added_at"], name="files_of_somebody"),
            models.Index(fields=["note"], condition=models.Q(note__isnull=False), name="files_on_notes"),
            models.Index(fields=["removed_at"], condition=models.Q(removed_at__isnull=False), name="files_removed"),
        ]

    def __str__(self) -> str:
        return self.name
