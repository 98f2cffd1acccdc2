"""A designed journey: its steps in order, as an organisation wishes them to be."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vincle.kernel.errors import BadInput

_FIELDS = {"name", "activities", "optional", "repeatable", "within_seconds"}


@dataclass(frozen=True, slots=True)
class DesignStep:
    """One step: any of `activities` is it. An `optional` one may be left out, a `repeatable` one may happen several
    times in a row, and `within_seconds` is how long it may take since the step before it.
    """

    name: str
    activities: tuple[str, ...]
    optional: bool = False
    repeatable: bool = False
    within_seconds: float | None = None


def from_json(text: str) -> list[DesignStep]:
    """The steps of `{"steps": [{"name": "Buy", "activities": ["order.placed"]}, ...]}`, checked (see `checked`)."""
    try:
        said = json.loads(text)
    except ValueError as error:
        raise BadInput(f"The design is not JSON: {error}.") from error
    steps = said.get("steps") if isinstance(said, dict) else None
    if not isinstance(steps, list):
        raise BadInput("The design has no list of “steps”.", 'It looks like {"steps": [{"name": "Buy"}]}.')
    return checked([_step(place, each) for place, each in enumerate(steps, 1)])


def checked(steps: Sequence[DesignStep]) -> list[DesignStep]:
    """The same steps. Raises `BadInput` when there is none, or an activity belongs to two of them."""
    if not steps:
        raise BadInput("The design has no steps.")
    whose: dict[str, str] = {}
    for step in steps:
        for activity in step.activities:
            if activity in whose:
                raise BadInput(f"“{activity}” is said to be both “{whose[activity]}” and “{step.name}”.")
            whose[activity] = step.name
    return list(steps)


def _step(place: int, said: Any) -> DesignStep:
    if not isinstance(said, dict) or not isinstance(said.get("name"), str) or not said["name"]:
        raise BadInput(f"Step {place} of the design has no name.")
    if unknown := said.keys() - _FIELDS:
        raise BadInput(f"Step “{said['name']}” says “{min(unknown)}”, which is not known.")
    activities = said.get("activities", [said["name"]])
    if not isinstance(activities, list) or not activities or not all(isinstance(one, str) for one in activities):
        raise BadInput(f"The activities of step “{said['name']}” are not a list of names.")
    within = said.get("within_seconds")
    if within is not None and (isinstance(within, bool) or not isinstance(within, int | float) or within <= 0):
        raise BadInput(f"“within_seconds” of step “{said['name']}” is not a number of seconds above 0.")
    marks = {name: said.get(name, False) for name in ("optional", "repeatable")}
    for name, value in marks.items():
        if not isinstance(value, bool):
            raise BadInput(f"“{name}” of step “{said['name']}” is neither true nor false.")
    return DesignStep(said["name"], tuple(dict.fromkeys(activities)), within_seconds=within, **marks)
