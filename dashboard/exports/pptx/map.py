"""A map on a slide: vector shapes in named groups, each of which can be recoloured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
from pptx.enum.text import MSO_ANCHOR

from dashboard.exports.plot.clipping import (
    Point,
    clipped_line,
    clipped_ring,
    parted,
    thinned,
)
from dashboard.exports.plot.lettering import text_width
from dashboard.exports.pptx.ink import Ink
from dashboard.exports.pptx.map_marks import GAP, PIXEL, add_mark, add_marks
from dashboard.exports.pptx.map_sheet import Sheet, sheet_of
from dashboard.exports.pptx.shapes import Outline, add_group, add_path, add_rectangle
from dashboard.exports.pptx.text import SMALLEST, Box, Run, add_text
from dashboard.figures.palette import surface

KEY_HEIGHT = 22.0
GRAIN = 0.5
"""Points of the slide below which details of the coast are left out."""
KEY_STROKE = 30.0
COVER_GRAIN = 5.0
"""How near points along lines lie that names keep clear of."""

_DASHES = {"dash": "dash", "dot": "sysDot"}


def is_map_figure(figure: go.Figure) -> bool:
    """Return True for a figure of maps."""
    return any(trace.type == "scattergeo" for trace in figure.data)


def add_map(shapes: Any, box: Box, figure: go.Figure) -> Any:
    """Add a figure of one map as a group of shapes, with its key below, and return the group."""
    traces = [trace for trace in figure.data if trace.type == "scattergeo" and _is_seen(trace)]
    keys = [trace for trace in traces if trace.showlegend is True]
    drawn = [trace for trace in traces if _has_points(trace)]
    ground = [trace for trace in drawn if trace.fill == "toself"]
    height = box.height - (KEY_HEIGHT if keys else 0)
    sheet = sheet_of(figure.layout.geo, ground, Box(box.left, box.top, box.width, height))
    group = add_group(shapes, "Map")
    _add_ground(group, ground, sheet)
    lines = [trace for trace in drawn if trace.fill != "toself" and "lines" in trace.mode]
    legs = [point for trace in lines for point in _add_lines(group, trace, sheet)]
    marked = [trace for trace in drawn if "markers" in trace.mode or "text" in trace.mode]
    add_marks(group, marked, sheet, legs)
    if keys:
        top = sheet.frame.bottom + 4
        _add_key(shapes, keys, Box(sheet.frame.left, top, box.width, KEY_HEIGHT - 4))
    return group


def _is_seen(trace: go.Scattergeo) -> bool:
    is_faint = trace.mode == "markers" and trace.marker.opacity == 0
    return trace.visible is not False and not is_faint


def _has_points(trace: go.Scattergeo) -> bool:
    return any(lat is not None for lat in trace.lat)


# ------------------------------------------------------------------ ground and lines


def _add_ground(group: Any, ground: Sequence[go.Scattergeo], sheet: Sheet) -> None:
    sea = surface("light").sea
    add_rectangle(group, sheet.frame, Ink(sea), "Sea")
    coasts: list[list[Point]] = []
    for trace in ground:
        rings = parted(sheet.points(trace.lon, trace.lat))
        filled = [thinned(clipped_ring(ring, sheet.frame), GRAIN) for ring in rings]
        filled = [ring for ring in filled if len(ring) > 2 and _is_visible(ring)]
        name = trace.name or ("Lakes" if trace.fillcolor == sea else "Land")
        if filled:
            add_path(group, filled, name, fill=Ink(trace.fillcolor), is_closed=True)
        closed = (thinned([*ring, ring[0]], GRAIN) for ring in rings if _is_visible(ring))
        coasts += [part for ring in closed for part in clipped_line(ring, sheet.frame)]
    if coasts:
        outline = Outline(Ink(surface("light").coast), 0.6)
        add_path(group, coasts, "Coast", outline=outline)


def _is_visible(ring: Sequence[Point]) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys)) > 2 * GRAIN


def _add_lines(group: Any, trace: go.Scattergeo, sheet: Sheet) -> list[Point]:
    """Add the lines of a trace as a group, one shape a run, and return points along them."""
    outline = Outline(
        Ink(trace.line.color),
        max(0.75, (trace.line.width or 1) * PIXEL),
        _DASHES.get(trace.line.dash or "solid", "solid"),
    )
    runs = parted(sheet.points(trace.lon, trace.lat))
    stretches = [part for run in runs for part in clipped_line(thinned(run, GRAIN), sheet.frame)]
    if not stretches:
        return []
    name = _leg_layer(trace.name or "Lines")
    layer = add_group(group, name)
    for number, stretch in enumerate(stretches, 1):
        add_path(layer, [stretch], f"{name} {number}", outline=outline)
    return [point for stretch in stretches for point in _dense(stretch)]


def _dense(path: Sequence[Point]) -> list[Point]:
    """Return points along a path, near enough to one another that no word slips between."""
    points = list(path)
    for (x0, y0), (x1, y1) in pairwise(path):
        count = int(max(abs(x1 - x0), abs(y1 - y0)) / COVER_GRAIN)
        points += [
            (x0 + (x1 - x0) * step / (count + 1), y0 + (y1 - y0) * step / (count + 1))
            for step in range(1, count + 1)
        ]
    return points


def _leg_layer(name: str) -> str:
    """Return 'Sea legs, observed' for the trace 'Sea, observed'."""
    mode, comma, status = name.partition(", ")
    return f"{mode} legs, {status}" if comma else name


def _add_key(shapes: Any, keys: Iterable[go.Scattergeo], box: Box) -> None:
    """Add the key in one row: a stroke or mark and its words for each entry."""
    group = add_group(shapes, "Key")
    left, middle = box.left, box.top + box.height / 2
    for trace in keys:
        if "lines" in trace.mode:
            outline = Outline(
                Ink(trace.line.color),
                (trace.line.width or 2) * PIXEL,
                _DASHES.get(trace.line.dash or "solid", "solid"),
            )
            stroke = [(left, middle), (left + KEY_STROKE, middle)]
            add_path(group, [stroke], f"{trace.name}, sign", outline=outline)
            after = left + KEY_STROKE
        else:
            add_mark(group, trace, 0, (left + GAP, middle), f"{trace.name}, sign")
            after = left + 2 * GAP
        width = text_width(str(trace.name), SMALLEST) + 4
        words = Box(after + GAP, box.top, width, box.height)
        text = [[Run(str(trace.name))]]
        shape = add_text(group, words, text, str(trace.name), anchor=MSO_ANCHOR.MIDDLE)
        shape.text_frame.word_wrap = False
        left = words.right + 3 * GAP
