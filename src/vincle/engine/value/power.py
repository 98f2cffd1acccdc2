"""How many people it takes to tell a difference from none.

J. M. Lachin, Controlled Clinical Trials 2 (1981) 93-113: a difference is found in 8 of 10 trials, at a level of 5 % on
both sides, where it is z(0.975) + z(0.80) = 2.80 standard errors. These become smaller with the square root of the
number of people, so with an error of `error` now, it takes (2.80 error / difference) squared times as many.
"""

from math import ceil

_FOUND = 1.959963984540054 + 0.8416212335729143  # the quantiles at 0.975 and 0.80 of the normal distribution
_SENSIBLE = 100  # times as many people as there are


def still_needed(difference: float, error: float, people: tuple[int, int]) -> tuple[int, int] | None:
    """How many more of both groups, which stay in proportion, for a power of 80 % to tell `difference` from 0.

    None where there is no spread to tell it from, or it would take more than a hundred times as many people.
    """
    if not error or abs(difference) * _SENSIBLE**0.5 < _FOUND * error:
        return None
    times = (_FOUND * error / difference) ** 2
    more = (max(0, ceil(times * of) - of) for of in people)
    return next(more), next(more)
