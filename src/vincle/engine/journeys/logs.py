"""The log of a home as cases: everybody's interactions, or those about each thing of a type."""

from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.follows import ORDERED
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

PEOPLE = "person"

OF_PEOPLE = Pipeline(
    (
        Step(
            "steps",
            "SELECT person AS case_id, kind AS activity, micros_of(occurred_at) AS moment, id AS place FROM events "
            "WHERE person IS NOT NULL",
            "What happened with each person.",
        ),
    )
)
OF_THINGS = Pipeline(
    (
        Step(
            "steps",
            "SELECT DISTINCT concat_ws('/', o.source, o.key) AS case_id, e.kind AS activity, "
            "micros_of(e.occurred_at) AS moment, e.id AS place "
            "FROM events e JOIN objects o ON o.event = e.id WHERE o.type = $type",
            "What happened about each thing of the type.",
        ),
    )
)
_FACTS = (
    "e.kind AS activity, micros_of(e.occurred_at) AS moment, e.amount, e.currency, e.score, e.staff, e.channel, "
    "e.place AS venue"
)
FACTS_OF_PEOPLE = Pipeline(
    (
        Step(
            "facts",
            f"SELECT e.person AS case_id, {_FACTS} FROM events e WHERE e.person IS NOT NULL",
            "What else is known of each event.",
        ),
    )
)
FACTS_OF_THINGS = Pipeline(
    (
        Step(
            "about",
            "SELECT DISTINCT concat_ws('/', source, key) AS case_id, event FROM objects WHERE type = $type",
            "Which interactions are about which thing.",
        ),
        Step(
            "facts",
            f"SELECT a.case_id, {_FACTS} FROM about a JOIN events e ON e.id = a.event",
            "What else is known of each event.",
        ),
    )
)
ATTRIBUTES_OF_PEOPLE = Pipeline(
    (
        Step(
            "attributes",
            "SELECT person AS case_id, unnest(map_keys(attributes)) AS name, unnest(map_values(attributes)) AS value "
            "FROM people",
            "What is said of each person, as it stands now.",
        ),
    )
)


def of_log(log: Log, *, case: str = PEOPLE) -> Cases:
    """The interactions of a log as events of cases, in order; steps are kinds of interaction.

    `case` is "person", or a type of thing ("order", "course"): then a case is a thing of that type with its source.
    Raises `BadInput` when nothing happened with any.
    """
    steps = OF_PEOPLE if case == PEOPLE else OF_THINGS.bound(type=case)
    log.runner.keep("ordered", steps.then(*ORDERED.steps))
    ((events, cases),) = log.sql("SELECT count(*), count(DISTINCT case_id) FROM ordered").fetchall()
    if not events:
        known = [str(type_) for (type_,) in log.sql("SELECT DISTINCT type FROM objects ORDER BY 1 LIMIT 20").fetchall()]
        raise BadInput(
            "Nothing has happened yet." if case == PEOPLE else f"Nothing has happened about any “{case}”.",
            f"There are things of these types: {', '.join(known)}." if known else "",
        )
    if case == PEOPLE:
        return Cases(log.runner, cases, events, facts=FACTS_OF_PEOPLE, attributes=ATTRIBUTES_OF_PEOPLE)
    return Cases(log.runner, cases, events, facts=FACTS_OF_THINGS.bound(type=case))
