"""The one place that asks what time it is; everything else is told."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The present instant, in UTC, to the microsecond."""
    return datetime.now(UTC)


def to_micros(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC; `moment` must carry its zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    delta = moment - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_micros(micros: int) -> datetime:
    """The instant that lies `micros` microseconds after 1970-01-01 UTC (exact, 0001 to 9999)."""
    return EPOCH + timedelta(microseconds=micros)
