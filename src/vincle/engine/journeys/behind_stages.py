"""The cases behind a figure of a designed journey."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.conformance import deviating
from vincle.engine.journeys.designing import designed, expected
from vincle.engine.journeys.figures import asked
from vincle.engine.journeys.happenings import Happenings
from vincle.engine.journeys.journey import Journey
from vincle.engine.journeys.placing import BEFORE, Combination, at_touchpoint, own, place_all
from vincle.engine.journeys.stages import reaching
from vincle.engine.journeys.staging import as_cases, keep_entries
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

FIGURES = {
    "entered": ("KEY",),
    "here": ("KEY",),
    "reached": ("KEY",),
    "left": ("KEY",),
    "in": ("STAGE",),
    "touchpoint": ("STAGE", "KEY"),
    "kind": ("STAGE", "KIND", "CHANNEL"),
    "flow": ("FROM", "TO"),
    "deviation": ("WHAT", "KEY"),
    "follows": (),
}
_KEPT = ("owned", "cells", "placed", "entries", "happened")


def in_journey(log: Log | Cases, journey: Journey, name: str) -> list[Any]:
    """The cases that a figure of a journey counts, each once. Raises `BadInput` for what is no figure of it."""
    what, words = asked(name, FIGURES)
    happenings = Happenings.of(log, journey.case)
    keep_entries(happenings, journey)
    found = _FINDERS[what](_Asked(happenings, journey), *words)
    for kept in _KEPT:
        happenings.runner.forget(kept)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What happened and the journey, whose entries are kept."""

    happenings: Happenings
    journey: Journey

    def run(self, pipeline: Pipeline) -> list[Any]:
        return list(self.happenings.runner.run(pipeline)["case_id"].to_pylist())

    def place(self, key: str) -> int:
        """The place of a stage; before any where nothing is said. Raises `BadInput` for a key that none has."""
        keys = [stage.key for stage in self.journey.stages]
        if key and key not in keys:
            raise BadInput(f"There is no stage “{key}” in “{self.journey.name}”.", f"It has {', '.join(keys)}.")
        return keys.index(key) if key else BEFORE

    def stage(self, key: str) -> int:
        """The place of a stage. Raises `BadInput` also where none is said."""
        if not key:
            raise BadInput("This figure is one of a stage, and none is named.")
        return self.place(key)

    def owning(self, combinations: Sequence[Combination]) -> list[Any]:
        own(self.happenings.runner, [(0, combinations)])
        return self.run(_OWNING)


def _entered(asked_: _Asked, key: str) -> list[Any]:
    return asked_.run(_ENTERED.bound(place=asked_.stage(key)))


def _here(asked_: _Asked, key: str) -> list[Any]:
    return asked_.run(_HERE.bound(place=asked_.stage(key)))


def _reached(asked_: _Asked, key: str) -> list[Any]:
    return reaching(as_cases(asked_.happenings), expected(asked_.journey), key)


def _left(asked_: _Asked, key: str) -> list[Any]:
    return reaching(as_cases(asked_.happenings), expected(asked_.journey), key, leaving=True)


def _in(asked_: _Asked, stage: str) -> list[Any]:
    place = asked_.place(stage)
    return asked_.owning([each for each in place_all(asked_.happenings) if each.place == place])


def _touchpoint(asked_: _Asked, stage: str, key: str) -> list[Any]:
    place = asked_.place(stage)
    touchpoints = asked_.journey.stages[place].touchpoints if place >= 0 else ()
    for touchpoint in touchpoints:
        if touchpoint.key == key:
            return asked_.owning(at_touchpoint(place_all(asked_.happenings), place, touchpoint))
    raise BadInput(f"There is no touchpoint “{key}” in that stage of “{asked_.journey.name}”.")


def _kind(asked_: _Asked, stage: str, kind: str, channel: str) -> list[Any]:
    place = asked_.place(stage)
    wanted = (place, kind, channel)
    combinations = place_all(asked_.happenings)
    return asked_.owning([each for each in combinations if (each.place, each.kind, each.channel) == wanted])


def _flow(asked_: _Asked, former: str, latter: str) -> list[Any]:
    places = {"former": asked_.place(former), "latter": asked_.place(latter)}
    return asked_.run(_FLOW.bound(**places))


def _deviation(asked_: _Asked, what: str, key: str) -> list[Any]:
    steps = designed(asked_.journey)
    return deviating(as_cases(asked_.happenings), steps, (what, key)) if steps else []


def _follows(asked_: _Asked) -> list[Any]:
    steps = designed(asked_.journey)
    return deviating(as_cases(asked_.happenings), steps, None) if steps else []


_FINDERS: dict[str, Callable[..., list[Any]]] = {
    "entered": _entered,
    "here": _here,
    "reached": _reached,
    "left": _left,
    "in": _in,
    "touchpoint": _touchpoint,
    "kind": _kind,
    "flow": _flow,
    "deviation": _deviation,
    "follows": _follows,
}
_IN_TURN = Step(
    "turns",
    f"SELECT case_id, place, coalesce(lead(place) OVER (PARTITION BY case_id ORDER BY n), {BEFORE}) AS next, "
    f"coalesce(lag(place) OVER (PARTITION BY case_id ORDER BY n), {BEFORE}) AS former FROM entries",
    "Every entry with the stages before and after it.",
)
_ENTERED = Pipeline(
    (Step("entered", "SELECT DISTINCT case_id FROM entries WHERE place = $place", "Who ever entered the stage."),)
)
_HERE = Pipeline(
    (
        _IN_TURN,
        Step(
            "here",
            f"SELECT case_id FROM turns WHERE place = $place AND next = {BEFORE}",
            "Those whose last stage it is.",
        ),
    )
)
_FLOW = Pipeline(
    (
        _IN_TURN,
        Step(
            "went",
            "SELECT DISTINCT case_id FROM turns WHERE (place = $former AND next = $latter) "
            f"OR ($former = {BEFORE} AND former = {BEFORE} AND place = $latter)",
            "Those who went from one stage to the other, or began with it.",
        ),
    )
)
_OWNING = Pipeline(
    (
        Step(
            "owning",
            "SELECT DISTINCT c.case_id FROM cells c "
            "JOIN owned o ON o.place = c.place AND o.kind = c.kind AND o.channel = c.channel",
            "Those with whom that happened.",
        ),
    )
)
