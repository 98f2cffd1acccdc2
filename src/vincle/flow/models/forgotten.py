"""Who was erased: an address and a day, and what is left to be done; nothing else is kept of them."""

from django.db import models

from vincle.flow.fields import InstantField, UidField


class Forgotten(models.Model):
    """A person who was erased, so that their old address can say so.

    One row for each address they had; `whole` is the address of the person they were at the end, whose row holds the
    certificate. `finished_at` is empty until files, mirror and the room left in the database have been seen to.
    """

    uid = UidField(unique=True)
    whole = UidField()
    at = InstantField()
    by = models.CharField(max_length=200, default="", blank=True)
    finished_at = InstantField(null=True)
    certificate = models.JSONField(default=dict)  # numbers and files, never what was known of them

    class Meta:
        indexes = [
            models.Index(fields=["at"], condition=models.Q(finished_at__isnull=True), name="forgetting_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.at:%Y-%m-%d}"
