"""The stages that cases entered as an event log in XES, which tools of the field read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vincle.engine.export.xes import write_traces
from vincle.engine.journeys.journey import Journey
from vincle.engine.journeys.logs import PEOPLE
from vincle.engine.journeys.staging import of_stages
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step


def write_stages(log: Log, journey: Journey, path: Path) -> dict[str, int]:
    """A trace for each case that entered any stage, an event for each entry, named by the key of the stage. People go
    by their identifier. Returns how many `events` and `traces` there are; gzipped when `path` ends in .gz.
    """
    names = _names(log) if journey.case == PEOPLE else {}
    staged = of_stages(log, journey)
    return write_traces(path, _rows(staged.runner.run(_ENTRIES).to_pylist(), names))


def _names(log: Log) -> dict[Any, str]:
    return {row["person"]: row["uid"] for row in log.run(_UIDS).to_pylist()}


def _rows(entries: list[dict[str, Any]], names: dict[Any, str]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        case = entry["case_id"]
        yield {**entry, "case_id": names.get(case, str(case))}


_UIDS = Pipeline((Step("uids", "SELECT person, uid FROM people", "What everybody is called by other programs."),))
_ENTRIES = Pipeline(
    (
        Step(
            "entries_out",
            "SELECT case_id, activity AS kind, instant_of(moment) AS occurred_at FROM ordered ORDER BY case_id, n",
            "Every entry in order.",
        ),
    )
)
