"""Tables of the room: which programs may send, what each request brought, and what is kept of it for a while."""

from django.db import models

from vincle.flow.fields import InstantField
from vincle.flow.models import Source


class Hook(models.Model):
    """A program that sends what happens. Of the secret in its address only the hash is kept; the one by which it signs
    has to be kept, since each signature is made again to be compared."""

    class Signing(models.TextChoices):
        NONE = "none"
        STANDARD = "standard"  # Standard Webhooks
        HMAC = "hmac"  # HMAC-SHA256 of the body, in a header

    source = models.OneToOneField(Source, models.PROTECT, related_name="hook")
    public_id = models.CharField(max_length=32, unique=True)  # in its address
    digest = models.CharField(max_length=64)  # sha256 of the secret, hexadecimal
    hint = models.CharField(max_length=8)  # its last letters
    former_digest = models.CharField(max_length=64, default="", blank=True)  # works along until `former_until`
    former_until = InstantField(null=True)
    signing = models.CharField(max_length=10, choices=Signing.choices, default=Signing.NONE)
    signing_header = models.CharField(max_length=80, default="", blank=True)
    signing_secret = models.CharField(max_length=200, default="", blank=True)
    path = models.CharField(max_length=200, default="", blank=True)  # where in the body the happenings are
    mapping = models.TextField(default="", blank=True)  # TOML; empty: what comes waits
    created_at = InstantField()
    created_by = models.CharField(max_length=200, default="", blank=True)
    revoked_at = InstantField(null=True)
    busy_until = models.BigIntegerField(default=0)  # how far ahead its use has run (vincle.flow.incoming.pace)

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="hooks_newest")]

    def __str__(self) -> str:
        return str(self.source)


class Delivery(models.Model):
    """One request: when it came, how large it was, and what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting"  # to be taken in, as soon as there is a mapping
        TAKEN = "taken"
        HELD = "held"  # something of it is in quarantine
        REFUSED = "refused"  # kept out, and its body with it
        DISCARDED = "discarded"

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries", db_index=False)
    received_at = InstantField()
    size = models.IntegerField()  # bytes, as it was sent
    webhook_id = models.CharField(max_length=255, default="", blank=True)  # the header of this name
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=300, default="", blank=True)
    new = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    held = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["hook", "-id"], name="hook_deliveries_newest"),
            models.Index(
                fields=["hook", "id"],
                condition=models.Q(outcome__in=["waiting", "held"]),
                name="hook_deliveries_open",
            ),
        ]


class KeptBody(models.Model):
    """What a delivery said, as JSON in plain letters where it is any; with whom it was found to be about.

    Apart from the delivery, so that it can go, at an erasure or in time, while the line about it stays.
    """

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="kept")
    text = models.TextField()
    identities = models.JSONField(default=list)  # [[namespace, value], ...] of what entered
