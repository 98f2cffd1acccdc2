"""How often a token may be used: one row, one statement, the same for all processes.

The generic cell rate algorithm (ITU-T I.371): each use moves the moment until which the token is busy ahead by the time
one use takes; a token that is busy further ahead than a minute waits. So a minute's worth may come at once, and no more
than the rate in the long run.
"""

import math
import os
from datetime import datetime

from django.db.models import BigIntegerField, F, Value
from django.db.models.functions import Greatest

from vincle.apps.tokens.models import Token
from vincle.kernel.clock import to_micros

_MINUTE = 60_000_000


def a_minute() -> int:
    """How many requests a minute a token may make: VINCLE_API_RATE, else 600."""
    given = os.environ.get("VINCLE_API_RATE", "")
    return int(given) if given.isdecimal() and int(given) else 600


def use(token: Token, *, now: datetime) -> int:
    """Count one use; returns 0, or after how many seconds it may be tried again."""
    present, step = to_micros(now), _MINUTE // a_minute()
    most = present + _MINUTE - step
    moment = Value(present, output_field=BigIntegerField())
    within = Token.objects.filter(pk=token.pk, busy_until__lte=most)
    if within.update(busy_until=Greatest(F("busy_until"), moment) + step, last_used_at=now):
        return 0
    busy = Token.objects.filter(pk=token.pk).values_list("busy_until", flat=True).first() or 0
    return max(1, math.ceil((busy - most) / 1_000_000))
