"""Direct labels stay clear of lines, marks, edges and each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.labels import (
    LETTER_WIDTH,
    LINE_HEIGHT,
    Label,
    Placement,
    place_labels,
    step_points,
)

WIDTH, HEIGHT = 560.0, 250.0


def box(label: Label, placement: Placement) -> tuple[float, float, float, float]:
    """Return the left, lower, right and upper edge of a placed name, in pixels of the plot."""
    width = LETTER_WIDTH * len(label.text)
    share = {"left": 0, "center": 0.5, "right": 1}[placement.xanchor]
    left = label.x + placement.xshift - share * width
    middle = label.y + placement.yshift
    return left, middle - LINE_HEIGHT / 2, left + width, middle + LINE_HEIGHT / 2


def placed(*labels: Label, drawn=()) -> list[tuple[float, float, float, float]]:
    placements = place_labels(labels, drawn, WIDTH, HEIGHT)
    return [box(label, placement) for label, placement in zip(labels, placements, strict=True)]


def overlap(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_free_name_stands_to_the_right_of_its_mark():
    [placement] = place_labels([Label("Seoul", 100, 100)], [], WIDTH, HEIGHT)
    assert (placement.xanchor, placement.yshift) == ("left", 0)


@pytest.mark.parametrize(
    ("x", "y"), [(WIDTH, 100), (0, 100), (WIDTH, HEIGHT), (0, 0), (WIDTH, 0), (0, HEIGHT)]
)
def test_a_name_at_an_edge_stays_in_the_plot(x, y):
    [(left, bottom, right, top)] = placed(Label("Seoul", x, y))
    assert left >= 0
    assert right <= WIDTH
    assert bottom >= 0
    assert top <= HEIGHT


def test_a_name_keeps_off_a_line():
    line = [(float(x), 100.0) for x in range(100, 300, 5)]
    [(left, bottom, right, top)] = placed(Label("Seoul", 100, 100), drawn=line)
    assert not any(left <= x <= right and bottom <= y <= top for x, y in line)


def test_two_names_at_one_mark_do_not_overlap():
    one, other = placed(Label("Seoul", 200, 100), Label("London", 200, 100))
    assert not overlap(one, other)


def test_the_earlier_name_has_the_better_place():
    one, other = Label("Seoul", 200, 100), Label("London", 200, 100)
    alone = place_labels([one], [], WIDTH, HEIGHT)
    assert place_labels([one, other], [], WIDTH, HEIGHT)[:1] == alone


POSITIONS = st.tuples(st.floats(60, WIDTH - 60), st.floats(40, HEIGHT - 40))


@given(POSITIONS, POSITIONS)
def test_two_short_names_always_find_room(position, other):
    assert not overlap(*placed(Label("Seoul", *position), Label("Tokyo", *other)))


@given(st.lists(POSITIONS, max_size=8), st.lists(POSITIONS, max_size=30))
def test_every_name_gets_a_place(positions, drawn):
    labels = [Label("Seoul", x, y) for x, y in positions]
    assert len(place_labels(labels, drawn, WIDTH, HEIGHT)) == len(labels)


def test_steps_run_level_and_then_up():
    path = step_points([(0, 0), (21, 14)])
    assert set(path) == {(0, 0), (21, 14), (7, 0), (14, 0), (21, 0), (21, 7)}


def test_steps_run_level_and_then_down():
    assert (21, 7) in step_points([(0, 14), (21, 0)])


def test_one_mark_is_no_line():
    assert step_points([(5, 5)]) == [(5, 5)]


def test_no_mark_is_no_line():
    assert step_points([]) == []
