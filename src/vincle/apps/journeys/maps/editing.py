"""How each operation changes a journey, and which one takes it back. Nothing here knows of a database.

changed, inverse = apply(journey, resolved(journey, AddStage("Habit", at=3)))
apply(changed, inverse)[0] == journey
"""

from functools import singledispatch
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.operations import Operation
from vincle.engine.journeys.journey import (
    MOST_STAGES,
    MOST_TOUCHPOINTS,
    Journey,
    JourneyStage,
    Touchpoint,
    from_data,
    key_from,
    waiting_circle,
)
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.words import written

replace = msgspec.structs.replace
LONGEST = {"name": 120, "owner": 200, "case": 100, "archetype": 200}  # letters, where it is not `LONGEST_WORDS`
LONGEST_WORDS = 4000


def resolved(journey: Journey, operation: Operation) -> Operation:
    """The same operation as it can be done again with the same outcome: new parts have their keys, and a stage that
    goes takes along that others wait for it.
    """
    if isinstance(operation, op.AddStage):
        key = key_from(operation.name, [each.key for each in journey.stages])
        return op.PutStage(JourneyStage(key, operation.name), operation.at)
    if isinstance(operation, op.AddTouchpoint):
        stage = _stage(journey, operation.stage)
        given = msgspec.structs.asdict(operation)
        touchpoint = Touchpoint(key=key_from(operation.name, _touchpoint_keys(journey)), **_without(given, "stage"))
        return op.PutTouchpoint(stage.key, touchpoint, len(stage.touchpoints))
    if isinstance(operation, op.RemoveStage):
        return _alone(journey, operation)
    if isinstance(operation, op.Several):
        return op.Several(_each_resolved(journey, operation.parts))
    return operation


def apply(journey: Journey, operation: Operation) -> tuple[Journey, Operation]:
    """The journey with that change, and the operation that takes it back.

    Raises `NotFound` for a part that is not there, `BadInput` for what a journey cannot be.
    """
    changed, inverse = _apply(operation, journey)
    return from_data(msgspec.to_builtins(changed)), inverse


@singledispatch
def _apply(operation: Any, journey: Journey) -> tuple[Journey, Operation]:
    raise TypeError(f"{type(operation).__name__} is to be resolved first, for “{journey.name}”")


@_apply.register
def _set_map(operation: op.SetMap, journey: Journey) -> tuple[Journey, Operation]:
    before = getattr(journey, operation.field)
    changed = replace(journey, **{operation.field: _text(operation.field, operation.value)})
    return changed, op.SetMap(operation.field, before)


@_apply.register
def _set_archetype(operation: op.SetArchetype, journey: Journey) -> tuple[Journey, Operation]:
    before = getattr(journey.archetype, operation.field)
    bounds = "archetype" if operation.field == "name" else "words"
    archetype = replace(journey.archetype, **{operation.field: _text(bounds, operation.value)})
    return replace(journey, archetype=archetype), op.SetArchetype(operation.field, before)


@_apply.register
def _set_aim(operation: op.SetAim, journey: Journey) -> tuple[Journey, Operation]:
    return replace(journey, aim=operation.aim), op.SetAim(journey.aim)


@_apply.register
def _set_stage(operation: op.SetStage, journey: Journey) -> tuple[Journey, Operation]:
    stage = _stage(journey, operation.stage)
    value = operation.value
    if operation.field in op.STAGE_TEXTS:
        value = _text(operation.field, value)
    changed = _with_stage(journey, replace(stage, **{operation.field: value}))
    return changed, op.SetStage(stage.key, operation.field, getattr(stage, operation.field))


@_apply.register
def _set_rules(operation: op.SetRules, journey: Journey) -> tuple[Journey, Operation]:
    stage = _stage(journey, operation.stage)
    changed = _with_stage(journey, replace(stage, enters=operation.enters))
    if circle := waiting_circle(changed):
        names = " → ".join(each.name for each in circle)
        raise BadInput(
            _("These stages wait for one another: %(names)s.") % {"names": names},
            _("Let one of them be entered without waiting for another."),
        )
    return changed, op.SetRules(stage.key, stage.enters)


@_apply.register
def _put_stage(operation: op.PutStage, journey: Journey) -> tuple[Journey, Operation]:
    if len(journey.stages) >= MOST_STAGES:
        raise BadInput(_("A journey has at most %(count)d stages.") % {"count": MOST_STAGES})
    stages = _put(journey.stages, operation.stage, operation.at)
    return replace(journey, stages=stages), op.RemoveStage(operation.stage.key)


@_apply.register
def _move_stage(operation: op.MoveStage, journey: Journey) -> tuple[Journey, Operation]:
    stage = _stage(journey, operation.stage)
    at = journey.stages.index(stage)
    others = journey.stages[:at] + journey.stages[at + 1 :]
    return replace(journey, stages=_put(others, stage, operation.at)), op.MoveStage(stage.key, at)


@_apply.register
def _remove_stage(operation: op.RemoveStage, journey: Journey) -> tuple[Journey, Operation]:
    stage = _stage(journey, operation.stage)
    if len(journey.stages) == 1:
        raise BadInput(_("A journey has at least one stage; rename this one, or put the journey away."))
    at = journey.stages.index(stage)
    return replace(journey, stages=journey.stages[:at] + journey.stages[at + 1 :]), op.PutStage(stage, at)


@_apply.register
def _put_touchpoint(operation: op.PutTouchpoint, journey: Journey) -> tuple[Journey, Operation]:
    stage = _stage(journey, operation.stage)
    changed = replace(stage, touchpoints=_insert_touchpoint(stage, operation.touchpoint, operation.at))
    return _with_stage(journey, changed), op.RemoveTouchpoint(stage.key, operation.touchpoint.key)


@_apply.register
def _change_touchpoint(operation: op.ChangeTouchpoint, journey: Journey) -> tuple[Journey, Operation]:
    stage = _stage(journey, operation.stage)
    before = touchpoint_of(journey, stage.key, operation.touchpoint.key)
    touchpoints = tuple(operation.touchpoint if each is before else each for each in stage.touchpoints)
    return _with_stage(journey, replace(stage, touchpoints=touchpoints)), op.ChangeTouchpoint(stage.key, before)


@_apply.register
def _move_touchpoint(operation: op.MoveTouchpoint, journey: Journey) -> tuple[Journey, Operation]:
    stage, to = _stage(journey, operation.stage), _stage(journey, operation.to)
    touchpoint = touchpoint_of(journey, stage.key, operation.key)
    at = stage.touchpoints.index(touchpoint)
    taken = _with_stage(journey, replace(stage, touchpoints=_less(stage, touchpoint)))
    to = _stage(taken, to.key)
    changed = _with_stage(taken, replace(to, touchpoints=_insert_touchpoint(to, touchpoint, operation.at)))
    return changed, op.MoveTouchpoint(to.key, touchpoint.key, stage.key, at)


@_apply.register
def _remove_touchpoint(operation: op.RemoveTouchpoint, journey: Journey) -> tuple[Journey, Operation]:
    stage = _stage(journey, operation.stage)
    touchpoint = touchpoint_of(journey, stage.key, operation.key)
    at = stage.touchpoints.index(touchpoint)
    changed = _with_stage(journey, replace(stage, touchpoints=_less(stage, touchpoint)))
    return changed, op.PutTouchpoint(stage.key, touchpoint, at)


@_apply.register
def _replace(operation: op.Replace, journey: Journey) -> tuple[Journey, Operation]:
    return operation.journey, op.Replace(journey)


@_apply.register
def _several(operation: op.Several, journey: Journey) -> tuple[Journey, Operation]:
    inverses: list[Operation] = []
    for part in operation.parts:
        journey, inverse = _apply(part, journey)
        inverses.append(inverse)
    return journey, op.Several(tuple(reversed(inverses)))


def touchpoint_of(journey: Journey, stage: str, key: str) -> Touchpoint:
    """A touchpoint of a stage. Raises `NotFound` when there is none."""
    for each in _stage(journey, stage).touchpoints:
        if each.key == key:
            return each
    raise NotFound(_("This touchpoint is not on the map any more."))


def _stage(journey: Journey, key: str) -> JourneyStage:
    try:
        return journey.stage(key)
    except KeyError:
        raise NotFound(_("This stage is not on the map any more.")) from None


def _with_stage(journey: Journey, stage: JourneyStage) -> Journey:
    return replace(journey, stages=tuple(stage if each.key == stage.key else each for each in journey.stages))


def _put(parts: tuple[Any, ...], part: Any, at: int) -> tuple[Any, ...]:
    at = max(0, min(at, len(parts)))
    return (*parts[:at], part, *parts[at:])


def _insert_touchpoint(stage: JourneyStage, touchpoint: Touchpoint, at: int) -> tuple[Touchpoint, ...]:
    if len(stage.touchpoints) >= MOST_TOUCHPOINTS:
        raise BadInput(_("A stage has at most %(count)d touchpoints.") % {"count": MOST_TOUCHPOINTS})
    return _put(stage.touchpoints, touchpoint, at)


def _less(stage: JourneyStage, touchpoint: Touchpoint) -> tuple[Touchpoint, ...]:
    return tuple(each for each in stage.touchpoints if each is not touchpoint)


def _text(field: str, value: Any) -> str:
    said = written(value) if isinstance(value, str) else ""
    if not said and field in {"name", "case"}:
        raise BadInput(_("It needs a name; it was left as it was."))
    longest = LONGEST.get(field, LONGEST_WORDS)
    if len(said) > longest:
        raise BadInput(_("There is room for %(count)d letters here.") % {"count": longest})
    return said


def _touchpoint_keys(journey: Journey) -> list[str]:
    """Of the whole journey, so that a touchpoint can move to any stage."""
    return [each.key for stage in journey.stages for each in stage.touchpoints]


def _alone(journey: Journey, operation: op.RemoveStage) -> Operation:
    """Taken out of what other stages wait for, and of the aim, before it goes."""
    key = operation.stage
    waiting: list[Operation] = []
    for stage in journey.stages:
        if stage.key != key and any(key in rule.after for rule in stage.enters):
            rules = (replace(rule, after=tuple(each for each in rule.after if each != key)) for rule in stage.enters)
            waiting.append(op.SetRules(stage.key, tuple(rules)))
    if journey.aim and journey.aim.stage == key:
        waiting.append(op.SetAim(None))
    return op.Several((*waiting, operation)) if waiting else operation


def _each_resolved(journey: Journey, parts: tuple[Operation, ...]) -> tuple[Operation, ...]:
    found: list[Operation] = []
    for part in parts:
        found.append(resolved(journey, part))
        journey, _inverse = _apply(found[-1], journey)
    return tuple(found)


def _without(given: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}
