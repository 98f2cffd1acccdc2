"""Intervals against published values and by simulation of nothing: exact coverage."""

from math import comb

import numpy as np
import pytest

from vincle.engine.intervals import mean, quantile, share, student


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


@pytest.mark.parametrize(
    ("freedom", "published"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, the column 0.975.
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (20, 2.086), (30, 2.042), (60, 2.000),
     (100, 1.984), (10_000_000, 1.960)],
)  # fmt: skip
def test_students_quantile_is_the_published_one(freedom: int, published: float) -> None:
    assert published == round(student(freedom), 3)


def test_the_mean_has_students_interval() -> None:
    # W. S. Gosset's ten differences of sleep (Biometrika 6 (1908) 1-25, section IX): 1.58, t(9) = 2.262.
    slept = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    at, low, high = mean(slept)
    assert (1.58, 0.70, 2.46) == (round(at, 2), round(low or 0, 2), round(high or 0, 2))
    assert (2.0, None, None) == mean(np.array([2.0]))
