"""What can be asked of the engine here, under which name its answer is kept, and how much of it may wait."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Job
from vincle.kernel.errors import Refused

BRIDGES = "value:bridges:"  # readings of bridges between two days are called so
BEHIND = "value:behind:"  # those of who stands behind a figure
MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class BridgeAsked:
    """A bridge between two days (ISO), of what each was worth in `window` days."""

    opening: str
    closing: str
    window: int

    @property
    def name(self) -> str:
        """Under which its answer is kept, and its job known."""
        return BRIDGES + digest_of(astuple(self))


def behind_name(figure: str) -> str:
    """Under which who stands behind a figure is kept, and their job known."""
    return BEHIND + digest_of(figure)


def digest_of(said: Any) -> str:
    """Short enough for the name of a reading."""
    return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()


def ask_for(task: str, arguments: Mapping[str, Any], *, key: str, now: datetime) -> None:
    """Have it done in the background; once, however often it is asked for. Raises `Refused` while much waits."""
    waiting = Job.objects.filter(task__startswith="value.", state=Job.State.WAITING)
    if waiting.count() >= MOST_WAITING and not Job.objects.filter(key=key).exists():
        raise Refused(_("Much is being worked out already."), _("Ask again in a minute; nothing is lost."))
    enqueue(task, arguments=arguments, key=key, now=now)
