"""Who holds the value: the Lorenz curve, the Gini index, and what share the first few hold.

The interval of the Gini index is by its influence function, without resampling: R. Davidson, Reliable inference for the
Gini index, Journal of Econometrics 150 (2009) 30-40, with the correction n / (n - 1) of the same place.
"""

from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TOPS = (0.01, 0.05, 0.10, 0.20)
POINTS = 50  # of the curve
_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


@dataclass(frozen=True, slots=True)
class Top:
    """What `share` the first `part` of the people hold: `people` of them, each with `least` or more."""

    part: float
    people: int
    share: float
    least: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """Of `people` with anything above nothing; `others` have nothing or less. `gini` with its 95 % interval is None of
    a single person. `curve`: shares of the people, the poorest first, and the share of the value that they hold.
    """

    people: int
    others: int
    total: float
    gini: tuple[float, float, float] | None
    tops: tuple[Top, ...]
    curve: tuple[tuple[float, float], ...]

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def concentration(values: Floats) -> Concentration | None:
    """Who holds the sum of `values`, one a person; None where nobody has anything."""
    held = np.sort(values[values > 0])
    people = len(held)
    if not people:
        return None
    running = np.cumsum(held)
    total = float(running[-1])
    places = np.unique(np.round(np.linspace(0, people, min(people, POINTS) + 1)).astype(int))
    below = np.concatenate([[0.0], running])
    return Concentration(
        people,
        len(values) - people,
        total,
        _gini(held, running) if people > 1 else None,
        tuple(_top(part, held, running) for part in TOPS),
        tuple((float(place / people), float(below[place] / total)) for place in places),
    )


def _top(part: float, held: Floats, running: Floats) -> Top:
    number = max(1, ceil(round(part * len(held), 9)))
    below = float(running[-number - 1]) if number < len(held) else 0.0
    return Top(part, number, 1 - below / float(running[-1]), float(held[-number]))


def _gini(held: Floats, running: Floats) -> tuple[float, float, float]:
    number, mean = len(held), float(held.mean())
    rank = np.arange(1, number + 1)
    at = float(2 * (held * (rank - 0.5)).sum() / (number**2 * mean) - 1)
    moves = -(at + 1) * held + (2 * rank - 1) / number * held - 2 / number * running
    error = float(np.sqrt(np.sum((moves - moves.mean()) ** 2))) / (number * mean)
    corrected = at * number / (number - 1)
    return corrected, max(0.0, corrected - _Z * error), min(1.0, corrected + _Z * error)
