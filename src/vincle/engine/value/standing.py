"""How somebody stands among all: the quantiles of everybody, few enough to be kept, and what they say of one person."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SETTLED_DAYS = 90  # whoever is known for less has no pace yet that could be compared
_POINTS = 101
_SCALE = 10_000
_YEAR = 365.25


def standing(people: pa.Table) -> dict[str, Any]:
    """Of people as `valuing.Valued` has them, ready for JSON: for each of `worth` (what they are expected to bring),
    `spend` (at a time; both in units of the currency) and `pace` (how often they come again a year, of whom is known
    for `SETTLED_DAYS`) how many `people` it is known of and its `quantiles`, from the least to the most in hundredths.
    """
    tenure, frequency = _column(people, "tenure"), _column(people, "frequency")
    settled = tenure >= SETTLED_DAYS
    figures = {
        "worth": _column(people, "worth") / _SCALE,
        "spend": _column(people, "spend") / _SCALE,
        "pace": pace(frequency[settled], tenure[settled]),
    }
    return {name: _told(values[np.isfinite(values)]) for name, values in figures.items()}


def pace(frequency: Any, tenure: Any) -> Any:
    """How often somebody comes again a year."""
    return frequency / tenure * _YEAR


def hundredths_below(quantiles: Sequence[float], value: float) -> int:
    """How many of a hundred people are below a value, never more than there are; the quantiles are such that at least
    k of a hundred are not above the k-th.
    """
    return max(0, min(bisect_left(quantiles, value) - 1, 99))


def hundredths_above(quantiles: Sequence[float], value: float) -> int:
    """The same of those above it."""
    return hundredths_below([-each for each in reversed(quantiles)], -value)


def _told(values: Floats) -> dict[str, Any] | None:
    if not len(values):
        return None
    at = np.linspace(0, 1, _POINTS)
    return {"people": len(values), "quantiles": np.quantile(values, at, method="inverted_cdf").tolist()}


def _column(people: pa.Table, name: str) -> Floats:
    return np.asarray(people.column(name).combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False))
