"""Writes of the room: the figures of the first page, worked out anew."""

from datetime import datetime

from vincle.apps.today.queries import NAME, newest_reading
from vincle.flow import mirror
from vincle.flow.models import Reading
from vincle.kernel.home import Home
from vincle.kernel.house import house


def refresh_reading(*, now: datetime) -> bool:
    """Bring the mirror up to date and keep what the engine reads from it; whether there was anything new.

    Raises `VincleError` when the mirror cannot be brought up to date; the former figures stay.
    """
    home, ways = Home.at(), house()
    version = mirror.refresh(home).version
    kept = newest_reading()
    if kept is not None and kept.is_of(version, currency=ways.currency, zone=ways.timezone):
        return False
    import vincle.engine as ve
    from vincle.engine.readings import today

    with ve.open(home) as log:
        payload = today(log, ways.currency, zone=ways.timezone)
    Reading.objects.update_or_create(
        name=NAME, defaults={"payload": payload, "mirror_version": payload["version"], "computed_at": now}
    )
    return True
