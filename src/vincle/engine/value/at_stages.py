"""At which stage of a designed journey everybody is now: the last they entered."""

from vincle.engine.journeys.happenings import Happenings
from vincle.engine.journeys.journey import Journey
from vincle.engine.journeys.staging import keep_entries
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step

_LAST = Pipeline(
    (
        Step(
            "in_order",
            "SELECT case_id, place, row_number() OVER (PARTITION BY case_id ORDER BY n DESC) AS back FROM entries",
            "The stages that each entered, the last first.",
        ),
        Step(
            "now_at",
            "SELECT place, case_id FROM in_order WHERE back = 1 ORDER BY place, case_id",
            "The stage that each entered last.",
        ),
    )
)


def stages_now(log: Log, journey: Journey) -> dict[str, list[int]]:
    """The numbers of the people at each stage of a journey of people, by the stage's key, in the order of the journey;
    who entered none is at none.
    """
    happenings = Happenings.of(log, journey.case)
    keep_entries(happenings, journey)
    found: dict[str, list[int]] = {stage.key: [] for stage in journey.stages}
    keys = list(found)
    for row in happenings.runner.run(_LAST).to_pylist():
        found[keys[row["place"]]].append(row["case_id"])
    for kept in ("entries", "happened"):
        happenings.runner.forget(kept)
    return {key: people for key, people in found.items() if people}
