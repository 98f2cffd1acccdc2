"""What a chart tells whoever may not see confidential people: of a stage with a few people no more than how many.

A rule can be made to hold of one person, and the stage would tell what happened with them.
"""

from collections.abc import Mapping
from typing import Any

from vincle.apps.people.facade import PersonMark, looks

FEW = 10  # people of a stage, below which it tells of each of them
_NOTHING: Mapping[str, Any] = {"money": {}, "feeling": None, "pause": None}


def spared(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The chart as whoever looks may see it."""
    hidden = PersonMark.objects.filter(kind=PersonMark.Kind.CONFIDENTIAL, lifted_at=None)
    if looks().confidential or said["as_of"] is None or not hidden.exists():
        return said
    return {**said, "before": _part(said["before"]), "stages": [_part(stage) for stage in said["stages"]]}


def _part(part: Mapping[str, Any]) -> Mapping[str, Any]:
    if part["people"] >= FEW:
        return part
    less: dict[str, Any] = {"money": {}, "feeling": None, "lasting": None, "undesigned": [], "undesigned_more": 0}
    touchpoints = [{**each, **_NOTHING} for each in part["touchpoints"]]
    return {**part, **less, "touchpoints": touchpoints} | ({"waiting": None} if "waiting" in part else {})
