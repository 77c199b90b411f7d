"""Where the names of series go in a plot of a slide, where there is more room than on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.exports.plot.lettering import LINE_SPACING, text_width
from dashboard.figures.labels import CANDIDATES, Label, Placement

SIZE = 12.0
OUTSIDE = 5
"""How much worse it is to leave the plot by a point than to cover a point of a line."""
CROSSED = 40

Point = tuple[float, float]

_FARTHER = tuple(
    Placement(xanchor, xshift, yshift)
    for yshift in (28.0, -28.0, 42.0, -42.0, 56.0, -56.0, -72.0, -90.0)
    for xanchor, xshift in (("center", 0.0), ("left", 5.0), ("right", -5.0))
)


@dataclass(frozen=True)
class _Extent:
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top

    def crosses(self, other: _Extent) -> bool:
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.top <= other.bottom or other.top <= self.bottom)


def placed_names(
    labels: Sequence[Label], drawn: Sequence[Point], width: float, height: float
) -> list[Placement]:
    """Return a place for each name, with its cost; earlier ones choose first, nearer ones win.

    Args:
        labels: Names and their marks, in points from the lower left corner of the plot.
        drawn: Points of lines, marks and other words to keep free.
        width: Width of the plot in points.
        height: Height of the plot in points.
    """
    taken: list[_Extent] = []
    placements = []
    for label in labels:
        extents = [(each, _extent(label, each)) for each in (*CANDIDATES, *_FARTHER)]
        costs = [_cost(extent, taken, drawn, width, height) for _, extent in extents]
        cheapest = costs.index(min(costs))
        placement, extent = extents[cheapest]
        taken.append(extent)
        placements.append(replace(placement, cost=costs[cheapest]))
    return placements


def _extent(label: Label, placement: Placement) -> _Extent:
    width = text_width(label.text, SIZE, weight="bold") + 2
    x, y = label.x + placement.xshift, label.y + placement.yshift
    left = {"left": x, "center": x - width / 2, "right": x - width}[placement.xanchor]
    half = SIZE * LINE_SPACING / 2
    return _Extent(left, y - half, left + width, y + half)


def _cost(
    extent: _Extent,
    taken: Sequence[_Extent],
    drawn: Sequence[Point],
    width: float,
    height: float,
) -> float:
    beyond = max(0.0, -extent.left) + max(0.0, extent.right - width)
    beyond += max(0.0, -extent.bottom) + max(0.0, extent.top - height)
    covered = sum(extent.holds(point) for point in drawn)
    return OUTSIDE * beyond + covered + CROSSED * sum(extent.crosses(other) for other in taken)
