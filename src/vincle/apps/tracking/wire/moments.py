"""When: what the event says, put right by how wrong the sender's clock was when it sent it."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

# What lies between is the way here and the queue there, not a wrong clock.
TOLERANCE = timedelta(seconds=5)
_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000  # smaller numbers are seconds


def happened_at(said: Any, sent_at: Any, received_at: datetime) -> datetime | None:
    """The instant an event happened, in UTC; None when it says one that cannot be read.

    An event without a time happened when it arrived. With `sent_at` the sender's clock is compared with ours and
    its times moved by the difference (Segment: timestamp = received - (sent - said)). Nothing has happened later
    than it arrived.
    """
    if said is None or said == "":
        return received_at
    moment = instant(said)
    if moment is None:
        return None
    sent = instant(sent_at) if sent_at is not None else None
    if sent is not None and abs(received_at - sent) > TOLERANCE:
        try:
            moment += received_at - sent
        except OverflowError:
            return None
    return min(moment, received_at)


def instant(said: Any) -> datetime | None:
    """What is written as ISO 8601 (UTC without a zone), or as a number of seconds or milliseconds since 1970.

    None when it cannot be read.
    """
    try:
        if isinstance(said, str):
            moment = _iso(said)
        elif isinstance(said, int | float) and not isinstance(said, bool):
            seconds = said / 1000 if abs(said) >= _MILLISECONDS_FROM else said
            moment = datetime.fromtimestamp(seconds, UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment >= _EARLIEST else None


@lru_cache(maxsize=2048)
def _iso(said: str) -> datetime:
    moment = datetime.fromisoformat(said.strip())
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
