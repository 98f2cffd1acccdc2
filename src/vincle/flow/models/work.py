"""Background work: a queue whose jobs are leased, so that a worker's sudden death gives them back."""

from django.db import models

from vincle.flow.fields import InstantField


class Job(models.Model):
    """Something to be done outside a request. Running means: leased until `lease_until`, renewed by a heartbeat."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    task = models.CharField(max_length=120)  # a name in vincle.flow.jobs.registry
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 - null: no deduplication
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    run_at = InstantField()
    lease_until = InstantField(null=True)
    worker = models.CharField(max_length=120, default="", blank=True)
    attempts = models.IntegerField(default=0)
    error = models.TextField(default="", blank=True)
    created_at = InstantField()
    finished_at = InstantField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_at"], condition=models.Q(state="waiting"), name="job_waiting"),
            models.Index(fields=["lease_until"], condition=models.Q(state="running"), name="job_leased"),
        ]


class Schedule(models.Model):
    """A task that comes back: every so many seconds, once whoever many schedulers run."""

    task = models.CharField(max_length=120, unique=True)
    every_seconds = models.IntegerField()
    next_at = InstantField()
