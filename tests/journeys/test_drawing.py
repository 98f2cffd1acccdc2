"""Where everything stands on the map."""

from itertools import combinations

import pytest

from vincle.apps.journeys.drawing import ACROSS, COLUMNS, HEIGHT, WIDTH, draw


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 9, 30])
def test_boxes_do_not_touch_and_earlier_steps_stand_further_left(steps):
    boxes = draw(steps, [], []).boxes
    for one, other in combinations(boxes, 2):
        assert abs(one.x - other.x) >= WIDTH + ACROSS or abs(one.y - other.y) > HEIGHT
    assert sorted(box.column for box in boxes) == [box.column for box in boxes]
    assert min(steps, COLUMNS) == len({box.x for box in boxes})


def test_everything_lies_inside_the_drawing():
    pairs = [(one, other) for one in range(9) for other in range(9)]
    drawing = draw(9, pairs, ["1,204 · 3 days"] * len(pairs))
    for box in drawing.boxes:
        assert drawing.left <= box.x <= drawing.left + drawing.width - WIDTH
        assert drawing.top <= box.y <= drawing.top + drawing.height - HEIGHT
    for curve in drawing.curves:
        x, y = curve.middle
        assert drawing.left <= x <= drawing.left + drawing.width
        assert drawing.top <= min(y, curve.words[1])
        assert max(y, curve.words[1]) <= drawing.top + drawing.height


def test_words_of_two_lines_between_the_same_boxes_do_not_lie_on_each_other():
    there, back = draw(2, [(0, 1), (1, 0)], ["6,309 · 2 days", "6,187 · 3 days"]).curves
    assert abs(there.words[1] - back.words[1]) >= 15


def test_a_line_begins_and_ends_at_its_boxes():
    (curve,) = draw(2, [(0, 1)], [""]).curves
    assert curve.path.startswith("M178.0 ")
    assert curve.path.endswith(f"{178 + ACROSS:.1f} {curve.points[3][1]:.1f}")


def test_nothing_is_a_drawing_too():
    assert ([], []) == (draw(0, [], []).boxes, draw(0, [], []).curves)
