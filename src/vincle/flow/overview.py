"""How much there is and how fresh it is: what `vincle status` prints and a page of figures may show."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Min

from vincle.flow.jobs.backlog import Backlog, backlog
from vincle.flow.models import Chunk, Interaction, Kind, Person
from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of the log; `mirror_behind` is None where there is no mirror yet."""

    people: int
    interactions: int
    kinds: int  # in the catalogue
    first: datetime | None  # when the earliest interaction happened
    last: datetime | None
    mirror_behind: int | None  # interactions that the mirror does not have yet
    mirror_refreshed_at: datetime | None
    jobs: Backlog
    database: str


def overview(home: Home, *, now: datetime) -> Overview:
    """The log of `home` as it stands."""
    interactions = Interaction.objects.count()
    first, last = _reach()
    mirrored, refreshed_at = _mirrored(home)
    return Overview(
        people=Person.objects.filter(into_id=None).count(),
        interactions=interactions,
        kinds=Kind.objects.count(),
        first=first,
        last=last,
        mirror_behind=None if mirrored is None else max(0, interactions - mirrored),
        mirror_refreshed_at=refreshed_at,
        jobs=backlog(now=now),
        database=connection.vendor,
    )


def _reach() -> tuple[datetime | None, datetime | None]:
    """From when to when: people's own figures, which are indexed, and what entered too lately to be in them."""
    found = [Person.objects.filter(last_at__isnull=False).aggregate(first=Min("first_at"), last=Max("last_at"))]
    for chunk in Chunk.objects.filter(summarised=False):
        entered = Interaction.objects.filter(id__gte=chunk.first_id, id__lte=chunk.last_id)
        found.append(entered.aggregate(first=Min("occurred_at"), last=Max("occurred_at")))
    firsts = [row["first"] for row in found if row["first"]]
    lasts = [row["last"] for row in found if row["last"]]
    return min(firsts, default=None), max(lasts, default=None)


def _mirrored(home: Home) -> tuple[int | None, datetime | None]:
    from vincle.flow.mirror import status

    try:
        mirror = status(home)
    except NotReady:
        return None, None
    return mirror.rows.get("interactions", 0), mirror.refreshed_at
