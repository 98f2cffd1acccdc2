"""Who is no person: tills and tests, taken out of the transactions before anything is made of them.

By the rule of `summaries`: a thousand rows or more on one day, and a hundred times as many as people usually have on
their busiest day.
"""

from dataclasses import replace
from typing import Any

from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.summaries import ABSURD, DAYS, FLAGGED
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

MOST = Pipeline(
    (
        Step(
            "entries",
            "SELECT customer, day, count(*) AS entries FROM transactions GROUP BY customer, day",
            "How many rows each had on each day.",
        ),
        Step("most", "SELECT max(entries) AS entries FROM entries", "The busiest day of all."),
    )
)
_OTHERS = Pipeline(
    (
        Step(
            "others",
            "SELECT t.customer, t.day, t.amount FROM transactions t LEFT JOIN tills f ON f.customer = t.customer "
            "WHERE f.customer IS NULL",
            "The transactions of all others.",
        ),
    )
)
_SPAN = Pipeline(
    (
        Step(
            "span",
            "SELECT min(day) AS first, max(day) AS last, min(amount) < 0 AS given_back FROM transactions",
            "From when to when, and whether anything was given back.",
        ),
    )
)


def without_tills(log: Transactions) -> tuple[Transactions, tuple[tuple[Any, int], ...]]:
    """The transactions without those of tills, and who these are, with the rows of their busiest day, the worst first.

    `log` itself reads the transactions without them from then on. Raises `BadInput` where nobody else is left.
    """
    runner = log.runner
    (row,) = runner.run(MOST).to_pylist()
    if (row["entries"] or 0) < ABSURD:
        return log, ()
    runner.keep("person_days", DAYS.bound(until=log.last))
    runner.keep("tills", FLAGGED)
    tills = runner.run(Pipeline((Step("tills_found", "SELECT * FROM tills", "Who is left out."),))).to_pylist()
    runner.forget("person_days")
    if tills:
        # What is kept under a name cannot be made of itself.
        runner.keep("transactions_of_others", _OTHERS)
        again = Step("again", "SELECT * FROM transactions_of_others", "The transactions of all others.")
        runner.keep("transactions", Pipeline((again,)))
        runner.forget("transactions_of_others")
    runner.forget("tills")
    (span,) = runner.run(_SPAN).to_pylist()
    if span["first"] is None:
        raise BadInput("All there is are tills or tests: nobody has a thousand rows on one day.")
    less = replace(log, first=span["first"], last=span["last"], returns=bool(span["given_back"]))
    return less, tuple((each["customer"], int(each["entries"])) for each in tills)
