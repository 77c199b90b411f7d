"""How maps are framed, lettered and given their ground; routes and sightings are drawn on that.

Everything is drawn by our own traces on bare maps, so that no map asks the internet for anything.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.codes import PlaceKind
from dashboard.figures.drawing import Properties, scattergeo, themed
from dashboard.figures.land import Sheet, land_traces
from dashboard.figures.palette import FONT_FAMILY, Theme, surface
from dashboard.records import Record, records
from dashboard.routes import LatLon
from dashboard.translation import message, translated
from dashboard.words import sentence_start

if TYPE_CHECKING:
    from dashboard.dataset import Dataset

_PLACE_KINDS = {kind.value: kind.meaning for kind in PlaceKind}


@dataclass(frozen=True)
class View:
    """How one map is framed and lettered.

    Attributes:
        geo: Name of the plotly subplot.
        sheet: Land to draw.
        projection: Plotly projection settings.
        longitudes: Degrees at the left and right edge; with the latitudes they set the scale.
        latitudes: Degrees at the lower and upper edge.
        centre: Latitude and longitude of the middle of the frame.
        labels: Place ids that get their name, with where it stands from the mark.
        landmarks: Place ids of those that are drawn for orientation even where no route ends.
        areas: Names of waters and lands: text, latitude, longitude.
        label_px: Size of the names of places.
        dot_px: Diameter of the marks of places without a label.
        hover_km: How far apart the points lie at which a leg answers the pointer.
    """

    geo: str
    sheet: Sheet
    projection: dict[str, object]
    longitudes: tuple[float, float]
    latitudes: tuple[float, float]
    centre: LatLon
    labels: dict[str, str]
    landmarks: frozenset[str]
    areas: tuple[tuple[str, float, float], ...]
    label_px: int
    dot_px: int
    hover_km: float


OVERVIEW = View(
    geo="geo",
    sheet="overview",
    projection={"type": "azimuthal equal area", "rotation": {"lon": 86, "lat": 52}},
    longitudes=(22, 150),
    latitudes=(33, 67),
    centre=(56.5, 82.3),
    labels={
        "rajin-port": "middle left",
        "tikhoretsk-depot": "bottom left",
        "krasnoyarsk": "top center",
        "khabarovsk": "top center",
        "pyongyang-sunan": "bottom left",
        "moscow-area": "top center",
    },
    landmarks=frozenset({"pyongyang-sunan", "moscow-area"}),
    areas=(
        (message("Russia"), 65.0, 104.0),
        (message("China"), 38.0, 96.0),
        (message("Kazakhstan"), 47.5, 68.0),
    ),
    label_px=12,
    dot_px=4,
    hover_km=100.0,
)

SEA_CHART = View(
    geo="geo",
    sheet="sea_chart",
    projection={"type": "mercator"},
    longitudes=(128.75, 134.45),
    latitudes=(41.3, 44.3),
    centre=(42.82, 131.6),
    labels={
        "rajin-port": "top left",
        "dunai-naval": "middle right",
        "vostochny-port": "bottom right",
        "vladivostok-port": "middle left",
        "ussuriysk": "middle right",
        "chongjin-port": "bottom right",
    },
    landmarks=frozenset({"vladivostok-port", "chongjin-port"}),
    areas=(
        (message("<i>East Sea /<br>Sea of Japan</i>"), 41.7, 133.4),
        (message("Russia"), 43.6, 133.3),
        (message("China"), 43.6, 130.1),
        (message("North<br>Korea"), 42.05, 129.2),
    ),
    label_px=13,
    dot_px=6,
    hover_km=6.0,
)


# ------------------------------------------------------------------ ground


def framed(view: View) -> dict[str, object]:
    """Return the settings of the subplot that show the part of the world of a view."""
    return {
        "projection": view.projection,
        "lonaxis": {"range": list(view.longitudes)},
        "lataxis": {"range": list(view.latitudes)},
        "center": {"lat": view.centre[0], "lon": view.centre[1]},
    }


def map_layout(view: View, theme: Theme) -> Properties:
    """Return the layout of a figure that is one map, edge to edge, with its legend below."""
    return {
        **themed(theme),
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "legend": {"itemclick": False, "itemdoubleclick": False, "y": 0, "font": {"size": 12}},
        "dragmode": "pan",
        view.geo: framed(view),
    }


def ground(view: View, theme: Theme) -> list[Any]:
    """Return land, inland waters and the names of areas, to be drawn first."""
    return [*land_traces(view.sheet, theme, view.geo), _area_names(view, theme)]


def _area_names(view: View, theme: Theme) -> Properties:
    texts, lats, lons = zip(*view.areas, strict=True)
    as_ever = {"textfont": {"color": surface(theme).muted}}
    return scattergeo(
        geo=view.geo,
        lat=lats,
        lon=lons,
        mode="text",
        text=[translated(text) for text in texts],
        textfont={"family": FONT_FAMILY, "size": 12, "color": surface(theme).muted},
        selected=as_ever,
        unselected=as_ever,
        hoverinfo="skip",
        name="Areas",
        showlegend=False,
    )


def is_within(point: LatLon, view: View) -> bool:
    """Return True for a point inside the frame of a view."""
    (west, east), (south, north) = view.longitudes, view.latitudes
    return south <= point[0] <= north and west <= point[1] <= east


# ------------------------------------------------------------------ places


def places_by_id(dataset: Dataset, place_ids: Collection[str]) -> pd.DataFrame:
    """Return the rows of places, in the order of the table."""
    return dataset.places[dataset.places["place_id"].isin(list(place_ids))]


def place_marks(places: pd.DataFrame, view: View, theme: Theme, colour: str) -> Properties:
    """Return a ring for each place, with its name where there is room for one."""
    rows = records(places)
    is_labelled = [row["place_id"] in view.labels for row in rows]
    halo = ", ".join([f"0 0 3px {surface(theme).land}"] * 4)
    font = {"family": FONT_FAMILY, "size": view.label_px, "color": colour, "shadow": halo}
    as_ever = {"marker": {"opacity": 1}, "textfont": {"color": colour}}
    return scattergeo(
        geo=view.geo,
        lat=[row["lat"] for row in rows],
        lon=[row["lon"] for row in rows],
        mode="markers+text",
        marker={
            "size": [9 if labelled else view.dot_px for labelled in is_labelled],
            "color": surface(theme).page,
            "opacity": 1,
            "line": {"color": colour, "width": 1.6},
        },
        text=[
            f"<b>{escape(row['short_name'], quote=False)}</b>" if labelled else ""
            for row, labelled in zip(rows, is_labelled, strict=True)
        ],
        textposition=[view.labels.get(row["place_id"], "middle right") for row in rows],
        textfont=font,
        selected=as_ever,
        unselected=as_ever,
        customdata=[["place", row["place_id"]] for row in rows],
        hovertext=[_place_words(row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        name="Places",
        showlegend=False,
    )


def _place_words(place: Record) -> str:
    """Return what the pointer tells of a place."""
    also = (
        [wrapped(translated("Also: {names}", names=place["alt_names"]))]
        if isinstance(place["alt_names"], str)
        else []
    )
    meaning = _PLACE_KINDS[place["kind"]]
    kind = sentence_start(translated(meaning))
    point = translated("point within {number} km", number=place["precision_km"])
    return "<br>".join(
        [
            f"<b>{wrapped(str(place['name']))}</b>",
            *also,
            wrapped(str(place["role"])),
            f"{kind}; {point}",
        ]
    )


def wrapped(text: str) -> str:
    """Return text safe for a hover label, in lines short enough for a phone."""
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(text, 46))
