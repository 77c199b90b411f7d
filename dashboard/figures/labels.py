"""Direct labels: where to write a line's name so that it covers neither marks nor other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LETTER_WIDTH = 6.9
LINE_HEIGHT = 16.0
GAP = 10.0
STEP = 7.0

Point = tuple[float, float]


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
    """Where a name goes, in Plotly's terms: anchor and shift from the mark in pixels."""

    xanchor: str
    xshift: float
    yshift: float


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


def place_labels(
    labels: Sequence[Label], drawn: Sequence[Point], width: float, height: float
) -> list[Placement]:
    """Return a place for each label, in order; earlier ones choose first.

    Args:
        labels: Names and their marks.
        drawn: Points of the lines and marks to keep free, in pixels from the lower left corner.
        width: Width of the plot in pixels.
        height: Height of the plot in pixels.
    """
    taken: list[tuple[float, float, float, float]] = []
    placements = []
    for label in labels:
        best = min(
            CANDIDATES, key=lambda candidate: _cost(label, candidate, taken, drawn, width, height)
        )
        taken.append(_box(label, best))
        placements.append(best)
    return placements


def step_points(points: Sequence[Point]) -> list[Point]:
    """Return points along the steps that join marks: level to the next one, then up or down."""
    path: list[Point] = list(points)
    for (x0, y0), (x1, y1) in pairwise(points):
        path += [(x0 + STEP * step, y0) for step in range(1, int(abs(x1 - x0) // STEP) + 1)]
        sign = 1 if y1 >= y0 else -1
        path += [(x1, y0 + sign * STEP * step) for step in range(int(abs(y1 - y0) // STEP) + 1)]
    return path


def _box(label: Label, placement: Placement) -> tuple[float, float, float, float]:
    width = LETTER_WIDTH * len(label.text)
    x = label.x + placement.xshift
    left = {"left": x, "center": x - width / 2, "right": x - width}[placement.xanchor]
    bottom = label.y + placement.yshift - LINE_HEIGHT / 2
    return left, bottom, left + width, bottom + LINE_HEIGHT


def _cost(
    label: Label,
    placement: Placement,
    taken: Sequence[tuple[float, float, float, float]],
    drawn: Sequence[Point],
    width: float,
    height: float,
) -> float:
    left, bottom, right, top = _box(label, placement)
    outside = max(0, -left) + max(0, right - width) + max(0, -bottom) + max(0, top - height)
    covered = sum(left <= x <= right and bottom <= y <= top for x, y in drawn)
    crossed = sum(
        left < box[2] and box[0] < right and bottom < box[3] and box[1] < top for box in taken
    )
    return 5 * outside + covered + 40 * crossed
