"""The land under the maps, drawn as our own traces so that no map asks the internet for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from dashboard.figures.palette import Theme, surface

Sheet = Literal["overview", "sea_chart"]
Part = Literal["land", "water"]
Ring = tuple[tuple[float, float], ...]
Degrees = npt.NDArray[np.float32]

_PARTS_OF_A_DEGREE: dict[Sheet, int] = {"overview": 64, "sea_chart": 512}
"""How sharply land is drawn, far below a pixel; a power of two, so that it travels compressed."""
_PARTS: tuple[Part, ...] = ("land", "water")


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
    colours = surface(theme)
    return [
        _filled(sheet, "land", colours.land, colours.coast, geo),
        _filled(sheet, "water", colours.sea, colours.coast, geo),
    ]


def outline_of(trace: Mapping[str, Any]) -> str | None:
    """Return which outline a trace draws, by its key in `land_outlines`; None if it draws none."""
    meta = trace.get("meta")
    return meta.get("outline") if isinstance(meta, dict) else None


def land_outlines() -> dict[str, dict[str, list[float | None]]]:
    """Return all outlines as lists of `lon` and `lat`, their rings parted by None."""
    return {
        f"{sheet}/{part}": dict(
            zip(("lon", "lat"), map(_with_none, _outline(sheet, part)), strict=True)
        )
        for sheet in _PARTS_OF_A_DEGREE
        for part in _PARTS
    }


def _with_none(degrees: Degrees) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 4) for value in degrees]


def _filled(sheet: Sheet, part: Part, fill: str, line: str, geo: str) -> go.Scattergeo:
    """Return rings filled one by one; a trace of rings has no holes."""
    lons, lats = _outline(sheet, part)
    return go.Scattergeo(
        geo=geo,
        meta={"outline": f"{sheet}/{part}"},
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
def _outline(sheet: Sheet, part: Part) -> tuple[Degrees, Degrees]:
    """Return longitudes and latitudes of all rings, parted by NaN, in parts of a degree."""
    parts = _PARTS_OF_A_DEGREE[sheet]
    rings: tuple[Ring, ...] = getattr(land_sheet(sheet), part)
    parted = [point for ring in rings for point in (*ring, (np.nan, np.nan))]
    points = (np.round(np.array(parted).reshape(-1, 2) * parts) / parts).astype(np.float32)
    return points[:, 0], points[:, 1]
