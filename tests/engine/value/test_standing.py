"""How somebody stands among all."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from vincle.engine.value.standing import hundredths_above, hundredths_below, standing


def people(**columns) -> pa.Table:
    number = len(next(iter(columns.values())))
    usual = {name: [None] * number for name in ("worth", "spend", "frequency", "tenure")}
    return pa.table({name: pa.array(values, pa.float64()) for name, values in (usual | columns).items()})


def test_of_each_figure_it_says_of_how_many_it_is_known_and_where_they_lie():
    said = standing(people(worth=[10_000, None, 30_000], frequency=[4, 0, 12], tenure=[365.25, 730.5, 30]))
    assert (2, 1.0, 3.0) == (said["worth"]["people"], said["worth"]["quantiles"][0], said["worth"]["quantiles"][-1])
    assert (2, 0.0, 4.0) == (said["pace"]["people"], said["pace"]["quantiles"][0], said["pace"]["quantiles"][-1])
    assert said["spend"] is None


def test_ninety_of_a_hundred_are_below_the_ninety_first():
    quantiles = standing(people(worth=[each * 10_000 for each in range(1, 101)]))["worth"]["quantiles"]
    # Nine are above; between the points that are kept one is not claimed.
    assert (90, 8) == (hundredths_below(quantiles, 91), hundredths_above(quantiles, 91))
    assert (0, 0) == (hundredths_below(quantiles, 1), hundredths_above(quantiles, 100))


@given(st.lists(st.integers(-5, 40), min_size=1, max_size=300))
def test_no_more_is_claimed_than_there_are(values):
    quantiles = standing(people(worth=[each * 10_000 for each in values]))["worth"]["quantiles"]
    for value in {*values, -9, 50}:
        assert hundredths_below(quantiles, value) <= 100 * np.mean([each < value for each in values]) + 1e-9
        assert hundredths_above(quantiles, value) <= 100 * np.mean([each > value for each in values]) + 1e-9
