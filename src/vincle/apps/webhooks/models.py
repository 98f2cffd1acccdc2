"""Tables of the room: who hears, and what was sent to them."""

from django.db import models

from vincle.flow.fields import InstantField, UidField
from vincle.flow.following import Position


class Endpoint(models.Model):
    """A program that hears what happens. The secret has to be kept: each message is signed with it."""

    name = models.CharField(max_length=80)
    url = models.CharField(max_length=1000)
    every_kind = models.BooleanField(default=False)
    kinds = models.JSONField(default=list)  # names of the catalogue, unless it hears of every kind
    imports = models.BooleanField(default=False)  # also of what imports bring
    secret = models.CharField(max_length=80)
    former_secret = models.CharField(max_length=80, default="", blank=True)  # signs along until `former_until`
    former_until = InstantField(null=True)
    created_at = InstantField()
    created_by = models.CharField(max_length=200, default="", blank=True)
    off_at = InstantField(null=True)
    gave_up = models.CharField(max_length=300, default="", blank=True)  # why it was switched off by itself
    removed_at = InstantField(null=True)
    # Up to where in the log deliveries have been made (vincle.flow.following.Position).
    database = models.CharField(max_length=80)
    transaction = models.BigIntegerField()
    number = models.BigIntegerField()
    # How it answers: after failures in a row it is left alone for a while.
    failures = models.IntegerField(default=0)
    rests_until = InstantField(null=True)
    answered_at = InstantField(null=True)  # when it last took something

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="endpoints_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def position(self) -> Position:
        return Position(self.database, self.transaction, self.number)


class Delivery(models.Model):
    """One message to one endpoint. It names the interaction and holds nothing of it: the body is made when it is sent,
    so that who was erased is erased here too."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed"
        GONE = "gone"  # the interaction left the log before it could be sent

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries", db_index=False)
    uid = UidField(unique=True)  # its `webhook-id`, the same however often it is sent
    interaction_id = models.BigIntegerField(null=True)  # none: a test
    kind = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = InstantField()
    due_at = InstantField()
    finished_at = InstantField(null=True)
    attempts = models.IntegerField(default=0)
    tries = models.JSONField(default=list)  # the last ones: at, status, said

    class Meta:
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="deliveries_newest"),
            models.Index(
                fields=["endpoint", "due_at", "id"], condition=models.Q(state="waiting"), name="deliveries_waiting"
            ),
            models.Index(fields=["finished_at"], name="deliveries_finished"),
        ]

    @property
    def message_id(self) -> str:
        return f"msg_{self.uid.hex}"
