"""Reads: what was last worked out of a map."""

from uuid import UUID

from vincle.apps.journeys.real.chart import Chart, chart_name
from vincle.flow.models import Reading


def newest_chart(uid: UUID) -> Chart | None:
    """What was last worked out of a map, be it of a former revision; None when nothing was yet."""
    kept = Reading.objects.filter(name=chart_name(uid)).first()
    if kept is None:
        return None
    said = kept.payload
    return Chart(said["chart"], kept.mirror_version, said["revision"], said["design"], kept.computed_at)
