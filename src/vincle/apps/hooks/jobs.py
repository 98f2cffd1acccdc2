"""Background work of the room: take in what waits, forget what is old."""

from datetime import timedelta

from vincle.apps.hooks import queries
from vincle.apps.hooks.models import Delivery, Hook, KeptBody
from vincle.apps.hooks.taking.entering import OPEN, take_waiting
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task

KEPT_FOR = timedelta(days=30)
KEPT = 5_000  # deliveries of one hook that nothing is to be done about
SAMPLES_FOR = timedelta(days=7)
SAMPLES = 20  # bodies of one hook that nothing is to be done about


@task("hooks.take_in", every_seconds=30)
def take_in(context: Context) -> None:
    """Take in what waits and has a mapping now, in the order it came."""
    while numbers := queries.to_be_taken_in():
        taken = 0
        for number in numbers:
            taken += take_waiting(number, now=context.now)
            context.breathe()
        if not taken:
            return


@task("hooks.prune", every_seconds=3_600)
def prune(context: Context) -> None:
    """Forget deliveries that are done with and old, or too many, and sooner what they said. What waits or is held is
    kept until somebody decides."""
    now = context.now
    done = Delivery.objects.exclude(outcome__in=OPEN)
    done.filter(received_at__lt=now - KEPT_FOR).delete()
    KeptBody.objects.filter(delivery__in=done.filter(received_at__lt=now - SAMPLES_FOR)).delete()
    for number in Hook.objects.order_by("pk").values_list("pk", flat=True):
        rows = done.filter(hook_id=number).order_by("-pk")
        if (last := rows.values_list("pk", flat=True)[KEPT : KEPT + 1].first()) is not None:
            rows.filter(pk__lte=last).delete()
        bodies = KeptBody.objects.filter(delivery__in=done.filter(hook_id=number)).order_by("-delivery_id")
        if (last := bodies.values_list("delivery_id", flat=True)[SAMPLES : SAMPLES + 1].first()) is not None:
            bodies.filter(delivery_id__lte=last).delete()
