"""Tables of the room: what is to be heeded with somebody, and with each way to reach them."""

from django.db import models
from django.db.models import Q

from vincle.flow.fields import InstantField


class PersonMark(models.Model):
    """That somebody is confidential, or that what is known of them may be kept and not used, until it is lifted.

    It is kept under the number of one of their identities. Whoever has an identity with a mark in force is marked, so
    that joining people marks the whole and parting them leaves the mark with whom it was made for.
    """

    class Kind(models.TextChoices):
        CONFIDENTIAL = "confidential"
        RESTRICTED = "restricted"  # GDPR, article 18

    kind = models.CharField(max_length=16, choices=Kind.choices)
    identity_id = models.BigIntegerField(db_index=True)
    reason = models.CharField(max_length=400, default="", blank=True)
    set_at = InstantField()
    set_by = models.CharField(max_length=200)
    lifted_at = InstantField(null=True)
    lifted_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "identity_id"], condition=Q(lifted_at=None), name="people_marks_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.identity_id}"


class ContactMark(models.Model):
    """What colleagues say of an e-mail or a telephone, from one day until they take it back.

    It is said of the contact point itself, so it goes where that goes when people are joined and parted. Of several
    that are preferred by what joining brought, the one said last counts (`queries/contacts.py`).
    """

    class Kind(models.TextChoices):
        VERIFIED = "verified"
        BOUNCED = "bounced"  # what is sent to it does not arrive
        DO_NOT_USE = "do_not_use"
        PREFERRED = "preferred"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    identity_id = models.BigIntegerField(db_index=True)
    set_at = InstantField()
    set_by = models.CharField(max_length=200)
    lifted_at = InstantField(null=True)
    lifted_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_id", "kind"], condition=Q(lifted_at=None), name="people_one_contact_mark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.identity_id}"
