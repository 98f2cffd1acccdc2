"""Means of two groups and their difference, with intervals that allow each its own spread.

B. L. Welch, Biometrika 34 (1947) 28-35, with F. E. Satterthwaite's degrees of freedom (Biometrics Bulletin 2 (1946)
110-114). Adjusted for what was before: W. Lin, Annals of Applied Statistics 7 (2013) 295-318: a regression of its own
in each group, read where both groups together are on average, with the HC2 errors of J. MacKinnon and H. White (Journal
of Econometrics 29 (1985) 305-325). Without anything to adjust for, that is Welch's difference.

Money has heavy tails: a few pay so much that a mean is hardly normal, and then its interval is too narrow. W. G.
Cochran (Sampling Techniques, 3rd edition (1977), page 42) asks for more than 25 times the squared skewness in people,
which is a skewness of the mean below 0.2; here that of the difference is told (`skewness`).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from vincle.engine.intervals import student

Floats = NDArray[np.float64]

SKEWED = 0.2  # from here on an interval of a mean holds less than it says
_ROUNDED = 1e-12
_HEAVY = 0.5  # the most that one person may decide of where a regression passes


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the ends of its 95 % interval, None where there is no spread to tell them from."""

    at: float
    low: float | None
    high: float | None

    def times(self, factor: float) -> "Estimate":
        """The same in another unit; `factor` is not below 0."""
        return Estimate(self.at * factor, *(None if end is None else end * factor for end in (self.low, self.high)))

    def less(self, amount: float) -> "Estimate":
        """The same, after something certain is taken off."""
        return Estimate(self.at - amount, *(None if end is None else end - amount for end in (self.low, self.high)))

    @property
    def above_none(self) -> bool:
        """Whether the whole interval is above 0."""
        return self.low is not None and self.low > 0

    @property
    def below_none(self) -> bool:
        """Whether the whole interval is below 0."""
        return self.high is not None and self.high < 0


@dataclass(frozen=True, slots=True)
class Side:
    """What is expected of one group: the estimate, its variance with the degrees of freedom, its third moment."""

    at: float
    variance: float
    freedom: float
    third: float

    def estimate(self) -> Estimate:
        """With its interval."""
        return _around(self.at, self.variance, self.freedom)


@dataclass(frozen=True, slots=True)
class Contrast:
    """One group less another; `error` is the standard error, `skewness` that of the estimate."""

    estimate: Estimate
    error: float
    skewness: float


def side(values: Floats) -> Side:
    """The mean of a group of two or more."""
    people = len(values)
    apart = values - values.mean()
    variance = _seen(float(apart @ apart) / (people - 1) / people, values)
    return Side(float(values.mean()), variance, people - 1, float((apart**3).sum()) / people**3)


def adjusted_side(values: Floats, before: Floats, at: float) -> Side | None:
    """What `values` would be on average if `before` were `at`; None where a single person decides that, or `before` is
    the same for all.
    """
    people = len(values)
    apart = before - before.mean()
    spread = float(apart @ apart)
    if people < 3 or spread <= 0:
        return None
    leverage = 1 / people + apart**2 / spread
    if leverage.max() > _HEAVY:
        return None
    slope = float(apart @ values) / spread
    missed = (values - values.mean() - slope * apart) * (1 / people + apart * (at - before.mean()) / spread)
    variance = _seen(float((missed**2 / (1 - leverage)).sum()), values)
    there = float(values.mean()) + slope * (at - float(before.mean()))
    return Side(there, variance, people - 2, float((missed**3).sum()))


def contrast(ours: Side, theirs: Side) -> Contrast:
    """The first less the second."""
    variance = ours.variance + theirs.variance
    at, error = ours.at - theirs.at, sqrt(variance)
    if not error:
        return Contrast(Estimate(at, None, None), 0.0, 0.0)
    weights = ours.variance / variance, theirs.variance / variance
    freedom = 1 / (weights[0] ** 2 / ours.freedom + weights[1] ** 2 / theirs.freedom)
    return Contrast(_around(at, variance, freedom), error, (ours.third - theirs.third) / error**3)


def adjusted(after: tuple[Floats, Floats], before: tuple[Floats, Floats]) -> Contrast | None:
    """The first group's `after` less the second's, had both paid before what they paid together on average; None where
    `before` cannot be adjusted for.
    """
    together = float(np.concatenate(before).mean())
    ours, theirs = (adjusted_side(*group, together) for group in zip(after, before, strict=True))
    return None if ours is None or theirs is None else contrast(ours, theirs)


def _seen(variance: float, values: Floats) -> float:
    """Less than what rounding leaves among figures that are all alike is none."""
    return variance if variance > (_ROUNDED * float(np.abs(values).max())) ** 2 else 0.0


def _around(at: float, variance: float, freedom: float) -> Estimate:
    if not variance:
        return Estimate(at, None, None)
    half = student(freedom) * sqrt(variance)
    return Estimate(at, at - half, at + half)
