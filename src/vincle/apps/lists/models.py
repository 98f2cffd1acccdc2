"""Tables of the room: saved views, fixed lists and who stands on them, and what was changed of many people at once."""

from django.db import models

from vincle.flow.fields import InstantField, UidField


class View(models.Model):
    """A list of people with a name: whom it wants, what it shows, in which order."""

    uid = UidField(unique=True)
    name = models.CharField(max_length=80)
    owner_id = models.BigIntegerField(null=True)  # a colleague; none: made by the house
    owner_name = models.CharField(max_length=120, default="", blank=True)
    shared = models.BooleanField(default=False)
    filter = models.TextField(default="", blank=True)  # see filters.reading; empty: everybody
    columns = models.JSONField(default=list)
    order = models.CharField(max_length=20, default="", blank=True)
    made_at = InstantField()
    removed_at = InstantField(null=True)  # kept for whoever undoes it

    class Meta:
        indexes = [
            models.Index(fields=["owner_id", "name"], condition=models.Q(removed_at=None), name="lists_views_own"),
            models.Index(fields=["name"], condition=models.Q(removed_at=None, shared=True), name="lists_views_shared"),
        ]

    def __str__(self) -> str:
        return self.name


class FixedList(models.Model):
    """People put together by hand, whatever else changes: “Christmas 2026”."""

    uid = UidField(unique=True)
    name = models.CharField(max_length=80)
    made_at = InstantField()
    made_by = models.CharField(max_length=120, default="", blank=True)
    removed_at = InstantField(null=True)

    class Meta:
        indexes = [models.Index(fields=["name"], condition=models.Q(removed_at=None), name="lists_fixed")]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One change of many people, with whom it is about, so that it can be gone on with and taken back whole."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    class Kind(models.TextChoices):
        SET = "set"  # an attribute
        ADD = "add"  # to a fixed list
        REMOVE = "remove"  # from it
        TASK = "task"  # one about each of them

    uid = UidField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    attribute = models.CharField(max_length=80, default="", blank=True)
    value = models.TextField(default="", blank=True)
    list = models.ForeignKey(FixedList, models.PROTECT, null=True)
    task = models.JSONField(default=dict)  # what it is to be
    batch_id = models.BigIntegerField(null=True)  # of what it says of people
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    people = models.IntegerField()
    done = models.IntegerField(default=0)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120, default="", blank=True)
    made_at = InstantField()
    finished_at = InstantField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="lists_changes_newest")]


class Target(models.Model):
    """That a change is about a person, by the number of one of their identities."""

    change = models.ForeignKey(Change, models.CASCADE, db_index=False, related_name="targets")
    place = models.IntegerField()
    identity_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "place"], name="lists_one_target")]


class Gathering(models.Model):
    """The people behind a figure, as they were when somebody asked: “Habit: came here”. Kept for a while, to be looked
    at, put on a list or given a task."""

    uid = UidField(unique=True)
    words = models.CharField(max_length=300)
    people = models.IntegerField()
    made_at = InstantField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="lists_gathered_at")]

    def __str__(self) -> str:
        return self.words


class Gathered(models.Model):
    """That somebody is one of them, by the number of one of their identities."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, db_index=False)
    identity_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "identity_id"], name="lists_gathered_once")]


class Member(models.Model):
    """That an identity stands on a fixed list, since which change and until which."""

    list = models.ForeignKey(FixedList, models.CASCADE, db_index=False, related_name="members")
    identity_id = models.BigIntegerField(db_index=True)
    added = models.ForeignKey(Change, models.CASCADE, related_name="+")
    removed = models.ForeignKey(Change, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "identity_id"], condition=models.Q(removed=None), name="lists_stands_once"
            )
        ]
