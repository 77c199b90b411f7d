"""The routes on an online basemap: optional, and only where the owner of the site names a server.

The land of our own map lies beneath, so that the routes are drawn also while tiles are missing.
Asking for tiles tells their server what part of the world a reader looks at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart
from dashboard.dataset import Dataset
from dashboard.figures.land import land_sheet
from dashboard.figures.maps import routes_chart
from dashboard.figures.palette import Theme, layout_template, mode_colour, surface
from dashboard.records import records
from dashboard.routes import Stretch, densified, stretches

CENTRE = {"lat": 50.0, "lon": 88.0}
ZOOM = 2.0


@dataclass(frozen=True)
class Tiles:
    """A server of raster tiles.

    Attributes:
        address: With {z}, {x} and {y}.
        credit: What the server's owner wants to be printed.
    """

    address: str
    credit: str


def online_map(
    dataset: Dataset, route_ids: tuple[str, ...], theme: Theme, tiles: Tiles
) -> CaptionedChart:
    """Return the overview of routes on an online basemap."""
    chart = routes_chart(dataset, route_ids, theme)
    figure = go.Figure(layout=go.Layout(template=layout_template(theme)))
    for stretch in stretches(dataset, route_ids):
        figure.add_scattermap(**_line(stretch, theme))
    figure.add_scattermap(**_places(dataset, route_ids, theme))
    figure.update_layout(
        height=470,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        map={
            "style": _style(theme),
            "center": CENTRE,
            "zoom": ZOOM,
            "layers": [
                {
                    "sourcetype": "raster",
                    "source": [tiles.address],
                    "sourceattribution": escape(tiles.credit),
                    "below": "traces",
                }
            ],
        },
    )
    return replace(chart, name="online", figure=figure)


def _line(stretch: Stretch, theme: Theme) -> dict[str, object]:
    path = densified(stretch.path)
    return {
        "lat": [lat for lat, _ in path],
        "lon": [lon for _, lon in path],
        "mode": "lines",
        "line": {"color": mode_colour(stretch.mode, theme), "width": 3},
        "hovertext": f"{stretch.mode}, {stretch.status}: {stretch.length_km:,.0f} km",
        "hoverinfo": "text",
        "opacity": 1.0 if stretch.status == "observed" else 0.6,
    }


def _places(dataset: Dataset, route_ids: Sequence[str], theme: Theme) -> dict[str, object]:
    legs = dataset.legs[dataset.legs["route_id"].isin(list(route_ids))]
    ends = set(legs["from_place"]) | set(legs["to_place"])
    places = records(dataset.places[dataset.places["place_id"].isin(ends)])
    return {
        "lat": [place["lat"] for place in places],
        "lon": [place["lon"] for place in places],
        "mode": "markers",
        "marker": {"size": 9, "color": surface(theme).ink},
        "hovertext": [escape(place["name"], quote=False) for place in places],
        "hoverinfo": "text",
        "customdata": [["place", place["place_id"]] for place in places],
    }


def _style(theme: Theme) -> dict[str, object]:
    """Return a map style of our own land and sea, which asks no server for anything."""
    colours, land = surface(theme), land_sheet("overview")
    shapes = [
        {"type": "Polygon", "coordinates": [[list(point) for point in ring]]} for ring in land.land
    ]
    source = {
        "type": "geojson",
        "data": {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes
            ],
        },
    }
    return {
        "version": 8,
        "sources": {"land": source},
        "layers": [
            {
                "id": "sea",
                "type": "background",
                "paint": {"background-color": colours.sea},
            },
            {
                "id": "land",
                "type": "fill",
                "source": "land",
                "paint": {"fill-color": colours.land},
            },
        ],
    }
