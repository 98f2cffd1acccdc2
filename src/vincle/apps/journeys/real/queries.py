"""Reads: what was last worked out of a map."""

from uuid import UUID

import msgspec

from vincle.apps.journeys.real.aim import Aimed, aim_name
from vincle.apps.journeys.real.chart import Chart, chart_name
from vincle.apps.journeys.real.sparing import spared
from vincle.engine.journeys.journey import Aim
from vincle.flow.models import Reading


def newest_chart(uid: UUID) -> Chart | None:
    """What was last worked out of a map, be it of a former revision, as whoever looks may see it; None when nothing
    was yet.
    """
    kept = Reading.objects.filter(name=chart_name(uid)).first()
    if kept is None:
        return None
    said = kept.payload
    return Chart(spared(said["chart"]), kept.mirror_version, said["revision"], said["design"], kept.computed_at)


def newest_aim(uid: UUID) -> Aimed | None:
    """The same of its aim, perhaps of a former one."""
    kept = Reading.objects.filter(name=aim_name(uid)).first()
    if kept is None:
        return None
    said, aim = kept.payload, msgspec.convert(kept.payload["aim"], Aim)
    return Aimed(
        said["found"], said["why"], aim, kept.mirror_version, said["revision"], said["asked"], kept.computed_at
    )
