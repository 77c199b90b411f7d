"""Map projections of a sphere, as plotly draws them: Lambert azimuthal equal area and Mercator.

Formulas from Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987),
chapters 7 and 24. Points are arrays of degrees; planes have x to the right and y up, in radii of
the sphere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


class Projection(Protocol):
    """A way to draw the sphere on a plane."""

    def plane(self, lons: Numbers, lats: Numbers) -> tuple[Numbers, Numbers]:
        """Return x and y of points."""

    def sphere(self, xs: Numbers, ys: Numbers) -> tuple[Numbers, Numbers]:
        """Return longitudes and latitudes of points of the plane; NaN off the map."""


@dataclass(frozen=True)
class EqualArea:
    """Lambert azimuthal equal area around a point in degrees."""

    lon: float
    lat: float

    def plane(self, lons: Numbers, lats: Numbers) -> tuple[Numbers, Numbers]:
        """Return x and y of points."""
        middle, across, up = np.radians(self.lat), np.radians(lons - self.lon), np.radians(lats)
        cosine = np.sin(middle) * np.sin(up) + np.cos(middle) * np.cos(up) * np.cos(across)
        scale = np.sqrt(2 / np.maximum(1 + cosine, 1e-9))
        xs = scale * np.cos(up) * np.sin(across)
        ys = scale * (np.cos(middle) * np.sin(up) - np.sin(middle) * np.cos(up) * np.cos(across))
        return xs, ys

    def sphere(self, xs: Numbers, ys: Numbers) -> tuple[Numbers, Numbers]:
        """Return longitudes and latitudes of points of the plane; NaN off the map."""
        middle, far = np.radians(self.lat), np.hypot(xs, ys)
        angle = 2 * np.arcsin(np.where(far <= 2, far, np.nan) / 2)
        share = np.divide(ys, far, out=np.zeros_like(far), where=far > 0)
        lats = np.arcsin(np.cos(angle) * np.sin(middle) + share * np.sin(angle) * np.cos(middle))
        lons = np.arctan2(
            xs * np.sin(angle),
            far * np.cos(middle) * np.cos(angle) - ys * np.sin(middle) * np.sin(angle),
        )
        return self.lon + np.degrees(lons), np.degrees(lats)


@dataclass(frozen=True)
class Mercator:
    """The conformal projection on which a straight line keeps its bearing."""

    def plane(self, lons: Numbers, lats: Numbers) -> tuple[Numbers, Numbers]:
        """Return x and y of points."""
        return np.radians(lons), np.log(np.tan(np.pi / 4 + np.radians(lats) / 2))

    def sphere(self, xs: Numbers, ys: Numbers) -> tuple[Numbers, Numbers]:
        """Return longitudes and latitudes of points of the plane."""
        return np.degrees(xs), np.degrees(2 * np.arctan(np.exp(ys)) - np.pi / 2)
