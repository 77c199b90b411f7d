"""Shapes cut at the edges of a rectangle, and thinned to what can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True)
class Rectangle:
    """A frame; y may run either way."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Return True for a point inside or on the edge."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def clipped_ring(ring: Sequence[Point], frame: Rectangle) -> list[Point]:
    """Return the part of a filled ring inside a frame (Sutherland and Hodgman 1974)."""
    edges = ((0, frame.left, 1), (0, frame.right, -1), (1, frame.top, 1), (1, frame.bottom, -1))
    points = list(ring)
    for axis, limit, sign in edges:
        kept: list[Point] = []
        for before, point in zip(
            [points[-1:][0], *points[:-1]] if points else [], points, strict=True
        ):
            was_in = sign * (before[axis] - limit) >= 0
            is_in = sign * (point[axis] - limit) >= 0
            if was_in != is_in:
                kept.append(_crossing(before, point, axis, limit))
            if is_in:
                kept.append(point)
        points = kept
    return points


def _crossing(start: Point, end: Point, axis: int, limit: float) -> Point:
    share = (limit - start[axis]) / (end[axis] - start[axis])
    other = start[1 - axis] + share * (end[1 - axis] - start[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def clipped_line(path: Sequence[Point], frame: Rectangle) -> list[list[Point]]:
    """Return the stretches of a path inside a frame (Liang and Barsky 1984)."""
    stretches: list[list[Point]] = []
    for start, end in pairwise(path):
        part = _clipped_segment(start, end, frame)
        if part is None:
            continue
        if stretches and stretches[-1][-1] == part[0]:
            stretches[-1].append(part[1])
        else:
            stretches.append(list(part))
    return stretches


def _clipped_segment(start: Point, end: Point, frame: Rectangle) -> tuple[Point, Point] | None:
    first, last = 0.0, 1.0
    across, up = end[0] - start[0], end[1] - start[1]
    for run, room in (
        (-across, start[0] - frame.left),
        (across, frame.right - start[0]),
        (-up, start[1] - frame.top),
        (up, frame.bottom - start[1]),
    ):
        if run == 0:
            if room < 0:
                return None
        elif run < 0:
            first = max(first, room / run)
        else:
            last = min(last, room / run)
    if first > last:
        return None
    begin = start if first == 0 else (start[0] + first * across, start[1] + first * up)
    stop = end if last == 1 else (start[0] + last * across, start[1] + last * up)
    return begin, stop


def thinned(path: Sequence[Point], distance: float) -> list[Point]:
    """Return a path without the points that lie nearer than a distance to the one before."""
    kept: list[Point] = []
    for point in path:
        if not kept or max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= distance:
            kept.append(point)
    if kept and kept[-1] != path[-1]:
        kept.append(path[-1])
    return kept


def parted(points: Iterable[Point]) -> list[list[Point]]:
    """Return the runs between points that are no numbers."""
    runs: list[list[Point]] = [[]]
    for x, y in points:
        if x != x or y != y:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]
