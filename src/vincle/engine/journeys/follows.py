"""Which step follows which: the directly-follows relation, where journeys begin and where they end.

All read `ordered` (`ORDERED`, computed once with `Runner.keep`), which reads `steps`: one row an event, with
`case_id`, `activity`, `moment` (microseconds since 1970) and `place` (its number in the file).
"""

from vincle.engine.steps import Pipeline, Step

_IN_ORDER = "(PARTITION BY case_id ORDER BY moment, place)"

ORDERED = Pipeline(
    (
        Step(
            "in_order",
            f"SELECT case_id, activity, moment, row_number() OVER {_IN_ORDER} AS n, "
            f"lead(activity) OVER {_IN_ORDER} AS next, lead(moment) OVER {_IN_ORDER} - moment AS wait FROM steps",
            "Every event with its number in its case, the next event of the case and the microseconds until then.",
        ),
    )
)

EDGES = Pipeline(
    (
        Step(
            "edges",
            "SELECT activity AS source, next AS target, count(*) AS n, quantile_at(wait, 0.5) / 1e6 AS median_seconds, "
            "quantile_at(wait, 0.9) / 1e6 AS p90_seconds, sum(CAST(wait AS DOUBLE)) / count(*) / 1e6 AS mean_seconds "
            "FROM ordered WHERE next IS NOT NULL GROUP BY activity, next ORDER BY n DESC, source, target",
            "How often each step came directly after each other one, and how long after.",
        ),
    )
)

ACTIVITIES = Pipeline(
    (
        Step(
            "activities",
            "SELECT activity, count(*) AS n, count(DISTINCT case_id) AS cases, count(CASE WHEN n = 1 THEN 1 END) "
            "AS begins, count(CASE WHEN next IS NULL THEN 1 END) AS ends FROM ordered "
            "GROUP BY activity ORDER BY n DESC, activity",
            "How often each step happened, in how many cases, how many began with it and ended with it.",
        ),
    )
)
