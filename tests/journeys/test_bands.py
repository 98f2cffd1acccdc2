"""Where the bands between stages run."""

import re
from itertools import combinations

import pytest

from vincle.apps.journeys.real.bands import BLOCK, COLUMN, GAP, HEAD, TALLEST, THINNEST, draw

pytestmark = pytest.mark.once
FLOWS = [(0, 1, 100), (1, 2, 60), (1, 5, 30), (2, 4, 50), (1, 4, 10), (4, 5, 60), (2, 5, 10)]


def heights(path: str) -> list[tuple[float, float]]:
    """Where a band passes, from left to right."""
    points = re.findall(r"[MH]?(?:C[\d.]+ [\d.]+ [\d.]+ [\d.]+ )?([\d.]+) ([\d.]+)", path.replace("H", " H"))
    return [(float(x), float(y)) for x, y in points]


def test_stages_stand_in_order_and_those_that_nobody_came_into_are_left_out():
    drawing = draw(FLOWS)
    assert [0, 1, 2, 4, 5] == [node.column for node in drawing.nodes]
    assert [COLUMN] * 4 == [after.x - node.x for node, after in zip(drawing.nodes, drawing.nodes[1:], strict=False)]


def test_all_have_one_scale_and_a_block_is_as_high_as_what_goes_through():
    drawing = draw(FLOWS)
    scale = TALLEST / 100
    assert [round(cases * scale, 2) for _source, _target, cases in FLOWS] == [band.thick for band in drawing.bands]
    assert [TALLEST, TALLEST, 60 * scale, 60 * scale, TALLEST] == pytest.approx([node.height for node in drawing.nodes])


def test_a_band_begins_at_its_block_and_ends_at_its_block():
    drawing = draw(FLOWS)
    at = {node.column: node for node in drawing.nodes}
    for (source, target, _cases), band in zip(FLOWS, drawing.bands, strict=True):
        points = heights(band.path)
        (x, y), (to_x, to_y) = points[0], points[-1]
        assert (at[source].x + BLOCK, at[target].x) == (x, to_x)
        for node, height in ((at[source], y), (at[target], to_y)):
            assert node.y <= height - band.thick / 2 + 0.1
            assert height + band.thick / 2 <= node.y + node.height + 0.1


def test_bands_beneath_a_stage_lie_neither_on_it_nor_on_each_other():
    drawing = draw(FLOWS)
    for node in drawing.nodes:
        passing = [
            (y - band.thick / 2, y + band.thick / 2)
            for (source, target, _cases), band in zip(FLOWS, drawing.bands, strict=True)
            if source < node.column < target
            for x, y in heights(band.path)
            if x == node.x
        ]
        assert all(top >= node.y + node.height + GAP - 0.1 for top, _bottom in passing)
        assert all(one[0] >= other[1] or other[0] >= one[1] for one, other in combinations(passing, 2))
        assert all(bottom <= drawing.height for _top, bottom in passing)


def test_one_among_very_many_is_still_seen():
    drawing = draw([(0, 1, 1_000_000), (1, 2, 1)])
    assert THINNEST == drawing.bands[1].thick
    assert HEAD == drawing.nodes[2].y


def test_nothing_is_drawn_of_nothing():
    assert ([], [], 0, 0) == (draw([]).nodes, draw([]).bands, draw([]).width, draw([]).height)
