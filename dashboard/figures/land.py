"""The land under the maps, drawn as our own traces so that no map asks the internet for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from dashboard.figures.palette import Theme, surface

Sheet = Literal["overview", "sea_chart"]
Ring = tuple[tuple[float, float], ...]
Degrees = npt.NDArray[np.float32]

_PARTS_OF_A_DEGREE: dict[Sheet, int] = {"overview": 64, "sea_chart": 512}
"""How sharply land is drawn, far below a pixel; a power of two, so that it travels compressed."""


@dataclass(frozen=True)
class Land:
    """A sheet of the map.

    Attributes:
        land: Closed rings of (longitude, latitude) in degrees WGS 84, clockwise.
        water: Inland seas and lakes to fill on top of the land; rings as for land.
    """

    land: tuple[Ring, ...]
    water: tuple[Ring, ...]


@cache
def _asset() -> dict[str, object]:
    text = (files("dashboard") / "assets" / "land.json").read_text(encoding="utf-8")
    content: dict[str, object] = json.loads(text)
    return content


def land_credit() -> str:
    """Return whose map it is, to be printed under it."""
    return str(_asset()["licence_statement"])


@cache
def land_sheet(sheet: Sheet) -> Land:
    """Return the land of a sheet: 1:50m for the overview, 1:10m for the sea chart."""
    content = _asset()[sheet]
    assert isinstance(content, dict)
    land, water = (
        tuple(tuple((lon, lat) for lon, lat in ring) for ring in content[key])
        for key in ("land", "water")
    )
    return Land(land, water)


def land_traces(sheet: Sheet, theme: Theme, geo: str = "geo") -> list[go.Scattergeo]:
    """Return land, then inland waters, as two filled traces to be drawn first."""
    rings, parts = land_sheet(sheet), _PARTS_OF_A_DEGREE[sheet]
    colours = surface(theme)
    return [
        _filled(_flat(rings.land, parts), colours.land, colours.coast, geo),
        _filled(_flat(rings.water, parts), colours.sea, colours.coast, geo),
    ]


def _filled(outline: tuple[Degrees, Degrees], fill: str, line: str, geo: str) -> go.Scattergeo:
    """Return rings filled one by one; a trace of rings has no holes."""
    lons, lats = outline
    return go.Scattergeo(
        geo=geo,
        lon=lons,
        lat=lats,
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line={"color": line, "width": 0.8},
        hoverinfo="skip",
        showlegend=False,
    )


@cache
def _flat(rings: tuple[Ring, ...], parts: int) -> tuple[Degrees, Degrees]:
    """Return longitudes and latitudes of all rings, parted by NaN, in parts of a degree."""
    parted = [point for ring in rings for point in (*ring, (np.nan, np.nan))]
    points = (np.round(np.array(parted).reshape(-1, 2) * parts) / parts).astype(np.float32)
    return points[:, 0], points[:, 1]
