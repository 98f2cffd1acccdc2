"""Moments that matter for the aim of a designed journey: what at the beginning goes with its coming about.

The aim is an interaction, or coming into a stage: then its events are the entries that the journey's rules make (see
`staging`). The rest is as in `mattering`.
"""

from collections.abc import Sequence
from dataclasses import replace

from vincle.engine.journeys.asked import CONFOUNDERS, PAIRS, STAGE, STEP, STEPS, WAITS
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.happenings import Happenings
from vincle.engine.journeys.journey import Aim, Journey
from vincle.engine.journeys.logs import of_log
from vincle.engine.journeys.mattering import Moments, moments
from vincle.engine.journeys.outcomes import Outcome, OutcomeEvents
from vincle.engine.journeys.placing import Combination, place_all
from vincle.engine.journeys.staging import keep_entries
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

ASKED = (STEPS, PAIRS, WAITS)  # of a journey, when nobody says otherwise
_KEPT = ("cells", "placed", "entries", "happened")


def moments_of(
    log: Log | Cases,
    journey: Journey,
    *,
    exposures: Sequence[str] = ASKED,
    adjust: Sequence[str] = CONFOUNDERS,
    attributes: Sequence[str] = (),
) -> Moments:
    """How what the cases of a journey do in its first days goes with its aim, in the days after.

    `exposures`, `adjust` and `attributes` are those of `moments`. `happens_in` says where each step belongs. Raises
    `BadInput` for a journey without an aim, and whatever `moments` raises.
    """
    aim = journey.aim
    if aim is None:
        raise BadInput(f"“{journey.name}” does not say what should come of it.", "Give it an aim, or say an outcome.")
    happens_in, entries = _staged(log, journey, aim)
    found = moments(
        log if isinstance(log, Cases) else of_log(log, case=journey.case),
        outcome=Outcome(STAGE if aim.stage else STEP, aim.stage or aim.kind, aim.again),
        first_days=aim.first_days,
        within_days=aim.within_days,
        adjust=adjust,
        attributes=attributes,
        exposures=exposures,
        events=entries,
    )
    steps = {each.step for each in found.moments if each.step}
    return replace(found, happens_in={step: happens_in[step] for step in sorted(steps)})


def _staged(log: Log | Cases, journey: Journey, aim: Aim) -> tuple[dict[str, str], OutcomeEvents | None]:
    """In which stage each step most often happens, and the entries into the stage that is the aim, if one is."""
    happenings = Happenings.of(log, journey.case)
    keep_entries(happenings, journey)
    happens_in = _most_often(place_all(happenings), journey)
    entries = happenings.runner.run(_ENTERED.bound(stage=aim.stage)) if aim.stage else None
    for name in _KEPT:
        happenings.runner.forget(name)
    return happens_in, OutcomeEvents(entries) if entries is not None else None


def _most_often(combinations: Sequence[Combination], journey: Journey) -> dict[str, str]:
    """Of each kind the key of the stage in which most of it happens, the first of those that are equal; empty: before
    any.
    """
    times: dict[str, dict[int, int]] = {}
    for each in combinations:
        of_kind = times.setdefault(each.kind, {})
        of_kind[each.place] = of_kind.get(each.place, 0) + each.events
    most = {kind: min(places, key=lambda place: (-places[place], place)) for kind, places in times.items()}
    return {kind: journey.stages[place].key if place >= 0 else "" for kind, place in most.items()}


_ENTERED = Pipeline(
    (Step("entered_aim", "SELECT case_id, moment FROM entries WHERE stage = $stage", "Who came into it, and when."),)
)
