"""The part of the world that a map on a slide shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.exports.plot.clipping import Point, Rectangle
from dashboard.exports.plot.projection import EqualArea, Mercator, Numbers, Projection
from dashboard.exports.pptx.text import Box

SAMPLES = 60


@dataclass(frozen=True)
class Sheet:
    """A part of the world within a frame on a slide.

    Attributes:
        frame: The frame, in points of the slide.
        projection: How the sphere is drawn.
        middle: The point of the plane in the middle of the frame.
        scale: Points of the slide for each radius of the sphere.
    """

    frame: Rectangle
    projection: Projection
    middle: Point
    scale: float

    def points(self, lons: Any, lats: Any) -> list[Point]:
        """Return where points fall on the slide; NaN for gaps."""
        xs, ys = self.projection.plane(_numbers(lons), _numbers(lats))
        across = (self.frame.left + self.frame.right) / 2 + (xs - self.middle[0]) * self.scale
        down = (self.frame.top + self.frame.bottom) / 2 - (ys - self.middle[1]) * self.scale
        return list(zip(across.tolist(), down.tolist(), strict=True))


def _numbers(values: Any) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def sheet_of(geo: go.layout.Geo, ground: Sequence[go.Scattergeo], box: Box) -> Sheet:
    """Return the part of the world that a subplot shows, and what stands around it in a box.

    The frame is narrower than the box where the land of the sheet ends before it.
    """
    rotation = geo.projection.rotation
    projection: Projection = Mercator()
    if geo.projection.type == "azimuthal equal area":
        projection = EqualArea(rotation.lon or 0.0, rotation.lat or 0.0)
    (west, east), (south, north) = geo.lonaxis.range, geo.lataxis.range
    xs, ys = projection.plane(*_outline(west, east, south, north))
    middle = (float(xs.min() + xs.max()) / 2, float(ys.min() + ys.max()) / 2)
    scale = min(box.width / float(np.ptp(xs)), box.height / float(np.ptp(ys)))
    width = _widest(projection, middle, scale, box, _extent(ground))
    left = box.left + (box.width - width) / 2
    frame = Rectangle(left, box.top, left + width, box.bottom)
    return Sheet(frame, projection, middle, scale)


def _outline(west: float, east: float, south: float, north: float) -> tuple[Numbers, Numbers]:
    across, up = np.linspace(west, east, SAMPLES), np.linspace(south, north, SAMPLES)
    lons = np.concatenate([across, across, np.full(SAMPLES, west), np.full(SAMPLES, east)])
    lats = np.concatenate([np.full(SAMPLES, south), np.full(SAMPLES, north), up, up])
    return lons, lats


def _extent(ground: Sequence[go.Scattergeo]) -> tuple[float, float, float, float]:
    """Return the westmost, eastmost, southmost and northmost degrees for which land is known."""
    lons = np.concatenate([_numbers(trace.lon) for trace in ground] or [np.array([-180.0, 180.0])])
    lats = np.concatenate([_numbers(trace.lat) for trace in ground] or [np.array([-90.0, 90.0])])
    return tuple(float(f(d)) for d in (lons, lats) for f in (np.nanmin, np.nanmax))  # type: ignore[return-value]


def _widest(
    projection: Projection,
    middle: Point,
    scale: float,
    box: Box,
    extent: tuple[float, float, float, float],
) -> float:
    """Return how wide the frame may be, up to the width of the box, with known land all over."""
    west, east, _, _ = extent
    up = np.linspace(-0.5, 0.5, SAMPLES) * box.height / scale + middle[1]
    for share in np.linspace(1.0, 0.3, 71):
        edge = share * box.width / scale / 2
        lons = [
            projection.sphere(np.full(SAMPLES, middle[0] + side), up)[0] for side in (-edge, edge)
        ]
        if np.nanmin(lons) >= west and np.nanmax(lons) <= east:
            return float(share * box.width)
    return 0.3 * box.width
