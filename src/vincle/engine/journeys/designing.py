"""A designed journey as a design that funnels and conformance read: its stages as steps, by their keys.

Of a stage without rules nothing can be known, so it is in neither.
"""

from dataclasses import replace

from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.conformance import Conformance, conform
from vincle.engine.journeys.design import DesignStep
from vincle.engine.journeys.journey import Journey, JourneyStage
from vincle.engine.journeys.stages import Funnel, funnel

_DAY = 86_400  # seconds


def designed(journey: Journey) -> list[DesignStep]:
    """The stages that should be entered (`always`) or may be (`maybe`, optional). One that should not is no step of the
    design, so that to enter it is unexpected.
    """
    return [_step(stage) for stage in journey.stages if stage.enters and stage.expected != "never"]


def expected(journey: Journey) -> list[DesignStep]:
    """The stages through which everybody should come: those of the funnel."""
    return [_step(stage) for stage in journey.stages if stage.enters and stage.expected == "always"]


def stage_funnel(staged: Cases, journey: Journey, *, cases: int) -> Funnel:
    """How far cases come through the stages that are expected always, of all `cases`, whether they entered any stage or
    not. `staged` is what `of_stages` gives.
    """
    steps = expected(journey)
    return funnel(replace(staged, cases=cases), steps) if steps else Funnel(cases, [])


def stage_conformance(staged: Cases, journey: Journey) -> Conformance:
    """How far the cases that entered any stage follow the design. Where nothing is designed there is nothing to follow,
    and no case is compared.
    """
    steps = designed(journey)
    return conform(staged, steps) if steps and staged.cases else Conformance(0, 0, [], staged.cases)


def _step(stage: JourneyStage) -> DesignStep:
    return DesignStep(
        stage.key,
        (stage.key,),
        optional=stage.expected == "maybe",
        repeatable=stage.repeatable,
        within_seconds=None if stage.within_days is None else stage.within_days * _DAY,
    )
