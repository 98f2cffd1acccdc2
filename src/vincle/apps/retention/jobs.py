"""Background work of the room."""

from vincle.apps.accounts.facade import Actor
from vincle.apps.retention.actions import run
from vincle.apps.retention.models import Rule
from vincle.apps.retention.queries import rule_by_number
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task

HOUSE = Actor(None, "retention")


@task("retention.nightly", every_seconds=24 * 60 * 60)
def nightly(context: Context) -> None:
    """Run every rule that is on."""
    for rule in Rule.objects.filter(is_on=True).order_by("pk"):
        run(rule, actor=HOUSE, now=context.now, breathe=context.breathe)


@task("retention.run")
def run_now(context: Context, rule: int, by: str) -> None:
    """Run one rule because somebody asked for it."""
    run(rule_by_number(rule), actor=Actor(None, by), now=context.now, breathe=context.breathe)
