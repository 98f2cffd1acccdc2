"""A histogram with round ends that counts everybody once."""

import numpy as np

from vincle.engine.value.distribution import distribution


def test_classes_by_hand() -> None:
    found = distribution(np.array([0.0, 1.0, 1.2, 2.0, 4.9, 5.0, 12.0]))
    assert found is not None
    assert (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0) == found.ends
    assert ((2, 0, 1, 1, 1, 0, 1), 1) == (found.people, found.nothing)


def test_everybody_is_counted_also_who_is_far_out() -> None:
    values = np.concatenate([np.random.default_rng(3).lognormal(5, 2, 5_000), [1e-9, 1e12]])
    found = distribution(values)
    assert found is not None
    assert (5_002, 0) == (sum(found.people), found.nothing)
    assert found.ends[-1] > 1e12
    assert all(low < high for low, high in zip(found.ends, found.ends[1:], strict=False))


def test_one_person_and_nobody() -> None:
    one = distribution(np.array([250.0]))
    assert one is not None
    assert ((200.0, 300.0), (1,)) == (one.ends, one.people)
    assert distribution(np.zeros(4)) is None
