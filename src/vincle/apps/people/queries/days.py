"""Between the organisation's days and the log's instants."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db import connection
from django.utils import timezone

from vincle.flow.fields import InstantField

_INSTANT = InstantField()


def local_day(moment: datetime, zone: tzinfo | None = None) -> date:
    """The day on which it was, by the organisation's clock (`zone`, where the caller has looked it up already); by the
    universal one at the very ends of time."""
    try:
        return moment.astimezone(zone or timezone.get_current_timezone()).date()
    except OverflowError:
        return moment.date()


def midnight(day: date) -> datetime:
    """When a day of the organisation begins."""
    return datetime.combine(day, time(), timezone.get_current_timezone())


def bounds(since: date | None, until: date | None) -> tuple[datetime | None, datetime | None]:
    """The instants between which the days from `since` to `until` lie, both included; None where there is no bound."""
    end = midnight(until + timedelta(days=1)) if until and until < date.max else None
    return midnight(since) if since else None, end


def as_kept(moment: datetime) -> Any:
    """An instant as the database keeps it."""
    return _INSTANT.get_db_prep_value(moment, connection)


def as_moment(kept: Any) -> datetime:
    """What the database keeps, as an instant."""
    for convert in _INSTANT.get_db_converters(connection):
        kept = convert(kept, None, connection)
    return kept  # type: ignore[no-any-return]
