"""Work that anybody may ask for in as many ways as they like: so much of it waits, and no more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Job
from vincle.kernel.errors import Refused

MOST_WAITING = 20


def ask_for(task: str, arguments: Mapping[str, Any], *, key: str, now: datetime) -> None:
    """Have it done in the background, once, however often it is asked for.

    Raises `Refused` while much of the same room waits.
    """
    room = task.partition(".")[0]
    waiting = Job.objects.filter(task__startswith=f"{room}.", state=Job.State.WAITING)
    if waiting.count() >= MOST_WAITING and not Job.objects.filter(key=key).exists():
        raise Refused(_("Much is being worked out already."), _("Ask again in a minute; nothing is lost."))
    enqueue(task, arguments=arguments, key=key, now=now)
