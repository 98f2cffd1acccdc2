"""How the log stands: how much is in it, of what, since when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Sum

from vincle.flow.models import Identity, Interaction, Kind, Person


@dataclass(frozen=True, slots=True)
class Standing:
    """Figures of the whole log; `first` and `last` are instants, None while it is empty."""

    people: int
    interactions: int
    first: datetime | None
    last: datetime | None
    kinds: dict[str, int]  # name -> interactions, most frequent first


def standing() -> Standing:
    """Count people and interactions from the summaries, and kinds from the log itself."""
    sums = Identity.objects.aggregate(first=Min("first_at"), last=Max("last_at"), interactions=Sum("interactions"))
    return Standing(
        people=Person.objects.filter(into_id=None).count(),
        interactions=sums["interactions"] or 0,
        first=sums["first"],
        last=sums["last"],
        kinds=count_by_kind(),
    )


def count_by_kind() -> dict[str, int]:
    """How many interactions of each kind the log holds; reads the whole log."""
    names = dict(Kind.objects.values_list("id", "name"))
    counted = Interaction.objects.values("kind_id").annotate(rows=Count("id")).order_by("-rows")
    return {names[row["kind_id"]]: row["rows"] for row in counted}
