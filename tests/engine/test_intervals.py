"""Intervals against published values and by simulation of nothing: exact coverage."""

from math import comb

import numpy as np
import pytest

from vincle.engine.intervals import quantile, share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_the_interval_that_is_published(part: int, whole: int, low: float, high: float) -> None:
    at, below, above = share(part, whole)
    assert (part / whole, low, high) == (at, round(below, 4), round(above, 4))


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share(part, whole)


def test_the_median_of_twenty_lies_between_the_sixth_and_the_fifteenth() -> None:
    values = np.arange(20, 0, -1, dtype=np.float64)
    assert (10.0, 6.0, 15.0) == quantile(values, 0.5)
    covered = sum(comb(20, number) for number in range(6, 15)) / 2**20
    assert 0.95 <= covered < 0.96


def test_too_few_values_set_no_end() -> None:
    assert (2.0, None, None) == quantile(np.array([2.0, 1.0, 3.0]), 0.5)
    assert (1.0, None, None) == quantile(np.array([1.0]), 0.9)
