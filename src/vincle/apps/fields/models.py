"""Tables of the room: which fields there are. What is said of people under them is in the log, as observations."""

from django.db import models

from vincle.flow.fields import InstantField


class CustomField(models.Model):
    """A field that a lead has made. Values are kept under the name `field:<slug>`; archived, they stay and are not
    shown."""

    slug = models.SlugField(max_length=60, unique=True)
    labels = models.JSONField(default=dict)  # {"en": ..., "ca": ..., "es": ...}: at least one
    type = models.CharField(max_length=10)  # of types.TYPES
    options = models.JSONField(default=list)  # of one or several of a list: the words themselves
    help = models.CharField(max_length=300, default="", blank=True)
    place = models.PositiveIntegerField(default=0)
    sensitive = models.BooleanField(default=False)
    created_at = InstantField()
    archived_at = InstantField(null=True)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.slug
