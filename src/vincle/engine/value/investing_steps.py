"""What people of two groups paid before and after a day, as named SQL steps.

The steps read `transactions` (customer, day, amount in ten-thousandths or null) and `invested` (customer, treated: who
had the investment, and whom they are compared with). Who paid nothing has no row in what they give: whoever reads them
knows how large the groups are.

Periods all have `period` days and are counted from `start`: 0 begins with it, -1 ends before it, so that none is partly
before and partly after.
"""

from vincle.engine.steps import Pipeline, Step

PAID = Step(
    "paid",
    "SELECT t.customer, i.treated, t.day, CAST(floor(days_between($start, t.day) / $period) AS INTEGER) AS period, "
    "coalesce(t.amount, 0) AS amount FROM transactions t JOIN invested i ON i.customer = t.customer "
    "WHERE t.day >= $since AND t.day <= $until",
    "What the people of both groups paid, and in which period.",
)
EACH = Pipeline(
    (
        PAID,
        Step(
            "each",
            "SELECT treated, CAST(sum(CASE WHEN day < $start THEN amount ELSE 0 END) AS DOUBLE) AS before, "
            "CAST(sum(CASE WHEN day >= $start THEN amount ELSE 0 END) AS DOUBLE) AS after, "
            "sum(CASE WHEN period < 0 AND period >= -$periods "
            "THEN CAST(2 * period + $periods + 1 AS DOUBLE) * amount ELSE 0 END) / 2 AS leaning "
            "FROM paid GROUP BY customer, treated",
            "What each paid before and after; and how it leant in whole periods before: periods from the middle one, "
            "times what was paid in them.",
        ),
    )
)
BY_PERIOD = Pipeline(
    (
        PAID,
        Step(
            "each_period",
            "SELECT customer, treated, period, CAST(sum(amount) AS DOUBLE) AS amount FROM paid "
            "WHERE period >= -$periods AND period < $later GROUP BY customer, treated, period",
            "What each paid in each whole period.",
        ),
        Step(
            "by_period",
            "SELECT treated, period, count(*) AS people, avg(amount) AS mean, var_pop(amount) AS spread "
            "FROM each_period GROUP BY treated, period ORDER BY period, treated",
            "Of each period and group, how many paid, how much on average, and the variance among them.",
        ),
    )
)
