"""How well what was expected of people agrees with what they did."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLASSES = 7  # who came again so often or more are one class
FINER = 12  # about so many classes, each of as many people, where that one would hold most of them


@dataclass(frozen=True, slots=True)
class FrequencyClass:
    """The people who came again so often in the calibration, or more often but less than those of the next class."""

    frequency: int
    people: int
    expected: float  # on average
    actual: float


@dataclass(frozen=True, slots=True)
class Check:
    """Errors are of one person on average; `total_error` is that of the sum, as a share of what happened (None where
    nothing did); `calibration_error` is how far the means of the classes lie apart, each class counting by its people.
    """

    people: int
    expected: float
    actual: float
    total_error: float | None
    mean_error: float
    mean_absolute_error: float
    root_mean_squared_error: float
    calibration_error: float
    by_frequency: tuple[FrequencyClass, ...]

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self) | {"by_frequency": [asdict(each) for each in self.by_frequency]}


def check(expected: Floats, actual: Floats, frequency: Ints) -> Check:
    """Compare, person by person and class by class."""
    error = expected - actual
    begins = _classes(frequency)
    classes = np.searchsorted(begins, frequency, side="right") - 1
    people = np.bincount(classes, minlength=len(begins))
    sums = [np.bincount(classes, weights=of, minlength=len(begins)) for of in (expected, actual)]
    by_frequency = tuple(
        FrequencyClass(int(begins[k]), int(people[k]), float(sums[0][k] / people[k]), float(sums[1][k] / people[k]))
        for k in np.flatnonzero(people).tolist()
    )
    total = float(actual.sum())
    return Check(
        len(actual),
        float(expected.sum()),
        total,
        float(error.sum()) / total if total else None,
        float(error.mean()),
        float(np.abs(error).mean()),
        float(np.sqrt(np.mean(error**2))),
        float(np.abs(sums[0] - sums[1]).sum() / len(actual)),
        by_frequency,
    )


def _classes(frequency: Ints) -> Ints:
    """How often one must have come again to be in each class: 0 to 7, or by quantiles where most came more often."""
    usual = np.arange(CLASSES + 1)
    if 2 * np.count_nonzero(frequency >= CLASSES) <= len(frequency):
        return usual
    ends = np.quantile(frequency, np.arange(1, FINER) / FINER, method="higher")
    return np.unique(np.concatenate([[0], ends.astype(np.int64)]))
