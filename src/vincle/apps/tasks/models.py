"""Tables of the room: tasks, and the private calendar of each colleague."""

from django.db import models

from vincle.flow.fields import InstantField, UidField

OPEN = models.Q(done_at__isnull=True, removed_at__isnull=True)


class Task(models.Model):
    """Something to be done.

    `identity_id` is the number of the person it is about, as it was then; empty: about nobody. `due_on` and `due_time`
    are what was said, by the organisation's clock; `due` is the instant after which it is late. `sequence` counts the
    changes, for calendars. One that was taken away waits hidden for a while, so that it can be brought back.
    """

    uid = UidField(unique=True)
    identity_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    details = models.TextField(default="", blank=True)
    assignee_id = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    due_time = models.TimeField(null=True)
    due = InstantField(null=True)
    created_at = InstantField()
    created_by = models.CharField(max_length=200)
    changed_at = InstantField()
    sequence = models.PositiveIntegerField(default=0)
    done_at = InstantField(null=True)
    done_by = models.CharField(max_length=200, default="", blank=True)
    removed_at = InstantField(null=True)
    together = UidField(null=True)  # of what gave the same task for many people at once

    class Meta:
        indexes = [
            models.Index(fields=["together"], condition=models.Q(together__isnull=False), name="tasks_together"),
            models.Index(fields=["due", "id"], condition=OPEN, name="tasks_open"),
            models.Index(fields=["assignee_id", "due", "id"], condition=OPEN, name="tasks_open_of"),
            models.Index(fields=["done_at", "id"], condition=models.Q(done_at__isnull=False), name="tasks_done"),
            models.Index(fields=["assignee_id", "done_at"], name="tasks_done_of"),
            models.Index(fields=["identity_id"], name="tasks_about"),
        ]

    def __str__(self) -> str:
        return self.title


class Calendar(models.Model):
    """The address at which other programs read somebody's tasks; only its hash is kept, whoever made it saw it once."""

    user_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64, unique=True)  # sha256, hexadecimal
    made_at = InstantField()
    read_at = InstantField(null=True)  # to the hour

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
