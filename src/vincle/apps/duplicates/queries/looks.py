"""The searches: the one under way, and the last that was done."""

from vincle.apps.duplicates.models import Look
from vincle.flow.models import Job

STEPS = ("mirror", "read", "prepare", "pair", "compare", "learn", "weigh", "keep")


def under_way() -> Look | None:
    """The search that waits for its turn or runs; one whose job has failed for good is neither."""
    this = Look.objects.filter(state__in=(Look.State.WAITING, Look.State.RUNNING)).order_by("-id").first()
    return this if this is not None and _has_a_job() else None


def newest_done() -> Look | None:
    """The last search that came to its end."""
    return Look.objects.filter(state=Look.State.DONE).order_by("-id").first()


def failed_last() -> Look | None:
    """The last search, if it could not be done."""
    this = Look.objects.order_by("-id").first()
    return this if this is not None and this.state == Look.State.FAILED else None


def share_done(this: Look) -> float:
    """How far it is, from 0 to 1, by its steps."""
    return STEPS.index(this.step) / len(STEPS) if this.step in STEPS else 0.0


def _has_a_job() -> bool:
    at_work = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING))
    return at_work.filter(task="duplicates.look").exists()
