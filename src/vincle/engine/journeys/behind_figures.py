"""Who is behind a figure: the people, or the cases, that it counts.

A figure is named by words with colons between them (`figure("touchpoint", "first", "till")` makes the name). Of a
journey's `chart`:

    entered:KEY  here:KEY     entered the stage; it is their last
    reached:KEY  left:KEY     came that far in the funnel; and not to its next stage
    in:STAGE                  with whom anything happened in it (nothing for STAGE: before any)
    touchpoint:STAGE:KEY  kind:STAGE:KIND:CHANNEL
    flow:FROM:TO              went from one to the other (nothing for FROM: began with it, for TO: it is their last)
    deviation:WHAT:KEY  follows

Of what happens, with a journey or without:

    step:KIND  begins:KIND  ends:KIND  again:KIND (more than once)  edge:KIND:KIND  way:N (1: the most usual)
    cohort:YYYY-MM-DD:K (the month in which they began, K later)
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from vincle.engine.journeys import behind_reading, behind_stages
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.figures import words_of
from vincle.engine.journeys.journey import Journey
from vincle.engine.journeys.logs import PEOPLE, of_log
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput


def behind(log: Log, journey: Journey | None, figure: str, *, case: str = PEOPLE, zone: str = "UTC") -> pa.Array:
    """The numbers of the people whom a figure counts, ascending. Where the cases are things, the people with whom
    something happened about one of those things: perhaps fewer or more than things.

    Without a journey `case` says what is counted; months are those of a clock in `zone`. Raises `BadInput` for what is
    no such figure.
    """
    case = journey.case if journey else case
    found = cases_behind(log, journey, figure, case=case, zone=zone)
    if case == PEOPLE:
        return pa.array(sorted(found), pa.int64())
    return _with_whom(log, case, found)


def cases_behind(
    log: Log | Cases, journey: Journey | None, figure: str, *, case: str = PEOPLE, zone: str = "UTC"
) -> list[Any]:
    """The same as cases: numbers of people, things, or what a file calls its cases."""
    what = words_of(figure)[0]
    if journey is not None and what in behind_stages.FIGURES:
        return behind_stages.in_journey(log, journey, figure)
    if what not in behind_reading.FIGURES:
        known = [*behind_reading.FIGURES, *(behind_stages.FIGURES if journey else ())]
        raise BadInput(f"“{figure}” is no figure that people are behind.", f"There are {', '.join(known)}.")
    cases = log if isinstance(log, Cases) else of_log(log, case=journey.case if journey else case)
    return behind_reading.in_reading(cases, figure, zone=zone)


def _with_whom(log: Log, case: str, things: Sequence[str]) -> pa.Array:
    log.runner.given("chosen_things", pa.table({"case_id": pa.array(things, pa.string())}))
    people = log.run(_WITH_WHOM, type=case)["person"].combine_chunks()
    log.runner.forget("chosen_things")
    return people


_WITH_WHOM = Pipeline(
    (
        Step(
            "with_whom",
            "SELECT DISTINCT e.person FROM objects o "
            "JOIN chosen_things c ON c.case_id = concat_ws('/', o.source, o.key) "
            "JOIN events e ON e.id = o.event WHERE o.type = $type AND e.person IS NOT NULL ORDER BY e.person",
            "The people with whom something happened about the things.",
        ),
    )
)
