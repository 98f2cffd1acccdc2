"""Tables of the room: passwords of devices, and what the book looked like when it was last looked through."""

from django.db import models

from vincle.flow.fields import InstantField, UidField


class AppPassword(models.Model):
    """A password with which one device of one colleague reads the book. Only its hash is kept."""

    user_id = models.BigIntegerField()
    device = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # sha256, hexadecimal
    created_at = InstantField()
    ended_at = InstantField(null=True)
    last_used_at = InstantField(null=True)  # to the minute

    class Meta:
        indexes = [models.Index(fields=["user_id", "-created_at"], name="addressbook_passwords")]

    def __str__(self) -> str:
        return self.device


class Book(models.Model):
    """The one book: how many changes it has had, and what the log looked like when it was last looked through."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    changes = models.BigIntegerField(default=0)
    mark = models.CharField(max_length=200, default="")
    looked_at = InstantField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="addressbook_one_book")]

    def __str__(self) -> str:
        return f"{self.changes} changes"


class Entry(models.Model):
    """That somebody is, or was, in the book: the tag of their card, and the number of its last change."""

    uid = UidField(unique=True)  # of the person
    tag = models.CharField(max_length=32)
    change = models.BigIntegerField(unique=True)
    is_gone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.uid)
