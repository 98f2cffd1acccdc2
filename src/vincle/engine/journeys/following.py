"""Which cases can be followed from their landmark to the end of the time after, and what came of each."""

from vincle.engine.steps import Pipeline, Step

FOLLOWED = Pipeline(
    (
        Step("ends", "SELECT max(moment) AS log_end FROM ordered", "When the log ends."),
        Step(
            "begun",
            "SELECT case_id, min(moment) AS start, "
            "max(CASE WHEN n = 1 THEN CAST(activity AS VARCHAR) END) AS beginning FROM ordered GROUP BY case_id",
            "When and with what each case began.",
        ),
        Step(
            "holders",
            "SELECT b.case_id, count(CASE WHEN h.moment <= b.start + $first THEN 1 END) AS events_before, "
            "count(CASE WHEN h.moment > b.start + $first AND h.moment <= b.start + $first + $after THEN 1 END) "
            "AS events_after, coalesce(sum(CASE WHEN h.moment > b.start + $first "
            "AND h.moment <= b.start + $first + $after THEN h.value END), 0) AS total "
            "FROM happened h JOIN begun b ON b.case_id = h.case_id GROUP BY b.case_id",
            "Which cases have the outcome: before the landmark, and in the time after it.",
        ),
        Step(
            "followed",
            "SELECT b.case_id, b.start, b.beginning, coalesce(h.events_before, 0) AS events_before, "
            "coalesce(h.events_after, 0) AS events_after, coalesce(h.total, 0) AS total, "
            "CASE WHEN h.case_id IS NULL THEN 0 ELSE 1 END AS with_it, "
            "CASE WHEN b.start + $first + $after <= e.log_end THEN 1 ELSE 0 END AS is_over "
            "FROM begun b CROSS JOIN ends e LEFT JOIN holders h ON h.case_id = b.case_id",
            "Every case, and whether its time after is over.",
        ),
    )
)
_CAN_BE_TOLD = "is_over = 1 AND events_before BETWEEN $least_before AND $most_before AND events_after >= $least_after"
COUNTED = Pipeline(
    (
        Step(
            "counted",
            "SELECT CAST(sum(with_it) AS BIGINT) AS with_it, CAST(sum(is_over) AS BIGINT) AS is_over, "
            "CAST(sum(1 - is_over) AS BIGINT) AS not_over, "
            "count(CASE WHEN is_over = 1 AND events_before > $most_before THEN 1 END) AS had_it, "
            "count(CASE WHEN is_over = 1 AND events_before < $least_before THEN 1 END) AS never_had, "
            "count(CASE WHEN is_over = 1 AND events_after < $least_after THEN 1 END) AS unscored, "
            "count(CASE WHEN is_over = 1 AND events_before + events_after > 0 THEN 1 END) AS reached, "
            f"count(CASE WHEN {_CAN_BE_TOLD} THEN 1 END) AS eligible FROM followed",
            "How many cases have the outcome at all, cannot be followed to the end, or not be told of, or can.",
        ),
    )
)
ELIGIBLE = Pipeline(
    (
        Step(
            "eligible",
            "SELECT case_id, start, beginning, events_after, total, row_number() OVER (ORDER BY case_id) - 1 AS place "
            f"FROM followed WHERE {_CAN_BE_TOLD}",
            "The cases that are followed, numbered.",
        ),
    )
)
IN_TIME = Pipeline(
    (
        Step(
            "in_time",
            "SELECT e.place, o.n, CAST(o.activity AS VARCHAR) AS step, o.moment - e.start AS since, o.wait, "
            "CASE WHEN o.moment + o.wait <= e.start + $first THEN CAST(o.next AS VARCHAR) END AS following "
            "FROM eligible e JOIN ordered o ON o.case_id = e.case_id WHERE o.moment <= e.start + $first",
            "What happened in the first time of each, and what came directly after, in that time too.",
        ),
    )
)
CASES = Pipeline(
    (
        Step("amounts", "SELECT place, count(*) AS events FROM in_time GROUP BY place", "How much happened."),
        Step(
            "cases",
            "SELECT e.start, e.beginning, CAST(e.events_after AS DOUBLE) AS events_after, "
            "CAST(e.total AS DOUBLE) AS total, a.events FROM eligible e JOIN amounts a ON a.place = e.place "
            "ORDER BY e.place",
            "The cases that are followed, in order.",
        ),
    )
)
