"""What happened with each case and what is known of it, for stages to be read from: `happened`.

One row an interaction of a case: `case_id`, `n` (its number in the case), `event` (its number in the log), `kind`,
`channel` (empty where none), `amount` (exact), `currency`, `score`, `moment` (microseconds since 1970) and `wait`
(microseconds until the next one of the case). Of a file of cases only the kind and the moment are known.
"""

from dataclasses import dataclass

from vincle.engine.activity import EXTENT
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.logs import PEOPLE
from vincle.engine.log import Log
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Step

_KNOWN = "e.id AS event, e.kind, coalesce(e.channel, '') AS channel, e.amount, e.currency, e.score"
_IN_ORDER = "(PARTITION BY case_id ORDER BY moment, event)"

NUMBERED = Step(
    "happened_in_order",
    f"SELECT *, row_number() OVER {_IN_ORDER} AS n, lead(moment) OVER {_IN_ORDER} - moment AS wait FROM happening",
    "Each with its number in its case and how long until the next.",
)
WITH_PEOPLE = Pipeline(
    (
        Step(
            "happening",
            f"SELECT e.person AS case_id, {_KNOWN}, micros_of(e.occurred_at) AS moment FROM events e "
            "WHERE e.person IS NOT NULL",
            "What happened with each person.",
        ),
        NUMBERED,
    )
)
WITH_THINGS = Pipeline(
    (
        Step(
            "about",
            "SELECT DISTINCT concat_ws('/', source, key) AS case_id, event FROM objects WHERE type = $type",
            "Which interaction was about which thing of the type.",
        ),
        Step(
            "happening",
            f"SELECT a.case_id, {_KNOWN}, micros_of(e.occurred_at) AS moment FROM events e "
            "JOIN about a ON a.event = e.id",
            "What happened about each thing.",
        ),
        NUMBERED,
    )
)
_IN_FILE = Pipeline(
    (
        Step(
            "happened_in_order",
            "SELECT case_id, n, n AS event, CAST(activity AS VARCHAR) AS kind, '' AS channel, "
            "CAST(NULL AS DECIMAL(19, 4)) AS amount, CAST(NULL AS VARCHAR) AS currency, CAST(NULL AS DOUBLE) AS score, "
            "moment, wait FROM ordered",
            "The steps of the cases of a file.",
        ),
    )
)
_COUNTED = Pipeline(
    (
        Step(
            "counted",
            "SELECT count(*) AS events, count(DISTINCT case_id) AS cases, max(moment) AS last FROM happened",
            "How much there is.",
        ),
    )
)
_LOG_END = EXTENT.then(
    Step("log_end", "SELECT micros_of(as_of) AS moment FROM extent", "Until when the log speaks."),
)


@dataclass(frozen=True, slots=True)
class Happenings:
    """That `runner` reads as `happened`: of how many cases, how much, and until when (microseconds since 1970) the log
    speaks. `detailed`: more is known than kinds and moments.
    """

    runner: DuckDBRunner
    cases: int
    events: int
    end: int
    detailed: bool

    @classmethod
    def of(cls, log: Log | Cases, case: str = PEOPLE) -> "Happenings":
        """Everything in a log, or in a file of cases; of a log, `case` is "person" or a type of thing."""
        runner = log.runner
        if isinstance(log, Cases):
            runner.keep("happened", _IN_FILE)
        else:
            runner.keep("happened", WITH_PEOPLE if case == PEOPLE else WITH_THINGS.bound(type=case))
        (counted,) = runner.run(_COUNTED).to_pylist()
        end = counted["last"] if isinstance(log, Cases) else runner.run(_LOG_END).to_pylist()[0]["moment"]
        return cls(runner, counted["cases"], counted["events"], end or 0, not isinstance(log, Cases))

    def forget(self) -> None:
        """Drop them."""
        self.runner.forget("happened")
