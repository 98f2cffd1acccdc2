"""Stages as they were entered: what the rules of a designed journey make of what happened.

    with ve.open(home) as log:
        discover(of_stages(log, journey)).edges     # which stage follows which

What the rules mean is told in docs/journeys.md, word by word.
"""

from collections.abc import Sequence

from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.follows import ORDERED
from vincle.engine.journeys.happenings import Happenings
from vincle.engine.journeys.journey import Journey, JourneyStage, Rule, in_order
from vincle.engine.journeys.rules import met
from vincle.engine.log import Log
from vincle.engine.runners import Runner
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput


def of_stages(log: Log | Cases, journey: Journey) -> Cases:
    """The stages of a journey as events of the cases that entered any, in order: stages entered at one moment stand as
    in the document. Steps are the keys of the stages. It has a runner of its own, so the log stays as it was.

    Raises `BadInput` when nobody entered any, or when a file of cases is asked for what it does not hold.
    """
    happenings = Happenings.of(log, journey.case)
    keep_entries(happenings, journey)
    staged = as_cases(happenings)
    for name in ("entries", "happened"):
        happenings.runner.forget(name)
    if not staged.events:
        raise BadInput(f"Nothing has happened that a stage of “{journey.name}” is entered by.")
    return staged


def keep_entries(happenings: Happenings, journey: Journey) -> None:
    """Let steps read `entries`: of every entry `case_id`, `stage` (key), `place` (in the document, from 0), `moment`,
    and its number `n` in the case.
    """
    if not happenings.detailed:
        _only_kinds(journey)
    stage_entries(happenings.runner, journey, end=happenings.end)


def as_cases(happenings: Happenings) -> Cases:
    """The entries kept, as cases on a runner of their own."""
    entries = happenings.runner.run(_AS_STEPS)
    beside = happenings.runner.beside()
    beside.given("steps", entries)
    beside.keep("ordered", ORDERED)
    beside.forget("steps")
    return Cases(beside, len(entries["case_id"].unique()), entries.num_rows)


def stage_entries(runner: Runner, journey: Journey, *, end: int) -> None:
    """Keep `entries`, read from `happened`; the log speaks until `end`. On every engine."""
    places = {stage.key: place for place, stage in enumerate(journey.stages)}
    kept: dict[str, str] = {}
    for stage in in_order(journey):
        if stage.enters:
            name = f"entries_{places[stage.key]}"
            runner.keep(name, _stage(stage, places, kept, end))
            kept[stage.key] = name
    runner.keep("entries", _all(journey, kept))
    for name in kept.values():
        runner.forget(name)


def _stage(stage: JourneyStage, places: dict[str, int], kept: dict[str, str], end: int) -> Pipeline:
    """The entries into one stage: of each opportunity the first time that any of its rules is met."""
    rules = [(rule, _waits_for(rule, places, kept)) for rule in stage.enters]
    found = Pipeline(())
    alive = []
    for place, (rule, waits_for) in enumerate(rules):
        if waits_for or not rule.after:
            pipeline = met(rule, place, end=end, waits_for=waits_for)
            found = found.then(*pipeline.steps, **pipeline.parameters)
            alive.append(place)
    if not alive:
        return _NOBODY
    return found.then(*_firsts(alive))


def _waits_for(rule: Rule, places: dict[str, int], kept: dict[str, str]) -> dict[int, str]:
    return {places[key]: kept[key] for key in dict.fromkeys(rule.after) if key in kept}


def _firsts(rules: Sequence[int]) -> Sequence[Step]:
    return (
        Step("met_by_any", " UNION ALL ".join(f"SELECT * FROM met_{place}" for place in rules), "By any of the rules."),
        Step(
            "by_opportunity",
            "SELECT case_id, moment, n, row_number() OVER (PARTITION BY case_id, since_stage, since_moment, since_n "
            "ORDER BY moment, n) AS choice FROM met_by_any",
            "At each opportunity, the first to be met first.",
        ),
        Step(
            "entered",
            "SELECT DISTINCT case_id, moment, n FROM by_opportunity WHERE choice = 1",
            "The entries; two opportunities that end at one moment make one.",
        ),
    )


def _all(journey: Journey, kept: dict[str, str]) -> Pipeline:
    of_each = [
        f"SELECT case_id, $stage_{place} AS stage, {place} AS place, moment FROM {kept[stage.key]}"
        for place, stage in enumerate(journey.stages)
        if stage.key in kept
    ]
    keys = {f"stage_{place}": stage.key for place, stage in enumerate(journey.stages)}
    if not of_each:
        of_each = ["SELECT case_id, kind AS stage, 0 AS place, moment FROM happened WHERE false"]
    return Pipeline(
        (
            Step("of_each", " UNION ALL ".join(of_each), "The entries into every stage."),
            Step(
                "in_turn",
                "SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY moment, place) AS n FROM of_each",
                "In order of time; at one moment as in the document.",
            ),
        ),
        {**keys},
    )


_NOBODY = Pipeline(
    (
        Step(
            "entered",
            "SELECT case_id, moment, n FROM happened WHERE false",
            "Nobody is known to enter a stage whose rules all wait for stages that nobody is known to enter.",
        ),
    )
)
_AS_STEPS = Pipeline(
    (
        Step(
            "steps",
            "SELECT case_id, stage AS activity, moment, place FROM entries",
            "Every entry into a stage as an event of its case.",
        ),
    )
)


def _only_kinds(journey: Journey) -> None:
    """A file of cases holds kinds and moments only. Raises `BadInput` for rules that ask for more."""
    for stage in journey.stages:
        for rule in stage.enters:
            asked = {"the channel": rule.channel, "what it is about": rule.about, "properties": rule.where}
            if missing := [what for what, said in asked.items() if said]:
                raise BadInput(
                    f"A rule of “{stage.name}” asks for {' and '.join(missing)}, which a file of cases does not hold.",
                    "Bring the file into a home, and read the journey there.",
                )
