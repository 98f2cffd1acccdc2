"""From transactions to recency, frequency, tenure and money, as named SQL steps.

The rules, which are those of the papers where these have one:

- All transactions of somebody on one day are one. The first day is when they became a customer and counts as no return.
- What was given back is netted. A day on which more is given back than paid is no transaction; its sum is taken off the
  last purchase before it, and a purchase of which nothing is left is none. What is given back before any purchase, or
  beyond the last, is left out.
- A day on which all was for nothing is a transaction without money.
- Who had a thousand rows or more on one day, and a hundred times as many as people usually have on their busiest day,
  is a test or a till: flagged and left out.

The steps read `transactions` (customer, day, amount in ten-thousandths or null).
"""

from vincle.engine.steps import Pipeline, Step

ABSURD, TIMES = 1_000, 100
UNITS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}  # in days

DAYS = Pipeline(
    (
        Step(
            "days",
            "SELECT customer, day, sum(amount) AS amount, min(amount) < 0 AS given_back, count(*) AS entries "
            "FROM transactions WHERE day <= $until GROUP BY customer, day",
            "What each paid on each day, less what they were given back.",
        ),
    )
)
FLAGGED = Pipeline(
    (
        Step(
            "busiest",
            "SELECT customer, max(entries) AS entries FROM person_days GROUP BY customer",
            "The most rows that each had on one day.",
        ),
        Step(
            "usual",
            "SELECT quantile_at(entries, 0.5) AS entries FROM busiest",
            "How many that are, usually.",
        ),
        Step(
            "flagged",
            "SELECT b.customer, b.entries FROM busiest b CROSS JOIN usual u "
            f"WHERE b.entries >= {ABSURD} AND b.entries >= {TIMES} * u.entries ORDER BY b.entries DESC, b.customer",
            "Whose busiest day is no person's.",
        ),
    )
)
# Where nothing was given back, which is told beforehand, all days are purchases.
PLAIN = (
    Step(
        "purchases",
        "SELECT customer, day, amount FROM person_days WHERE day > $after AND day <= $until",
        "Each day on which somebody bought, with what they paid.",
    ),
)
NETTED = (
    Step(
        "chosen",
        "SELECT customer, day, amount, amount < 0 OR (amount = 0 AND given_back) AS is_return "
        "FROM person_days WHERE day > $after AND day <= $until",
        "The days, and on which of them no less was given back than paid.",
    ),
    Step(
        "numbered",
        "SELECT customer, day, amount, is_return, sum(CASE WHEN is_return THEN 0 ELSE 1 END) "
        "OVER (PARTITION BY customer ORDER BY day) AS purchase FROM chosen",
        "Each day with the number of the last purchase until then.",
    ),
    Step(
        "purchases",
        "SELECT customer, min(day) AS day, sum(amount) AS amount FROM numbered WHERE purchase > 0 "
        "GROUP BY customer, purchase HAVING sum(amount) > 0 OR max(CASE WHEN is_return THEN 1 ELSE 0 END) = 0",
        "Each purchase with what is left of it after what was given back.",
    ),
)
RFM = (
    Step(
        "people",
        "SELECT customer, count(*) AS times, min(day) AS first, max(day) AS last, sum(amount) AS money, "
        "first_by(amount, day) AS first_amount FROM purchases GROUP BY customer",
        "Of each person the purchases, the first and the last of them, and the money.",
    ),
    Step(
        "rfm",
        "SELECT customer, times - 1 AS frequency, days_between(first, last) AS recency, "
        "days_between(first, $until) AS tenure, money, "
        "CASE WHEN times > 1 THEN CAST(money - first_amount AS DOUBLE) / 10000 / (times - 1) END AS mean FROM people",
        "Recency and tenure in days, and what was spent on average when they came again.",
    ),
)
LATER = (
    Step(
        "later",
        "SELECT customer, count(*) AS times, CAST(sum(amount) AS DOUBLE) / 10000 AS money "
        "FROM purchases GROUP BY customer",
        "How often each came, and the money.",
    ),
)
LAST_PERIOD = (
    Step(
        "begun",
        "SELECT customer, min(day) AS first FROM purchases GROUP BY customer",
        "When each became a customer.",
    ),
    Step(
        "last_period",
        "SELECT p.customer, count(*) AS times FROM purchases p JOIN begun b ON b.customer = p.customer "
        "WHERE p.day > b.first AND p.day > $since GROUP BY p.customer",
        "How often each came again since a day.",
    ),
)
GAPS = (
    Step(
        "gaps",
        "SELECT days_between(lag(day) OVER (PARTITION BY customer ORDER BY day), day) AS days FROM purchases",
        "How long people stayed away between two purchases.",
    ),
    Step("limit_", "SELECT quantile_at(days, 0.95) AS days FROM gaps", "What 95 of 100 of these stay below."),
)

_PERIOD = {
    "day": "days_between(CAST('1970-01-01' AS DATE), {})",
    "week": "CAST(floor(days_between(CAST('1970-01-05' AS DATE), {}) / 7.0) AS BIGINT)",
    "month": "extract(year FROM {0}) * 12 + extract(month FROM {0})",
    "year": "extract(year FROM {})",
}


def periods(unit: str) -> tuple[Step, ...]:
    """`active`: the periods of a calendar in which each bought, counted from the one in which they began; and how many
    have gone by whole since then. Weeks begin on Monday.
    """
    of = _PERIOD[unit].format
    # The period of the day after the last is the first that is not over.
    return (
        Step(
            "in_periods",
            f"SELECT DISTINCT customer, {of('day')} AS period, {of('add_days($until, 1)')} AS open FROM purchases",
            "In which periods of the calendar each bought.",
        ),
        Step(
            "started",
            "SELECT customer, min(period) AS first FROM in_periods GROUP BY customer",
            "The period in which each began.",
        ),
        Step(
            "active",
            "SELECT p.customer, p.period - s.first AS age, p.open - s.first - 1 AS chances FROM in_periods p "
            "JOIN started s ON s.customer = p.customer WHERE p.period < p.open",
            "The same from there on.",
        ),
    )


OPPORTUNITIES = (
    Step(
        "opportunities",
        "SELECT customer, count(*) - 1 AS frequency, max(age) AS recency, max(chances) AS tenure FROM active "
        "GROUP BY customer",
        "How many periods after the first each bought in, the last of them, and how many there were.",
    ),
)
CONTRACTS = (
    Step(
        "ordered_ages",
        "SELECT customer, age, chances, row_number() OVER (PARTITION BY customer ORDER BY age) - 1 AS place "
        "FROM active",
        "The periods of each in order.",
    ),
    Step(
        "unbroken",
        "SELECT customer, max(chances) AS chances, sum(CASE WHEN age = place THEN 1 ELSE 0 END) AS periods "
        "FROM ordered_ages GROUP BY customer",
        "For how many periods each paid without a break. Who comes back after one has made a new contract.",
    ),
    Step(
        "contracts",
        "SELECT customer, least(chances, periods) AS chances, periods <= chances AS lost FROM unbroken",
        "How often each could renew, and whether they did not.",
    ),
)
