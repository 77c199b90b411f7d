"""Maps of routes: the way from Najin to Tikhoretsk, and the sea between the two countries.

Everything is drawn by our own traces on bare maps, so that no map asks the internet for anything.
Marks carry customdata for clicks: ["place", place_id] or ["route", route_id, legs], where legs are
all that run there, written route_id/leg_no and joined by '; '.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from dashboard.codes import LegStatus, Mode
from dashboard.figures.drawing import Properties, scattergeo, unchecked_figure
from dashboard.figures.map_view import (
    OVERVIEW,
    SEA_CHART,
    View,
    framed,
    ground,
    is_within,
    map_layout,
    place_marks,
    places_by_id,
    wrapped,
)
from dashboard.figures.palette import Theme, leg_dash, mode_colour, surface
from dashboard.routes import Path, Stretch, densified, place_names, runs_drawn_once, stretches
from dashboard.translation import decimal_number, message, translated, translated_plural

if TYPE_CHECKING:
    from dashboard.dataset import Dataset

MODE_WORDS = {Mode.SEA: message("Sea"), Mode.RAIL: message("Rail"), Mode.AIR: message("Air")}
STATUS_WORDS = {
    LegStatus.OBSERVED: message("Observed"),
    LegStatus.REPORTED: message("Reported"),
    LegStatus.INFERRED: message("Inferred"),
}
ABOVE_INSET = replace(
    OVERVIEW,
    latitudes=(33.0, 75.0),
    centre=(46.5, 82.3),
    areas=(("Russia", 65.0, 104.0), ("Kazakhstan", 47.5, 68.0)),
)
_LINE_WIDTHS = {Mode.SEA: 3.0, Mode.RAIL: 2.2, Mode.AIR: 1.6}


def overview_map(dataset: Dataset, route_ids: Sequence[str], theme: Theme) -> go.Figure:
    """Return the map of whole routes, with the frame of the sea chart marked on it.

    Raises:
        LookupError: A route does not exist; the message names the nearest id.
    """
    drawn = stretches(dataset, route_ids)
    frame = _frame_of_sea_chart(theme, OVERVIEW.geo)
    return unchecked_figure(
        [*_map(dataset, drawn, OVERVIEW, theme), frame], map_layout(OVERVIEW, theme)
    )


def sea_chart(dataset: Dataset, route_ids: Sequence[str], theme: Theme) -> go.Figure:
    """Return the enlarged chart of the waters between Chongjin, Najin and Vostochny.

    Raises:
        LookupError: A route does not exist; the message names the nearest id.
    """
    drawn = stretches(dataset, route_ids)
    return unchecked_figure(_map(dataset, drawn, SEA_CHART, theme), map_layout(SEA_CHART, theme))


def map_with_inset(dataset: Dataset, route_ids: Sequence[str], theme: Theme) -> go.Figure:
    """Return both maps in one figure, for exports of 1280 x 720 pixels.

    Raises:
        LookupError: A route does not exist; the message names the nearest id.
    """
    drawn = stretches(dataset, route_ids)
    inset = replace(SEA_CHART, geo="geo2")
    traces = [
        *_map(dataset, drawn, ABOVE_INSET, theme),
        _frame_of_sea_chart(theme, ABOVE_INSET.geo),
        *_traces(dataset, drawn, inset, theme),
        _frame_of_sea_chart(theme, inset.geo),
    ]
    layout = {
        **map_layout(ABOVE_INSET, theme),
        "geo": {**framed(ABOVE_INSET), "domain": {"x": [0, 1], "y": [0.06, 1]}},
        "geo2": {**framed(inset), "domain": {"x": [0.3, 0.69], "y": [0.08, 0.5]}},
        "width": 1280,
        "height": 720,
    }
    return unchecked_figure(traces, layout)


def _map(dataset: Dataset, drawn: Sequence[Stretch], view: View, theme: Theme) -> list[Any]:
    """Return the traces of a map with its legend."""
    return [*_traces(dataset, drawn, view, theme), *_legend_keys(drawn, view, theme)]


def _traces(dataset: Dataset, drawn: Sequence[Stretch], view: View, theme: Theme) -> list[Any]:
    """Return the traces of a map from the ground up."""
    ends = {place for stretch in drawn for place in (stretch.from_place, stretch.to_place)}
    landmarks = places_by_id(dataset, view.landmarks - ends)
    return [
        *ground(view, theme),
        *_leg_lines(drawn, view, theme),
        _leg_targets(dataset, drawn, view, theme),
        place_marks(landmarks, view, theme, surface(theme).muted),
        place_marks(places_by_id(dataset, ends), view, theme, surface(theme).ink),
    ]


# ------------------------------------------------------------------ legs


def _leg_lines(drawn: Sequence[Stretch], view: View, theme: Theme) -> list[Any]:
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
    paths: Sequence[Path], mode: Mode, status: LegStatus, view: View, theme: Theme
) -> Properties:
    points = [point for path in paths for point in (*path, (None, None))]
    return scattergeo(
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
    dataset: Dataset, drawn: Sequence[Stretch], view: View, theme: Theme
) -> Properties:
    """Return unseen marks along the legs: a line itself answers neither pointer nor click.

    They stand where they should to about ten metres.
    """
    places = place_names(dataset.places)
    routes = dict(zip(dataset.routes["route_id"], dataset.routes["name"], strict=True))
    told = [(stretch, _leg_data(stretch), _leg_words(stretch, places, routes)) for stretch in drawn]
    rows = [
        (point, data, words)
        for stretch, data, words in told
        for point in densified(stretch.path, view.hover_km)[1:-1]
        if is_within(point, view)
    ]
    return scattergeo(
        geo=view.geo,
        lat=[round(lat, 4) for (lat, _), _, _ in rows],
        lon=[round(lon, 4) for (_, lon), _, _ in rows],
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


def _leg_data(stretch: Stretch) -> list[str]:
    legs = "; ".join(f"{route_id}/{leg_no}" for route_id, leg_no in stretch.legs)
    return ["route", stretch.legs[0][0], legs]


def _leg_words(stretch: Stretch, places: dict[str, str], routes: dict[str, str]) -> str:
    """Return what the pointer tells of a leg."""
    ends = translated(
        "{start} to {end}", start=places[stretch.from_place], end=places[stretch.to_place]
    )
    status = LegStatus(stretch.status)
    names = list(dict.fromkeys(routes[route_id] for route_id, _ in stretch.legs))
    on_routes = names[0]
    if len(names) > 1:
        on_routes = translated_plural(
            "{name} and {number} more", "{name} and {number} more", len(names) - 1, name=names[0]
        )
    how = translated(
        "By {mode}, {length} km as drawn",
        mode=translated(Mode(stretch.mode).meaning),
        length=decimal_number(stretch.length_km, 0),
    )
    return "<br>".join(
        [
            f"<b>{wrapped(ends)}</b>",
            how,
            wrapped(f"{translated(STATUS_WORDS[status])}: {translated(status.meaning)}"),
            wrapped(translated("Route: {name}", name=on_routes)),
        ]
    )


# ------------------------------------------------------------------ furniture


def _legend_keys(drawn: Sequence[Stretch], view: View, theme: Theme) -> list[Any]:
    """Return traces without points that explain colours, then dashes, of what is drawn."""
    modes = [mode for mode in Mode if any(stretch.mode == mode for stretch in drawn)]
    statuses = [status for status in LegStatus if any(s.status == status for s in drawn)]
    muted = surface(theme).muted
    lines = [
        (translated(MODE_WORDS[mode]), mode_colour(mode, theme), "solid", _LINE_WIDTHS[mode] + 1.5)
        for mode in modes
    ]
    lines += [(translated(STATUS_WORDS[status]), muted, leg_dash(status), 2) for status in statuses]
    return [
        scattergeo(
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


def _frame_of_sea_chart(theme: Theme, geo: str) -> Properties:
    """Return the outline of the sea chart: its place on the overview, its edge on the inset.

    Plotly joins points by great circles, so parallels need points in between.
    """
    (west, east), (south, north) = SEA_CHART.longitudes, SEA_CHART.latitudes
    eastwards = np.linspace(west + 0.02, east - 0.02, 30)
    lons = np.concatenate([eastwards, eastwards[::-1], eastwards[:1]])
    lats = np.repeat([south + 0.02, north - 0.02, south + 0.02], [30, 30, 1])
    return scattergeo(
        geo=geo,
        lat=lats,
        lon=lons,
        mode="lines",
        line={"color": surface(theme).muted, "width": 1},
        hoverinfo="skip",
        name="Sea chart",
        showlegend=False,
    )
