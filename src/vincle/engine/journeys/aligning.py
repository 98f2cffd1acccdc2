"""One way against a design: which events are its steps, and what deviates, as few deviations as possible.

The cheapest edit from the design to the way (R. Wagner and M. Fischer, JACM 21 (1974) 168-173): a step left out costs
one unless it is optional, an event that is no step in its place costs one. Of equally cheap readings the one that
matches earliest is taken, always the same. Then a deviation gets its name: a step left out whose event stands
elsewhere is *out of order*; an event whose step is matched already is *repeated*; one of no step is *unexpected*.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from vincle.engine.journeys.design import DesignStep

SKIPPED, REPEATED, OUT_OF_ORDER, UNEXPECTED, TOO_SLOW = "skipped", "repeated", "out of order", "unexpected", "too slow"

Deviation = tuple[str, str]  # what, and the step's name or the activity


@dataclass(frozen=True, slots=True)
class Alignment:
    """`matched`: of each step that happened, its place in the design and the numbers (from 1) of its first and last
    event; `deviations`: each once, however often it happened on the way.
    """

    matched: list[tuple[int, int, int]] = field(default_factory=list)
    deviations: frozenset[Deviation] = frozenset()


def align(path: Sequence[str], design: Sequence[DesignStep]) -> Alignment:
    """Read a way against a design. Takes time and memory in proportion to the length of both multiplied."""
    place_of = {activity: place for place, step in enumerate(design) for activity in step.activities}
    places = [place_of.get(activity) for activity in path]
    cost = _costs(places, design)
    matched: list[tuple[int, int, int]] = []
    skipped: set[int] = set()
    extra: list[int] = []
    event, step = 0, 0
    while event < len(places) or step < len(design):
        here = cost[event][step]
        if event < len(places) and step < len(design) and places[event] == step and cost[event + 1][step + 1] == here:
            first = event + 1
            while design[step].repeatable and event + 1 < len(places) and places[event + 1] == step:
                event += 1
            matched.append((step, first, event + 1))
            event, step = event + 1, step + 1
        elif step < len(design) and cost[event][step + 1] + (not design[step].optional) == here:
            if not design[step].optional:
                skipped.add(step)
            step += 1
        else:
            extra.append(event)
            event += 1
    missed = {design[each].name for each in skipped}
    there = {step for step, _first, _last in matched}
    strays = [_stray(path[each], places[each], design, there) for each in extra]
    moved = {name for what, name in strays if what == OUT_OF_ORDER}
    return Alignment(matched, frozenset(strays) | {(SKIPPED, name) for name in missed - moved})


def _costs(places: Sequence[int | None], design: Sequence[DesignStep]) -> list[list[int]]:
    """The fewest deviations of the rest of the way from the rest of the design, for every pair of rests."""
    events, steps = len(places), len(design)
    cost = [[0] * (steps + 1) for _ in range(events + 1)]
    for event in range(events, -1, -1):
        for step in range(steps, -1, -1):
            found = [0] if event == events and step == steps else []
            if step < steps:
                found.append(cost[event][step + 1] + (not design[step].optional))
            if event < events:
                found.append(cost[event + 1][step] + (not _goes_on(places, event, step, design)))
                if step < steps and places[event] == step:
                    found.append(cost[event + 1][step + 1])
            cost[event][step] = min(found)
    return cost


def _goes_on(places: Sequence[int | None], event: int, step: int, design: Sequence[DesignStep]) -> bool:
    """Whether an event is the step before once more, in a row, where that may repeat."""
    before = step - 1
    return before >= 0 and design[before].repeatable and event > 0 and places[event] == places[event - 1] == before


def _stray(activity: str, place: int | None, design: Sequence[DesignStep], matched: set[int]) -> Deviation:
    if place is None:
        return UNEXPECTED, activity
    return REPEATED if place in matched else OUT_OF_ORDER, design[place].name
