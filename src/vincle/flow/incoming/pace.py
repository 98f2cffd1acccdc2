"""How often a program may come in: one row, one statement, the same for all processes.

The generic cell rate algorithm (ITU-T I.371): each use moves the moment until which the row is busy ahead by the time
one use takes; one that is busy further ahead than a minute waits. So a minute's worth may come at once, and no more
than the rate in the long run. The row's `busy_until` holds microseconds since 1970.
"""

import math
import os
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Greatest

from vincle.kernel.clock import to_micros

_MINUTE = 60_000_000
USUAL = 600


def allowed(setting: str) -> int:
    """How many uses a minute an environment variable allows; else 600."""
    given = os.environ.get(setting, "")
    return int(given) if given.isdecimal() and int(given) else USUAL


def use(rows: QuerySet[Any], *, a_minute: int, now: datetime, **changes: Any) -> int:
    """Count one use of the one row, and make the `changes` to it; returns 0, or after how many seconds it may be tried
    again."""
    present, step = to_micros(now), _MINUTE // a_minute
    most = present + _MINUTE - step
    moment = Value(present, output_field=BigIntegerField())
    ahead = Greatest(F("busy_until"), moment) + step
    if rows.filter(busy_until__lte=most).update(busy_until=ahead, **changes):
        return 0
    busy = rows.values_list("busy_until", flat=True).first() or 0
    return max(1, math.ceil((busy - most) / 1_000_000))
