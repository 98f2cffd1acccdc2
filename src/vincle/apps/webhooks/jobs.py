"""Background work of the room: follow the log, send what is due, forget what is old."""

from datetime import timedelta

from vincle.apps.webhooks import queries
from vincle.apps.webhooks.actions import UNDO_WITHIN
from vincle.apps.webhooks.following import follow_log
from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.apps.webhooks.sending import attempt
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.queue import enqueue
from vincle.flow.jobs.registry import task

TURNS = 20  # of one endpoint; the next job goes on
SENT_AT_ONCE = 200
SENDS_FOR = timedelta(seconds=30)
KEPT_FOR = timedelta(days=30)
KEPT = 5_000  # finished messages of one endpoint


@task("webhooks.follow", every_seconds=5)
def follow(context: Context) -> None:
    """Make deliveries of what has entered the log, and have what is due sent."""
    for number in queries.listening():
        for _turn in range(TURNS):
            if not follow_log(number, now=context.now):
                break
            context.breathe()
    for number in queries.with_something_due(now=context.now):
        enqueue("webhooks.send", arguments={"endpoint": number}, key=f"webhooks.send:{number}", now=context.now)


@task("webhooks.send", attempts=1)
def send(context: Context, *, endpoint: int) -> None:
    """Send what is due to one endpoint, in order; the first that is not taken ends it, so that a program that does not
    answer holds up nobody else."""
    began = context.now
    for _sent in range(SENT_AT_ONCE):
        this = Endpoint.objects.filter(pk=endpoint, off_at=None, removed_at=None).first()
        delivery = queries.next_due(this, now=context.now) if this else None
        if delivery is None or not attempt(delivery, now=context.now) or context.now - began > SENDS_FOR:
            return
        context.breathe()


@task("webhooks.prune", every_seconds=3_600)
def prune(context: Context) -> None:
    """Forget messages that were finished long ago, or are too many, and endpoints that were removed."""
    now = context.now
    Delivery.objects.filter(finished_at__lt=now - KEPT_FOR).delete()
    for number in Endpoint.objects.order_by("pk").values_list("pk", flat=True):
        finished = Delivery.objects.filter(endpoint_id=number).exclude(state=Delivery.State.WAITING).order_by("-pk")
        last = next(iter(finished.values_list("pk", flat=True)[KEPT : KEPT + 1]), None)
        if last is not None:
            finished.filter(pk__lte=last).delete()
    Endpoint.objects.filter(removed_at__lt=now - UNDO_WITHIN).delete()
