"""Where on a map something is: what a change touches, and what a comment is about."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.lanes import lane_words
from vincle.apps.journeys.maps.operations import Operation
from vincle.engine.journeys.journey import Journey
from vincle.kernel.errors import BadInput

Place = tuple[str, ...]  # from the whole to the part: ("stage", "habit", "wants"); () is everything


def touched(operation: Operation) -> set[Place]:
    """The places that an operation changes."""
    return set(_touched(operation))


def _touched(operation: Operation) -> Iterator[Place]:  # noqa: C901, PLR0912 - one case for each operation
    match operation:
        case op.SetMap(field=field):
            yield ("map", field)
        case op.SetArchetype(field=field):
            yield ("archetype", field)
        case op.SetAim():
            yield ("aim",)
        case op.SetStage(stage=stage, field=field):
            yield ("stage", stage, field)
        case op.SetRules(stage=stage):
            yield ("stage", stage, "enters")
        case op.PutStage(stage=whole):
            yield ("stage", whole.key)
        case op.MoveStage(stage=stage):
            yield ("order", stage)
        case op.RemoveStage(stage=stage):
            yield ("stage", stage)
            yield ("order", stage)
        case (
            op.PutTouchpoint(stage=stage, touchpoint=touchpoint)
            | op.ChangeTouchpoint(stage=stage, touchpoint=touchpoint)
        ):
            yield ("stage", stage, "touchpoints", touchpoint.key)
        case op.MoveTouchpoint(stage=stage, key=key, to=to):
            yield ("stage", stage, "touchpoints", key)
            yield ("stage", to, "touchpoints", key)
        case op.RemoveTouchpoint(stage=stage, key=key):
            yield ("stage", stage, "touchpoints", key)
        case op.Several(parts=parts):
            for part in parts:
                yield from _touched(part)
        case _:
            yield ()


def meet(some: set[Place], others: set[Place]) -> bool:
    """Whether any of some is within, or holds, any of others."""
    return any(a[: len(b)] == b or b[: len(a)] == a for a in some for b in others)


def place_words(place: str, journey: Journey) -> str:
    """What a comment's place is called: “Habit · What they want”. Raises `BadInput` for a place that is none, and
    `KeyError` for one that is not there.
    """
    match place.split(":"):
        case [""]:
            return _("the whole journey")
        case ["stage", key]:
            return journey.stage(key).name
        case ["cell", key, lane]:
            return f"{journey.stage(key).name} · {lane_words(lane)}"
        case ["touchpoint", stage, key]:
            return {each.key: each.name for each in journey.stage(stage).touchpoints}[key]
    raise BadInput(_("There is no such place on the map."))
