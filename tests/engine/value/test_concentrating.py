"""Who holds the value, by hand; and how often the interval of the Gini index holds the true one."""

import numpy as np
import pytest

from vincle.engine.value.concentrating import concentration


def test_four_people_by_hand() -> None:
    found = concentration(np.array([4.0, 1.0, 0.0, 3.0, 2.0, -5.0]))
    assert found is not None
    assert (4, 2, 10.0) == (found.people, found.others, found.total)
    assert found.gini is not None
    assert 1 / 3 == pytest.approx(found.gini[0])  # 0.25, and times 4 / 3
    assert ((0.0, 0.0), (0.25, 0.1), (0.5, 0.3), (0.75, 0.6), (1.0, 1.0)) == found.curve
    assert [(0.01, 1, 0.4, 4.0), (0.2, 1, 0.4, 4.0)] == [
        (top.part, top.people, pytest.approx(top.share), top.least) for top in (found.tops[0], found.tops[-1])
    ]


def test_everybody_alike_and_nobody() -> None:
    alike = concentration(np.full(100, 7.0))
    assert alike is not None
    assert (0.0, 0.0, 0.0) == pytest.approx(alike.gini, abs=1e-12)
    assert [1, 5, 10, 20] == [top.people for top in alike.tops]
    one = concentration(np.array([3.0]))
    assert one is not None
    assert (None, 1.0) == (one.gini, one.tops[0].share)
    assert concentration(np.array([0.0, -1.0])) is None


def test_the_interval_holds_the_index_of_an_exponential_distribution() -> None:
    """Its Gini index is one half; of 400 samples about 95 in 100 intervals hold it."""
    chance = np.random.default_rng(5)
    found = [concentration(chance.exponential(1.0, 300)) for _ in range(400)]
    held = [each.gini[1] <= 0.5 <= each.gini[2] for each in found if each and each.gini]
    assert 0.92 < np.mean(held) < 0.98
