"""Who: identities as sources know them, facts that join them, and the person they make together.

A person is a connected component of identities under the facts in force. Its row carries the number of the
component's first identity, so that which person an identity belongs to follows from the facts alone, and undoing a
fact brings the former person back, with the same address.
"""

from django.db import models

from vincle.flow.fields import InstantField, MoneyField, UidField
from vincle.flow.models.names import Source
from vincle.flow.models.progress import Batch


class Person(models.Model):
    """A projection of the log: who this is and how much we have been together. Rebuilt by `vincle replay`."""

    id = models.BigIntegerField(primary_key=True)  # the component's smallest identity
    uid = UidField(unique=True)
    name = models.CharField(max_length=200, default="")
    name_key = models.CharField(max_length=200, default="")  # folded, for sorting and searching
    first_at = InstantField(null=True)
    last_at = InstantField(null=True)
    interactions = models.BigIntegerField(default=0)
    amount = MoneyField(default=0)  # in the organisation's currency; other currencies stay out of it
    into_id = models.BigIntegerField(null=True)  # the person this one is part of while a fact says so

    class Meta:
        # Whoever is part of somebody else has no story of their own: those rows, and there may be more of them than
        # of people, stay out of the indexes that lists walk.
        indexes = [
            models.Index(fields=[field, "id"], name=f"person_by_{name}", condition=models.Q(last_at__isnull=False))
            for field, name in (
                ("last_at", "last"),
                ("first_at", "first"),
                ("name_key", "name"),
                ("interactions", "interactions"),
                ("amount", "amount"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """Somebody as one source knows them: a namespace (`email`, `phone`, `customer_id@shop`) and a value."""

    id = models.BigAutoField(primary_key=True)
    namespace = models.CharField(max_length=120)
    value = models.CharField(max_length=255)
    person_id = models.BigIntegerField(db_index=True)  # Person.id; changed only by the projection of the facts
    # What the log holds of this identity, so that joining and parting people costs the same however long their story.
    first_at = InstantField(null=True)
    last_at = InstantField(null=True)
    interactions = models.BigIntegerField(default=0)
    amount = MoneyField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["namespace", "value"], name="one_identity")]

    def __str__(self) -> str:
        return f"{self.namespace}:{self.value}"


class IdentityMove(models.Model):
    """That an identity now belongs to another person: what the mirror needs to follow, in the order it happened."""

    identity = models.ForeignKey(Identity, models.CASCADE, db_index=False, related_name="+")
    person_id = models.BigIntegerField()


class SamePerson(models.Model):
    """The fact that two identities are (or, by `verdict`, are not) the same person, who says so, and until when."""

    class Verdict(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    a = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    b = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.SAME)
    source = models.ForeignKey(Source, models.PROTECT, null=True, db_index=False)
    batch = models.ForeignKey(Batch, models.DO_NOTHING, null=True, db_constraint=False)
    author = models.CharField(max_length=200, default="", blank=True)
    reason = models.CharField(max_length=400, default="", blank=True)
    recorded_at = InstantField()
    withdrawn_at = InstantField(null=True)
    withdrawn_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(a__lt=models.F("b")), name="smaller_identity_first"),
            models.UniqueConstraint(fields=["a", "b", "source", "batch"], name="one_fact_a_batch"),
        ]


class Observation(models.Model):
    """What a source once said of somebody: a name, a town, a birthday. Which one is shown is decided when read."""

    identity = models.ForeignKey(Identity, models.CASCADE, db_index=False)
    name = models.CharField(max_length=80)
    value = models.TextField()
    source = models.ForeignKey(Source, models.PROTECT, db_index=False)
    batch = models.ForeignKey(Batch, models.DO_NOTHING, null=True, db_constraint=False)
    observed_at = InstantField()
    pinned = models.BooleanField(default=False)  # a colleague says: this one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "name", "source", "observed_at"], name="observed_once")
        ]
