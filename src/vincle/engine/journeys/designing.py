"""A designed journey as a design that funnels and conformance read: its stages as steps, by their keys.

Of a stage without rules nothing can be known, so it is in neither.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.conformance import Conformance, conform
from vincle.engine.journeys.design import DesignStep
from vincle.engine.journeys.happenings import Happenings
from vincle.engine.journeys.journey import Journey, JourneyStage
from vincle.engine.journeys.stages import Funnel, funnel
from vincle.engine.journeys.staging import as_cases, keep_entries
from vincle.engine.log import Log
from vincle.kernel.errors import BadInput

_DAY = 86_400  # seconds

Found = TypeVar("Found")


def designed(journey: Journey) -> list[DesignStep]:
    """The stages that should be entered (`always`) or may be (`maybe`, optional). One that should not is no step of the
    design, so that to enter it is unexpected.
    """
    return [_step(stage) for stage in journey.stages if stage.enters and stage.expected != "never"]


def expected(journey: Journey) -> list[DesignStep]:
    """The stages through which everybody should come: those of the funnel."""
    return [_step(stage) for stage in journey.stages if stage.enters and stage.expected == "always"]


def funnel_of(log: Log | Cases, journey: Journey) -> Funnel:
    """How far cases come through the stages that are expected always, of all cases, whether they entered any or not."""
    return _with_stages(log, journey, lambda staged, cases: stage_funnel(staged, journey, cases=cases))


def conformance_of(log: Log | Cases, journey: Journey) -> Conformance:
    """How far the cases that entered any stage follow the design. Where nothing is designed there is nothing to follow,
    and no case is compared.
    """
    return _with_stages(log, journey, lambda staged, _cases: stage_conformance(staged, journey))


def stage_funnel(staged: Cases, journey: Journey, *, cases: int) -> Funnel:
    """`funnel_of` from stages that are read already (`as_cases`), of so many cases."""
    steps = expected(journey)
    return funnel(replace(staged, cases=cases), steps) if steps else Funnel(cases, [])


def stage_conformance(staged: Cases, journey: Journey) -> Conformance:
    """`conformance_of` from stages that are read already."""
    steps = designed(journey)
    return conform(staged, steps) if steps and staged.cases else Conformance(0, 0, [], staged.cases)


def _with_stages(log: Log | Cases, journey: Journey, ask: Callable[[Cases, int], Found]) -> Found:
    happenings = Happenings.of(log, journey.case)
    if not happenings.cases:
        raise BadInput("Nothing has happened yet that a journey could be read from.")
    keep_entries(happenings, journey)
    staged = as_cases(happenings)
    for name in ("entries", "happened"):
        happenings.runner.forget(name)
    return ask(staged, happenings.cases)


def _step(stage: JourneyStage) -> DesignStep:
    return DesignStep(
        stage.key,
        (stage.key,),
        optional=stage.expected == "maybe",
        repeatable=stage.repeatable,
        within_seconds=None if stage.within_days is None else stage.within_days * _DAY,
    )
