"""The different ways there are: cases that took the same steps in the same order are one variant.

A way is told by a fingerprint, the sum over its events of a 64-bit hash of step and place, and by its length: cases
need not be written out as lists to be counted, and two different ways among ten million meet with a probability
below 1 in 100,000. The ways that are shown are written out, from the first case (by its name) of each.
"""

from vincle.engine.steps import Pipeline, Step

_WAYS = Step(
    "ways",
    "SELECT case_id, sum(CAST(fingerprint(activity, n) AS DECIMAL(38, 0))) AS way, count(*) AS length, "
    "(max(moment) - min(moment)) / 1e6 AS seconds FROM ordered GROUP BY case_id",
    "The fingerprint and the length of the way of each case, and how long it lasted.",
)

WAYS = Pipeline((_WAYS,))

VARIANTS = Pipeline(
    (
        _WAYS,
        Step(
            "variants",
            "SELECT way, count(*) AS cases, length, min(case_id) AS first_case FROM ways GROUP BY way, length "
            "ORDER BY cases DESC, first_case",
            "How many cases took each way, how long it is, and the first case that took it.",
        ),
    )
)

PATHS = Pipeline(
    (
        Step(
            "paths",
            "SELECT case_id, n, activity FROM ordered WHERE case_id IN (SELECT first_case FROM shown) "
            "ORDER BY case_id, n",
            "The steps of the first case of each way that is shown.",
        ),
    )
)
