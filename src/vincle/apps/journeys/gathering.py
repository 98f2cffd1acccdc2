"""The people behind a figure: found in the background, then a list like any other."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

import pyarrow as pa

from vincle.apps.journeys.asking import BEHIND, Figure
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.journeys.queries import mirror_version
from vincle.apps.lists.facade import gather, is_gathered
from vincle.engine.journeys.journey import Journey
from vincle.flow import mirror
from vincle.flow.jobs.waiting import ask_for
from vincle.flow.models import Reading
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home
from vincle.kernel.house import house

FRESH = timedelta(minutes=5)  # in which the log may grow, so that an answer is there before the next question
KEPT = 200  # figures whose people are remembered: the latest


def ask_behind(figure: Figure, words: str, *, now: datetime) -> None:
    """Have it found out who stands behind a figure; once, however often it is asked for."""
    ask_for("journeys.behind", {"words": words, **asdict(figure)}, key=figure.name, now=now)


def gathered_behind(figure: Figure, *, now: datetime) -> UUID | None:
    """Who stands behind a figure, found out as the log is now or a moment ago; for `lists.facade.people_behind_url`."""
    kept = Reading.objects.filter(name=figure.name).first()
    if kept is None or (kept.mirror_version != mirror_version() and now - kept.computed_at > FRESH):
        return None
    found = UUID(kept.payload["gathering"])
    return found if is_gathered(found) else None


def journey_of_figure(figure: Figure) -> Journey | None:
    """The designed journey whose figure it is, as it stands now; raises `NotFound` for one that is not there."""
    return journey_of(map_by_uid(UUID(figure.map))) if figure.map else None


def refresh_behind(figure: Figure, words: str, *, now: datetime) -> None:
    """Find out who stands behind a figure and gather them, nobody where nothing has happened that it counts."""
    journey = journey_of_figure(figure)
    home, zone = Home.at(), house().timezone
    mirror.refresh(home)
    import vincle.engine as ve
    from vincle.engine.journeys import behind

    with ve.open(home) as log:
        version = log.version
        try:
            people = behind(log, journey, figure.figure, case=figure.case, zone=zone)
        except BadInput:
            people = pa.array([], pa.int64())
    made = gather(people, words, now=now)
    kept = {"payload": {"gathering": str(made.uid)}, "mirror_version": version, "computed_at": now}
    Reading.objects.update_or_create(name=figure.name, defaults=kept)
    ours = Reading.objects.filter(name__startswith=BEHIND).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()
