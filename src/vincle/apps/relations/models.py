"""Tables of the room. Relations and joined organisations are facts: said once, never rewritten, taken back by a date.

A row about a person holds the number of one of their identities; an organisation's row stays under the number it was
written under. Whose it is now follows from the facts that join people and organisations, so joining moves nothing and
parting restores exactly.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vincle.flow.fields import InstantField, UidField
from vincle.kernel.ids import uuid7


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    COMPANY = "company", _("company")
    COOPERATIVE = "cooperative", _("cooperative")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    SCHOOL = "school", _("school")
    PUBLIC_BODY = "public_body", _("public body")
    OTHER = "other", _("other")


class Organisation(models.Model):
    """A company, a school, an association: what people work at, belong to, study in."""

    uid = UidField(unique=True, default=uuid7)
    whole_id = models.BigIntegerField(db_index=True, default=0)  # the smallest of those it is joined with
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)  # folded, for sorting and searching
    match_key = models.CharField(max_length=200, db_index=True)  # without punctuation: what makes two names the same
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices, default=OrganisationKind.COMPANY)
    tax_number = models.CharField(max_length=30, default="", blank=True, db_index=True)
    website = models.CharField(max_length=300, default="", blank=True)
    domain = models.CharField(max_length=253, default="", blank=True, db_index=True)
    address = models.TextField(default="", blank=True)
    notes = models.TextField(default="", blank=True)
    created_at = InstantField()
    created_by = models.CharField(max_length=200, default="", blank=True)
    together = UidField(null=True, db_index=True)  # made while accepting what many people said (`Relation.together`)
    archived_at = InstantField(null=True)
    archived_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="organisations_by_name")]

    def __str__(self) -> str:
        return self.name


class OrganisationChange(models.Model):
    """What somebody changed in an organisation, with what stood before: its history."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="changes")
    at = InstantField()
    by = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    details = models.JSONField(default=dict)  # field -> [before, after]


class SameOrganisation(models.Model):
    """The fact that two organisations are one, who says so, and until when."""

    a = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    b = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    author = models.CharField(max_length=200)
    reason = models.CharField(max_length=400, default="", blank=True)
    recorded_at = InstantField()
    withdrawn_at = InstantField(null=True)
    withdrawn_by = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(a__lt=models.F("b")), name="smaller_part_first")]


class RelationKind(models.Model):
    """A kind that leads added, or what they changed in one of the catalogue; the others stand in catalogue.toml."""

    name = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)  # {"en": ["parent of", "child of"], ...}; the second as seen from the other
    between = models.CharField(max_length=12)  # people, organisation, either
    symmetric = models.BooleanField(default=False)
    created_at = InstantField()
    created_by = models.CharField(max_length=200, default="", blank=True)
    archived_at = InstantField(null=True)
    archived_by = models.CharField(max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """That somebody relates to somebody, or to an organisation; exactly one of `to_identity` and `organisation`."""

    uid = UidField(unique=True, default=uuid7)
    from_identity = models.BigIntegerField(db_index=True)
    to_identity = models.BigIntegerField(null=True, db_index=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=120, default="", blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)  # as known when it was said
    said_by = models.CharField(max_length=200)
    said_at = InstantField()
    ended_on = models.DateField(null=True)  # the day it was over, as a colleague said later
    ended_at = InstantField(null=True)
    ended_by = models.CharField(max_length=200, default="", blank=True)
    withdrawn_at = InstantField(null=True)  # it never was so
    withdrawn_by = models.CharField(max_length=200, default="", blank=True)
    together = UidField(null=True, db_index=True)  # what was said of many at once, to be taken back at once

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_identity=None) ^ models.Q(organisation=None), name="relates_to_one"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "id"], name="people_of_organisation")]

    def __str__(self) -> str:
        return f"{self.from_identity} {self.kind} {self.to_identity or self.organisation_id}"


class NoHousehold(models.Model):
    """That two people who share a contact point are no household: not to be suggested again while it stands."""

    a_identity = models.BigIntegerField(db_index=True)
    b_identity = models.BigIntegerField(db_index=True)
    together = UidField(db_index=True)  # what was said of several at once
    said_by = models.CharField(max_length=200)
    said_at = InstantField()


class NoOrganisation(models.Model):
    """That a name people give for where they work is none: not to be suggested again while it stands."""

    match_key = models.CharField(max_length=200, unique=True)
    said_by = models.CharField(max_length=200)
    said_at = InstantField()
