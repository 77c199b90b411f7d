"""Direct labels: where to write a line's name so that it covers neither marks nor other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

LETTER_WIDTH = 6.9
LINE_HEIGHT = 16.0
GAP = 10.0
STEP = 7.0

NOTE_LETTER_WIDTH = 6.2
NOTE_LINE_HEIGHT = 16.0
NOTE_OVERHANG = 22.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in pixels from the lower left corner of the plot."""
Cloud = npt.NDArray[np.float64]
"""Many points, the first row across and the second up."""


@dataclass(frozen=True)
class Label:
    """A name beside a mark.

    Attributes:
        text: The name.
        x: Pixels from the left edge of the plot to the mark.
        y: Pixels from its lower edge to the mark.
    """

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Placement:
    """Where a name goes, in Plotly's terms: anchor and shift from the mark in pixels.

    Attributes:
        xanchor: 'left', 'center' or 'right'.
        xshift: Pixels to the right.
        yshift: Pixels up.
        cost: How much the name covers there; 0 is free.
    """

    xanchor: str
    xshift: float
    yshift: float
    cost: float = field(default=0.0, compare=False)


CANDIDATES = (
    Placement("left", GAP, 0),
    Placement("center", 0, GAP + 5),
    Placement("right", -GAP / 2, GAP + 5),
    Placement("center", 0, -GAP - 5),
    Placement("left", GAP / 2, -GAP - 5),
    Placement("right", -GAP, 0),
    Placement("right", -GAP / 2, -GAP - 5),
    Placement("left", GAP / 2, GAP + 5),
    Placement("center", 0, 2 * GAP + 8),
    Placement("right", -GAP / 2, 2 * GAP + 8),
    Placement("center", 0, -2 * GAP - 8),
)
NOTE_CANDIDATES = (
    Placement("right", -8, 70),
    Placement("right", -16, 66),
    Placement("left", 16, 66),
    Placement("right", -48, 44),
    Placement("left", 16, -60),
    Placement("right", -16, -60),
    Placement("left", 48, 34),
    Placement("left", 70, -80),
    Placement("right", -80, 90),
)


def place_labels(
    labels: Sequence[Label],
    drawn: Sequence[Point],
    width: float,
    height: float,
    occupied: Sequence[Box] = (),
) -> list[Placement]:
    """Return a place for each label, in order; earlier ones choose first.

    Args:
        labels: Names and their marks.
        drawn: Points of the lines and marks to keep free, in pixels from the lower left corner.
        width: Width of the plot in pixels.
        height: Height of the plot in pixels.
        occupied: Where other words stand.
    """
    taken: list[Box] = list(occupied)
    cloud = _cloud(drawn)
    placements = []
    for label in labels:
        boxes = {candidate: _box(label, candidate) for candidate in CANDIDATES}
        costs = {
            candidate: _cost(box, taken, cloud, width, height) for candidate, box in boxes.items()
        }
        best = min(CANDIDATES, key=costs.__getitem__)
        taken.append(boxes[best])
        placements.append(replace(best, cost=costs[best]))
    return placements


def place_note(
    lines: Sequence[str], mark: Point, drawn: Sequence[Point], width: float, height: float
) -> tuple[Placement, Box]:
    """Return where a note of several lines goes, at the end of an arrow to its mark, and its box.

    Its shifts are those of the arrow's tail, in pixels to the right and up. It may reach a little
    over the left edge, where there is room between the tick labels.
    """
    text_width = NOTE_LETTER_WIDTH * max(len(line) for line in lines)
    text_height = NOTE_LINE_HEIGHT * len(lines)

    def box(candidate: Placement) -> Box:
        x, y = mark[0] + candidate.xshift, mark[1] + candidate.yshift
        left = x - text_width if candidate.xanchor == "right" else x
        return (left, y - text_height / 2, left + text_width, y + text_height / 2)

    cloud = _cloud(drawn)

    def cost(candidate: Placement) -> float:
        left, bottom, right, top = box(candidate)
        return _cost((left + NOTE_OVERHANG, bottom, right, top), [], cloud, width, height)

    best = min(NOTE_CANDIDATES, key=cost)
    return best, box(best)


def step_points(points: Sequence[Point]) -> list[Point]:
    """Return points along the steps that join marks: level to the next one, then up or down."""
    path: list[Point] = list(points)
    for (x0, y0), (x1, y1) in pairwise(points):
        path += [(x0 + STEP * step, y0) for step in range(1, int(abs(x1 - x0) // STEP) + 1)]
        sign = 1 if y1 >= y0 else -1
        path += [(x1, y0 + sign * STEP * step) for step in range(int(abs(y1 - y0) // STEP) + 1)]
    return path


def _box(label: Label, placement: Placement) -> Box:
    width = LETTER_WIDTH * len(label.text)
    x = label.x + placement.xshift
    left = {"left": x, "center": x - width / 2, "right": x - width}[placement.xanchor]
    bottom = label.y + placement.yshift - LINE_HEIGHT / 2
    return left, bottom, left + width, bottom + LINE_HEIGHT


def _cloud(points: Sequence[Point]) -> Cloud:
    return np.array(points, dtype=float).reshape(-1, 2).T


def _cost(
    box: Box,
    taken: Sequence[Box],
    drawn: Cloud,
    width: float,
    height: float,
) -> float:
    left, bottom, right, top = box
    outside = max(0, -left) + max(0, right - width) + max(0, -bottom) + max(0, top - height)
    x, y = drawn
    covered = np.count_nonzero((left <= x) & (x <= right) & (bottom <= y) & (y <= top))
    crossed = sum(
        left < other[2] and other[0] < right and bottom < other[3] and other[1] < top
        for other in taken
    )
    return 5 * outside + covered + 40 * crossed
