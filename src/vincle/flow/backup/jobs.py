"""Background work: backups do not outlive what they hold for ever."""

from vincle.flow.backup.expiry import remove_expired
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task
from vincle.kernel.home import Home


@task("backup.expire", every_seconds=24 * 60 * 60)
def expire(context: Context) -> None:
    """Remove backups that are older than the home's setting says."""
    remove_expired(Home.at(), now=context.now)
