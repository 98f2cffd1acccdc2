"""What can be chosen in the dialogs of a map: kinds of interaction, channels, whose journey it is."""

from collections.abc import Collection

from vincle.apps.journeys import queries
from vincle.apps.journeys.asking import PEOPLE
from vincle.flow.models import Kind, Touchpoint

MOST_KINDS, MOST_CHANNELS = 1000, 100


def kind_choices(chosen: Collection[str] = ()) -> list[tuple[str, str]]:
    """Every kind of the catalogue by its words, those that are chosen first; also such as are in no catalogue."""
    known = [(each.name, str(each.label)) for each in Kind.objects.all()[:MOST_KINDS]]
    named = {name for name, _label in known}
    known += [(name, name) for name in chosen if name not in named]
    return sorted(known, key=lambda each: (each[0] not in chosen, each[1].casefold()))


def channels() -> list[str]:
    """The channels there are in the log."""
    return list(Touchpoint.objects.order_by("channel").values_list("channel", flat=True).distinct()[:MOST_CHANNELS])


def never_happened(kinds: Collection[str], case: str) -> list[str]:
    """Those of these kinds that never happened in such journeys, as far as their figures have been worked out."""
    found = queries.newest_journeys(case) or queries.newest_journeys(PEOPLE)
    if found is None or found.said["totals"]["steps"] > len(found.said["steps"]):
        return []
    happened = {step["kind"] for step in found.said["steps"]}
    return [kind for kind in kinds if kind not in happened]
