"""The integral in Pareto/NBD's likelihood: that somebody left between their last purchase and now.

    integral from t_x to T of (1 + t / alpha)^-(r + x) (1 + t / beta)^-(s + 1) dt

Its closed form is a difference of two hypergeometric functions, which overflows where x or T is large, converges slowly
where alpha and beta differ much, and has no derivatives by the parameters to speak of. Here it is summed. People with
the same x share one integrand, so each stretch between two neighbouring times of theirs is integrated once (by six
nodes of Gauss and Legendre in log(1 + t / min(alpha, beta)), in which the integrand is smooth on a scale of one), and
running sums from the end, in logarithms, give everybody's. All is positive; what cancels between two running sums is no
larger than the chance that they did not leave, which stands beside it in the likelihood.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.counts import Counts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PLACES, _WEIGHTS = (np.polynomial.legendre.leggauss(6)[0] + 1) / 2, np.polynomial.legendre.leggauss(6)[1] / 2
_MOST = 32  # pieces of one stretch
_WIDE, _STEEP = 0.7, 2.0  # how much of a logarithm of time, and of the integrand, one piece may span
_ALL = 64.0  # beyond so many factors of e nothing is left to sum


@dataclass(frozen=True, slots=True)
class Sums:
    """For each row of the counts the logarithms, less that of `either` (the likelihood's two chances together), of
    the chance that they stayed and that they left; and means over when they left, times that chance.
    """

    either: Floats
    stayed: Floats
    by_alpha: Floats  # mean of log(1 + t / alpha)
    at_alpha: Floats  # mean of t / (alpha + t)
    by_beta: Floats
    at_beta: Floats


class Stretches:
    """What of the counts does not depend on parameters: times by frequency, and how finely each stretch is cut."""

    def __init__(self, counts: Counts) -> None:
        rows = len(counts.frequency)
        x = np.concatenate([counts.frequency, counts.frequency])
        t = np.concatenate([counts.recency, counts.tenure])
        order = np.lexsort((t, x))
        new = np.ones(2 * rows, bool)
        new[1:] = (np.diff(x[order]) != 0) | (np.diff(t[order]) != 0)
        place = np.empty(2 * rows, np.int64)
        place[order] = np.cumsum(new) - 1
        self._from, self._to = place[:rows], place[rows:]
        self._x, self._t = x[order][new].astype(float), t[order][new]
        joined = np.diff(self._x) == 0
        self._left = np.flatnonzero(joined)
        self._groups = np.split(np.arange(len(self._x)), np.flatnonzero(~joined) + 1)
        self._cut()

    def _cut(self) -> None:
        begin, end = self._t[self._left], self._t[self._left + 1]
        wide = np.log(end / np.where(begin > 0, begin, end))
        steep = np.minimum(wide * (self._x[self._left] + 2), _ALL)
        pieces = np.ceil(np.maximum(wide / _WIDE, steep / _STEEP)).clip(1, _MOST).astype(np.int64)
        pieces[begin <= 0] = _MOST
        self._stretch = np.repeat(np.arange(len(pieces)), pieces)
        self._begins = np.cumsum(pieces) - pieces
        number = np.arange(len(self._stretch)) - self._begins[self._stretch]
        size = 1 / pieces[self._stretch]
        self._fractions = (number[:, None] + _PLACES) * size[:, None]
        self._sizes = size[:, None] * _WEIGHTS

    def sums(self, r: float, alpha: float, s: float, beta: float) -> Sums:
        """Of each row, under these parameters."""
        t, shape = self._t, r + self._x
        by_alpha, by_beta = np.log1p(t / alpha), np.log1p(t / beta)
        height = -shape * by_alpha - (s + 1) * by_beta
        parts = np.full((5, len(t)), -np.inf)
        parts[:, self._left] = height[self._left] + np.log(self._integrated(r, alpha, s, beta, height))
        for group in self._groups:
            running = parts[:, group[0] : group[-1] + 1]
            running[:] = np.logaddexp.accumulate(running[:, ::-1], axis=1)[:, ::-1]
        parts += np.log(s / beta)
        stayed = (-shape * by_alpha - s * by_beta)[self._to]
        either = np.logaddexp(stayed, parts[0, self._from])
        left, *means = np.exp(parts[:, self._from] - either) - np.exp(parts[:, self._to] - either)
        chance = np.exp(stayed - either)
        total = chance + np.maximum(left, 0.0)
        return Sums(either + np.log(total), chance / total, *(mean / total for mean in means))

    def _integrated(self, r: float, alpha: float, s: float, beta: float, height: Floats) -> Floats:
        """Of each stretch the integral over its height at the beginning, and the same of the four means."""
        less, more = min(alpha, beta), max(alpha, beta)
        left, x = self._left, self._x[self._left]
        begin, end = np.log1p(self._t[left] / less), np.log1p(self._t[left + 1] / less)
        falls = ((r + x) / (alpha + self._t[left]) + (s + 1) / (beta + self._t[left])) * (less + self._t[left]) - 1
        span = np.minimum(end - begin, _ALL / np.maximum(falls, 1e-9))
        at = begin[self._stretch, None] + span[self._stretch, None] * self._fractions
        time = less * np.expm1(at)
        other = np.log1p(time / more)
        by_alpha, by_beta = (at, other) if alpha <= beta else (other, at)
        shape = (r + x)[self._stretch, None]
        sizes = self._sizes * span[self._stretch, None] * (less + time)
        here = np.exp(-shape * by_alpha - (s + 1) * by_beta - height[left][self._stretch, None]) * sizes
        columns = (here, here * by_alpha, here * (time / (alpha + time)), here * by_beta, here * (time / (beta + time)))
        sums = np.array([column.sum(axis=1) for column in columns])
        return np.add.reduceat(sums, self._begins, axis=1) if len(self._begins) else np.empty((5, 0))
