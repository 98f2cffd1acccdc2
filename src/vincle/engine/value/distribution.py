"""How many people are worth how much: a histogram whose classes grow by about half, with round ends."""

from dataclasses import asdict, dataclass
from math import floor, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)  # in each power of ten
_TAIL = 0.03  # of the people may lie below the first end, so that a few tiny values make no long empty tail


@dataclass(frozen=True, slots=True)
class Distribution:
    """`ends` of the classes, one more than `people`, who are in each: from its first end to below its second. Of the
    first class all who have less are part, `nothing` have nothing; `quartiles` of those who have anything.
    """

    ends: tuple[float, ...]
    people: tuple[int, ...]
    nothing: int
    quartiles: tuple[float, float, float]

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def distribution(values: Floats) -> Distribution | None:
    """The histogram of what each person is worth; None where nobody is worth anything."""
    held = values[values > 0]
    if not len(held):
        return None
    low, *quartiles = (float(at) for at in np.quantile(held, [_TAIL, 0.25, 0.5, 0.75]))
    ends = _ends(low, float(held.max()))
    people, _ = np.histogram(np.maximum(held, ends[0]), bins=ends)
    nothing = len(values) - len(held)
    return Distribution(tuple(ends), tuple(people.tolist()), nothing, (quartiles[0], quartiles[1], quartiles[2]))


def _ends(low: float, high: float) -> list[float]:
    powers = range(floor(log10(low)), floor(log10(high)) + 2)
    ends = [float(f"{step * 10.0**power:.6g}") for power in powers for step in _ROUND]
    first = max(place for place, end in enumerate(ends) if end <= low)
    last = min(place for place, end in enumerate(ends) if end > high)
    return ends[first : last + 1]
