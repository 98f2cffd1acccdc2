"""The classes of a check: single numbers of returns, or finer ones where most people come often."""

import numpy as np

from vincle.engine.value.checking import check


def test_most_who_come_often_are_told_apart_by_quantiles() -> None:
    frequency = np.arange(120)
    found = check(frequency.astype(float), frequency + 1.0, frequency).by_frequency
    assert list(range(0, 120, 10)) == [each.frequency for each in found]
    assert {10} == {each.people for each in found}
    assert [(4.5, 5.5), (14.5, 15.5)] == [(each.expected, each.actual) for each in found[:2]]


def test_half_who_come_seldom_keep_a_class_for_each_number() -> None:
    frequency = np.array([0, 1, 1, 2, 7, 9, 30, 400])
    found = check(np.zeros(8), np.zeros(8), frequency).by_frequency
    assert [(0, 1), (1, 2), (2, 1), (7, 4)] == [(each.frequency, each.people) for each in found]


def test_everybody_alike_is_one_class() -> None:
    assert [(50, 9)] == [
        (each.frequency, each.people) for each in check(np.ones(9), np.ones(9), np.full(9, 50)).by_frequency
    ]
