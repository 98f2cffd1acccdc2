"""Writes: the figures of a map are asked for, worked out in the background, and kept: the newest of each map."""

from datetime import datetime
from uuid import UUID

import msgspec

from vincle.apps.journeys.actions import found_or_why
from vincle.apps.journeys.real.aim import aim_name, asked_of
from vincle.apps.journeys.real.chart import chart_name, design_of
from vincle.apps.journeys.real.queries import newest_aim, newest_chart
from vincle.engine.journeys.journey import Journey
from vincle.flow import mirror
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Reading
from vincle.kernel.home import Home
from vincle.kernel.house import house


def ask_chart(uid: UUID, *, now: datetime) -> None:
    """Have it worked out what really happens along a map; once, however often it is asked for."""
    enqueue("journeys.chart", arguments={"uid": str(uid)}, key=chart_name(uid), now=now)


def ask_aim(uid: UUID, *, now: datetime) -> None:
    """Have it worked out which moments go with the aim of a map; once, however often it is asked for."""
    enqueue("journeys.aim", arguments={"uid": str(uid)}, key=aim_name(uid), now=now)


def refresh_chart(uid: UUID, journey: Journey, *, revision: int, now: datetime) -> bool:
    """Bring the mirror up to date and keep what the engine reads of a map; whether there was anything new.

    Raises `VincleError` when the mirror cannot be brought up to date; the former figures stay.
    """
    home, zone = Home.at(), house().timezone
    version = mirror.refresh(home).version
    kept = newest_chart(uid)
    if kept is not None and kept.is_of(version, zone=zone, journey=journey):
        return False
    import vincle.engine as ve
    from vincle.engine.journeys import chart

    with ve.open(home) as log:
        said, version = chart(log, journey, zone=zone), log.version
    payload = {"chart": said, "revision": revision, "design": design_of(journey)}
    Reading.objects.update_or_create(
        name=chart_name(uid), defaults={"payload": payload, "mirror_version": version, "computed_at": now}
    )
    return True


def refresh_aim(uid: UUID, journey: Journey, *, revision: int, now: datetime) -> bool:
    """The same for the moments that go with the aim of a map; nothing is kept of a map that has none."""
    if journey.aim is None:
        return False
    home = Home.at()
    version = mirror.refresh(home).version
    kept = newest_aim(uid)
    if kept is not None and kept.is_of(version, journey):
        return False
    import vincle.engine as ve
    from vincle.engine.journeys import moments_of

    with ve.open(home) as log:
        found, why = found_or_why(lambda: moments_of(log, journey))
        version = log.version
    aim = msgspec.to_builtins(journey.aim)
    payload = {"found": found, "why": why, "aim": aim, "asked": asked_of(journey), "revision": revision}
    Reading.objects.update_or_create(
        name=aim_name(uid), defaults={"payload": payload, "mirror_version": version, "computed_at": now}
    )
    return True
