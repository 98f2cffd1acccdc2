"""How often people came and when last, compressed: those with the same figures are one row with a number of people."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


SOME, FEW = 10_000, 4  # a search begins with so many rows, where there are at least so many times more


def total(column: Floats, people: Floats) -> float:
    """The sum over people. Not a product of BLAS, whose threads wait for each other on a busy machine."""
    return float(np.einsum("i,i->", column, people))


@dataclass(frozen=True, slots=True)
class Counts:
    """The sufficient statistics of the models of coming back, distinct.

    `frequency`: how often they came again (x); `recency`: when last, counted from the first time, in units of time
    (t_x, 0 for who never came again); `tenure`: since when they are known (T); `people`: how many have these.
    """

    frequency: Ints
    recency: Floats
    tenure: Floats
    people: Ints

    @classmethod
    def of(cls, frequency: object, recency: object, tenure: object, people: object = None) -> "Counts":
        """From columns of any kind (lists, arrays, Arrow), a row a person unless `people` says how many."""
        return cls.placed(frequency, recency, tenure, people)[0]

    @classmethod
    def placed(cls, frequency: object, recency: object, tenure: object, people: object = None) -> tuple["Counts", Ints]:
        """The same, and for each row given the place of its figures among the distinct ones."""
        x, t_x, tenures = np.asarray(frequency, np.int64), np.asarray(recency, float), np.asarray(tenure, float)
        key = np.zeros(len(x), np.int64)
        for column in (
            x.astype(float),
            t_x,
            tenures,
        ):  # distinct numbers of each column make one whole number of a row, which sorts fast
            values, codes = np.unique(column, return_inverse=True)
            key = np.unique(key * len(values) + codes, return_inverse=True)[1]
        size = int(key.max()) + 1 if len(key) else 0
        first = np.empty(size, np.int64)
        first[key[::-1]] = np.arange(len(key))[::-1]
        weights = None if people is None else np.asarray(people, float)
        counted = np.bincount(key, weights=weights, minlength=size).astype(np.int64)
        return cls(x[first], t_x[first], tenures[first], counted), key

    def thinned(self) -> "Counts | None":
        """Some of the rows, evenly chosen, where there are many."""
        every = len(self.people) // SOME
        if every < FEW:
            return None
        return Counts(self.frequency[::every], self.recency[::every], self.tenure[::every], self.people[::every])

    @property
    def total(self) -> int:
        """How many people."""
        return int(self.people.sum())

    @property
    def scale(self) -> float:
        """A time in which the figures are near 1: the mean tenure."""
        return float(np.average(self.tenure, weights=self.people)) or 1.0
