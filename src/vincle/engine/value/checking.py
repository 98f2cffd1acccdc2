"""How well what was expected of people agrees with what they did."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLASSES = 7  # who came again so often or more are one class


@dataclass(frozen=True, slots=True)
class FrequencyClass:
    """The people who came again so often in the calibration; of the last class, or more often."""

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
    classes = np.minimum(frequency, CLASSES)
    people = np.bincount(classes, minlength=CLASSES + 1)
    sums = [np.bincount(classes, weights=of, minlength=CLASSES + 1) for of in (expected, actual)]
    by_frequency = tuple(
        FrequencyClass(k, int(people[k]), float(sums[0][k] / people[k]), float(sums[1][k] / people[k]))
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
