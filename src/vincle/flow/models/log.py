"""The log itself. The database refuses UPDATE and DELETE on it outside `vincle.flow.append.erase`."""

from django.db import models

from vincle.flow.fields import InstantField, MoneyField, UidField
from vincle.flow.models.identity import Identity
from vincle.flow.models.names import Colleague, Kind, Source, Touchpoint
from vincle.flow.models.progress import Batch


class Interaction(models.Model):
    """One thing that happened with one person.

    The foreign keys have no constraint in the database: rows enter through one door that has just resolved every
    one of them in the same transaction, and checking five keys a row again would double the cost of an import.
    """

    id = models.BigAutoField(primary_key=True)
    uid = UidField(unique=True)  # on PostgreSQL by its making alone (migration 0003)
    source = models.ForeignKey(Source, models.DO_NOTHING, db_constraint=False, db_index=False)
    message_id = models.CharField(max_length=255)
    occurred_at = InstantField()
    recorded_at = InstantField()
    kind = models.ForeignKey(Kind, models.DO_NOTHING, db_constraint=False, db_index=False)
    touchpoint = models.ForeignKey(
        Touchpoint, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    identity = models.ForeignKey(Identity, models.DO_NOTHING, db_constraint=False, db_index=False)
    staff = models.ForeignKey(
        Colleague, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    amount = MoneyField(null=True)
    currency = models.CharField(max_length=3, null=True)  # noqa: DJ001 - unknown and empty are the same here
    score = models.FloatField(null=True)
    text = models.TextField(null=True)  # noqa: DJ001
    properties = models.JSONField(null=True)
    batch = models.ForeignKey(Batch, models.DO_NOTHING, null=True, db_constraint=False, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "message_id"], name="said_once")]
        indexes = [models.Index(fields=["identity", "occurred_at"], name="timeline")]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.occurred_at:%Y-%m-%d}"


class Thing(models.Model):
    """What interactions are about (an OCEL 2.0 object): an order, a product, a case, a course, a campaign."""

    source = models.ForeignKey(Source, models.PROTECT, db_index=False)
    type = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    label = models.CharField(max_length=255, default="", blank=True)
    properties = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "type", "key"], name="one_thing")]

    def __str__(self) -> str:
        return self.label or self.key


class InteractionThing(models.Model):
    """That an interaction was about a thing, in which part, how many and for how much."""

    pk = models.CompositePrimaryKey("interaction_id", "thing_id", "qualifier")
    interaction = models.ForeignKey(
        Interaction, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="things"
    )
    thing = models.ForeignKey(Thing, models.DO_NOTHING, db_constraint=False, related_name="+")
    qualifier = models.CharField(max_length=80, default="", blank=True)
    quantity = models.FloatField(null=True)
    amount = MoneyField(null=True)
