"""Maps of routes: the way from Najin to Tikhoretsk, and the sea between the two countries.

Everything is drawn by our own traces on bare maps, so that no map asks the internet for anything.
Marks carry customdata for clicks: ["place", place_id] or ["route", route_id, legs], where legs are
all that run there, written route_id/leg_no and joined by '; '.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.land import Sheet, land_traces
from dashboard.figures.palette import (
    FONT_FAMILY,
    Theme,
    layout_template,
    leg_dash,
    mode_colour,
    surface,
)
from dashboard.routes import (
    LatLon,
    Path,
    Stretch,
    densified,
    place_names,
    runs_drawn_once,
    stretches,
)
from dashboard.schema import LegStatus, Mode, PlaceKind

if TYPE_CHECKING:
    from dashboard.dataset import Dataset

MODE_WORDS = {Mode.SEA: "Sea", Mode.RAIL: "Rail", Mode.AIR: "Air"}
STATUS_WORDS = {
    LegStatus.OBSERVED: "Observed",
    LegStatus.REPORTED: "Reported",
    LegStatus.INFERRED: "Inferred",
}
_MODE_MEANINGS = {mode.value: mode.meaning for mode in Mode}
_STATUS_MEANINGS = {
    status.value: f"{STATUS_WORDS[status]}: {status.meaning}" for status in LegStatus
}
_PLACE_KINDS = {kind.value: kind.meaning for kind in PlaceKind}
_LINE_WIDTHS = {Mode.SEA: 3.0, Mode.RAIL: 2.2, Mode.AIR: 1.6}


@dataclass(frozen=True)
class _View:
    """How one map is framed and lettered.

    Attributes:
        geo: Name of the plotly subplot.
        sheet: Land to draw.
        projection: Plotly projection settings.
        longitudes: Degrees at the left and right edge.
        latitudes: Degrees at the lower and upper edge.
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
    labels: dict[str, str]
    landmarks: frozenset[str]
    areas: tuple[tuple[str, float, float], ...]
    label_px: int
    dot_px: int
    hover_km: float


OVERVIEW = _View(
    geo="geo",
    sheet="overview",
    projection={"type": "azimuthal equal area", "rotation": {"lon": 88, "lat": 50}},
    longitudes=(18, 164),
    latitudes=(33, 70),
    labels={
        "rajin-port": "middle right",
        "tikhoretsk-depot": "bottom left",
        "krasnoyarsk": "top center",
        "khabarovsk": "top center",
        "pyongyang-sunan": "middle left",
        "moscow-area": "top center",
    },
    landmarks=frozenset({"pyongyang-sunan", "moscow-area"}),
    areas=(("Russia", 66.0, 103.0), ("China", 37.0, 103.0), ("Kazakhstan", 47.5, 68.0)),
    label_px=12,
    dot_px=4,
    hover_km=100.0,
)

SEA_CHART = _View(
    geo="geo",
    sheet="sea_chart",
    projection={"type": "mercator"},
    longitudes=(129.1, 134.3),
    latitudes=(41.4, 44.05),
    labels={
        "rajin-port": "bottom right",
        "dunai-naval": "middle right",
        "vostochny-port": "bottom right",
        "vladivostok-port": "middle left",
        "ussuriysk": "middle right",
        "chongjin-port": "bottom right",
    },
    landmarks=frozenset({"vladivostok-port", "chongjin-port"}),
    areas=(
        ("<i>East Sea / Sea of Japan</i>", 41.6, 133.25),
        ("Russia", 43.6, 133.3),
        ("China", 43.35, 130.2),
        ("North Korea", 42.2, 129.6),
    ),
    label_px=13,
    dot_px=6,
    hover_km=6.0,
)


def overview_map(dataset: Dataset, route_ids: Sequence[str], theme: Theme) -> go.Figure:
    """Return the map of whole routes, with the frame of the sea chart marked on it.

    Raises:
        LookupError: A route does not exist; the message names the nearest id.
    """
    figure = _map(dataset, stretches(dataset, route_ids), OVERVIEW, theme)
    figure.add_trace(_frame_of_sea_chart(theme, OVERVIEW.geo))
    return figure


def sea_chart(dataset: Dataset, route_ids: Sequence[str], theme: Theme) -> go.Figure:
    """Return the enlarged chart of the waters between Chongjin, Najin and Vostochny.

    Raises:
        LookupError: A route does not exist; the message names the nearest id.
    """
    return _map(dataset, stretches(dataset, route_ids), SEA_CHART, theme)


def map_with_inset(dataset: Dataset, route_ids: Sequence[str], theme: Theme) -> go.Figure:
    """Return both maps in one figure, for exports of 1280 x 720 pixels.

    Raises:
        LookupError: A route does not exist; the message names the nearest id.
    """
    drawn = stretches(dataset, route_ids)
    inset = replace(SEA_CHART, geo="geo2")
    figure = _map(dataset, drawn, OVERVIEW, theme)
    figure.add_trace(_frame_of_sea_chart(theme, OVERVIEW.geo))
    figure.add_traces(_traces(dataset, drawn, inset, theme))
    figure.add_trace(_frame_of_sea_chart(theme, inset.geo))
    figure.update_layout(
        geo={"domain": {"x": [0, 1], "y": [0.06, 1]}},
        geo2={**_geo(inset), "domain": {"x": [0.3, 0.69], "y": [0.08, 0.5]}},
        width=1280,
        height=720,
    )
    return figure


def _map(dataset: Dataset, drawn: Sequence[Stretch], view: _View, theme: Theme) -> go.Figure:
    layout = go.Layout(
        template=layout_template(theme),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        legend={"itemclick": False, "itemdoubleclick": False, "y": 0, "font": {"size": 12}},
        dragmode="pan",
        **{view.geo: _geo(view)},
    )
    traces = [*_traces(dataset, drawn, view, theme), *_legend_keys(drawn, view, theme)]
    return go.Figure(traces, layout)


def _traces(
    dataset: Dataset, drawn: Sequence[Stretch], view: _View, theme: Theme
) -> list[go.Scattergeo]:
    """Return the traces of a map from the ground up."""
    ends = {place for stretch in drawn for place in (stretch.from_place, stretch.to_place)}
    landmarks = _places(dataset, view.landmarks - ends)
    return [
        *land_traces(view.sheet, theme, view.geo),
        _area_names(view, theme),
        *_leg_lines(drawn, view, theme),
        _leg_targets(dataset, drawn, view, theme),
        _place_marks(landmarks, view, theme, surface(theme).muted),
        _place_marks(_places(dataset, ends), view, theme, surface(theme).ink),
    ]


def _geo(view: _View) -> dict[str, object]:
    return {
        "projection": view.projection,
        "lonaxis": {"range": list(view.longitudes)},
        "lataxis": {"range": list(view.latitudes)},
    }


# ------------------------------------------------------------------ legs


def _leg_lines(drawn: Sequence[Stretch], view: _View, theme: Theme) -> list[go.Scattergeo]:
    """Return one line trace per mode and status, the best known and the sea on top."""
    runs: dict[tuple[str, str], list[Path]] = {}
    for stretch, own_runs in zip(drawn, runs_drawn_once(drawn), strict=True):
        runs.setdefault((stretch.mode, stretch.status), []).extend(own_runs)
    kinds = [(mode, status) for status in reversed(LegStatus) for mode in reversed(Mode)]
    return [
        _lines(runs[mode, status], mode, status, view, theme)
        for mode, status in kinds
        if runs.get((mode, status))
    ]


def _lines(
    paths: Sequence[Path], mode: Mode, status: LegStatus, view: _View, theme: Theme
) -> go.Scattergeo:
    points = [point for path in paths for point in (*path, (None, None))]
    return go.Scattergeo(
        geo=view.geo,
        lat=[lat for lat, _ in points],
        lon=[lon for _, lon in points],
        mode="lines",
        line={
            "color": mode_colour(mode, theme),
            "width": _LINE_WIDTHS[mode],
            "dash": leg_dash(status),
        },
        name=f"{MODE_WORDS[mode]}, {status}",
        hoverinfo="skip",
        showlegend=False,
    )


def _leg_targets(
    dataset: Dataset, drawn: Sequence[Stretch], view: _View, theme: Theme
) -> go.Scattergeo:
    """Return unseen marks along the legs: a line itself answers neither pointer nor click."""
    places = place_names(dataset.places)
    routes = dict(zip(dataset.routes["route_id"], dataset.routes["name"], strict=True))
    rows = [
        (point, _leg_data(stretch), _leg_words(stretch, places, routes))
        for stretch in drawn
        for point in densified(stretch.path, view.hover_km)[1:-1]
        if _is_within(point, view)
    ]
    return go.Scattergeo(
        geo=view.geo,
        lat=[lat for (lat, _), _, _ in rows],
        lon=[lon for (_, lon), _, _ in rows],
        mode="markers",
        marker={"size": 10, "opacity": 0, "color": surface(theme).muted},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[data for _, data, _ in rows],
        hovertext=[words for _, _, words in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        name="Legs",
        showlegend=False,
    )


def _is_within(point: LatLon, view: _View) -> bool:
    (west, east), (south, north) = view.longitudes, view.latitudes
    return south <= point[0] <= north and west <= point[1] <= east


def _leg_data(stretch: Stretch) -> list[str]:
    legs = "; ".join(f"{route_id}/{leg_no}" for route_id, leg_no in stretch.legs)
    return ["route", stretch.legs[0][0], legs]


def _leg_words(stretch: Stretch, places: dict[str, str], routes: dict[str, str]) -> str:
    """Return what the pointer tells of a leg."""
    ends = f"{places[stretch.from_place]} to {places[stretch.to_place]}"
    names = list(dict.fromkeys(routes[route_id] for route_id, _ in stretch.legs))
    on_routes = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    return "<br>".join(
        [
            f"<b>{_wrapped(ends)}</b>",
            f"By {_MODE_MEANINGS[stretch.mode]}, {stretch.length_km:,.0f} km as drawn",
            _wrapped(_STATUS_MEANINGS[stretch.status]),
            _wrapped(f"Route: {on_routes}"),
        ]
    )


# ------------------------------------------------------------------ places


def _places(dataset: Dataset, place_ids: Collection[str]) -> pd.DataFrame:
    return dataset.places[dataset.places["place_id"].isin(list(place_ids))]


def _place_marks(places: pd.DataFrame, view: _View, theme: Theme, colour: str) -> go.Scattergeo:
    """Return a ring for each place, with its name where there is room for one."""
    is_labelled = places["place_id"].isin(list(view.labels))
    names = places["short_name"].map(lambda name: f"<b>{escape(name)}</b>")
    halo = ", ".join([f"0 0 3px {surface(theme).land}"] * 4)
    font = {"family": FONT_FAMILY, "size": view.label_px, "color": colour, "shadow": halo}
    as_ever = {"marker": {"opacity": 1}, "textfont": {"color": colour}}
    return go.Scattergeo(
        geo=view.geo,
        lat=places["lat"].tolist(),
        lon=places["lon"].tolist(),
        mode="markers+text",
        marker={
            "size": is_labelled.map({True: 9, False: view.dot_px}).tolist(),
            "color": surface(theme).page,
            "opacity": 1,
            "line": {"color": colour, "width": 1.6},
        },
        text=names.where(is_labelled, "").tolist(),
        textposition=places["place_id"].map(view.labels).fillna("middle right").tolist(),
        textfont=font,
        selected=as_ever,
        unselected=as_ever,
        customdata=[["place", place_id] for place_id in places["place_id"]],
        hovertext=[_place_words(row) for row in places.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
        name="Places",
        showlegend=False,
    )


def _place_words(place: dict[Hashable, Any]) -> str:
    """Return what the pointer tells of a place."""
    also = [_wrapped(f"Also: {place['alt_names']}")] if isinstance(place["alt_names"], str) else []
    kind = _PLACE_KINDS[place["kind"]]
    return "<br>".join(
        [
            f"<b>{_wrapped(str(place['name']))}</b>",
            *also,
            _wrapped(str(place["role"])),
            f"{kind.capitalize()}; point within {place['precision_km']} km",
        ]
    )


def _wrapped(text: str) -> str:
    """Return text safe for a hover label, in lines short enough for a phone."""
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(text, 46))


# ------------------------------------------------------------------ furniture


def _area_names(view: _View, theme: Theme) -> go.Scattergeo:
    texts, lats, lons = zip(*view.areas, strict=True)
    as_ever = {"textfont": {"color": surface(theme).muted}}
    return go.Scattergeo(
        geo=view.geo,
        lat=lats,
        lon=lons,
        mode="text",
        text=texts,
        textfont={"family": FONT_FAMILY, "size": 12, "color": surface(theme).muted},
        selected=as_ever,
        unselected=as_ever,
        hoverinfo="skip",
        name="Areas",
        showlegend=False,
    )


def _legend_keys(drawn: Sequence[Stretch], view: _View, theme: Theme) -> list[go.Scattergeo]:
    """Return traces without points that explain colours, then dashes, of what is drawn."""
    modes = [mode for mode in Mode if any(stretch.mode == mode for stretch in drawn)]
    statuses = [status for status in LegStatus if any(s.status == status for s in drawn)]
    muted = surface(theme).muted
    lines = [(MODE_WORDS[mode], mode_colour(mode, theme), "solid", 4) for mode in modes]
    lines += [(STATUS_WORDS[status], muted, leg_dash(status), 2) for status in statuses]
    return [
        go.Scattergeo(
            geo=view.geo,
            lat=[None],
            lon=[None],
            mode="lines",
            line={"color": colour, "dash": dash, "width": width},
            name=name,
            showlegend=True,
        )
        for name, colour, dash, width in lines
    ]


def _frame_of_sea_chart(theme: Theme, geo: str) -> go.Scattergeo:
    """Return the outline of the sea chart: its place on the overview, its edge on the inset.

    Plotly joins points by great circles, so parallels need points in between.
    """
    (west, east), (south, north) = SEA_CHART.longitudes, SEA_CHART.latitudes
    eastwards = np.linspace(west + 0.02, east - 0.02, 30)
    lons = np.concatenate([eastwards, eastwards[::-1], eastwards[:1]])
    lats = np.repeat([south + 0.02, north - 0.02, south + 0.02], [30, 30, 1])
    return go.Scattergeo(
        geo=geo,
        lat=lats,
        lon=lons,
        mode="lines",
        line={"color": surface(theme).muted, "width": 1},
        hoverinfo="skip",
        name="Sea chart",
        showlegend=False,
    )
