"""Where everybody stands: nobody on anybody else, everybody inside."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.apps.relations.drawing import LARGE_MIDDLE, SMALL_WIDTH, large, short, small


@pytest.mark.parametrize("count", range(1, 9))
def test_in_the_small_drawing_nobody_covers_anybody(count):
    x, height, spots = small(count)
    places = [(x, height / 2), *((spot.x, spot.y) for spot in spots)]
    assert count == len(spots)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= 36 for a, b in combinations(places, 2))
    assert all(24 <= spot.x <= SMALL_WIDTH - 24 and 0 <= spot.words_y <= height - 10 for spot in spots)


def test_one_neighbour_stands_beside_the_person_in_the_middle_of_the_drawing():
    x, _height, (spot,) = small(1)
    assert SMALL_WIDTH / 2 == (x + spot.x) / 2


@given(st.lists(st.integers(0, 4), max_size=12))
def test_in_the_large_drawing_everybody_has_a_place_of_their_own(beyond):
    placed = large(beyond)
    spots = [(LARGE_MIDDLE, LARGE_MIDDLE), *((near.x, near.y) for near, _outer in placed)]
    spots += [(spot.x, spot.y) for _near, outer in placed for spot in outer]
    assert beyond == [len(outer) for _near, outer in placed]
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 24 for a, b in combinations(spots, 2))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Pau Roca i Puig", "Pau Roca i Puig"),
        ("Associació de Veïns", "Associació de…"),
        ("Wolfeschlegelsteinhausen", "Wolfeschlegels…"),
        ("", ""),
    ],
)
def test_a_long_name_is_cut_where_a_word_ends(name, shown):
    assert shown == short(name)
