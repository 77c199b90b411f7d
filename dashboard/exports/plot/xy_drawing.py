"""A plotly figure of scatter traces as series on two axes, with the words that stand in the plot.

Office charts know no categories on the upright axis and no annotations: categories become numbers
with a name beside each, and annotations labels of points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.exports.plot.xy_series import Series, Stroke
from dashboard.exports.plot.xy_traces import colour_of, is_day, number, plain, series_of, values_of
from dashboard.figures.palette import surface
from dashboard.translation import decimal_number, message, translated

_EDGES = (
    message("Shaded from {low} to {high}: lower edge"),
    message("Shaded from {low} to {high}: upper edge"),
)


@dataclass(frozen=True)
class Note:
    """An annotation: lines of words at a point of the plot, some bold; an arrow may lead to it."""

    x: float
    y: float
    lines: tuple[str, ...]
    strong: tuple[int, ...]
    colour: str
    is_pointed: bool


@dataclass(frozen=True)
class Drawing:
    """A figure as series.

    Attributes:
        series: In the order in which they are drawn.
        notes: Words at points of the plot.
        key: What the marks mean, on one line; empty for none.
        x_range: Ends of the axis across.
        y_range: Ends of the upright axis; None lets it fit the points.
        has_days: The axis across holds serial days.
        rows: Names of the rows of an upright axis of categories, from 1 upwards; else empty.
        has_row_lines: Rows have grid lines.
    """

    series: tuple[Series, ...]
    notes: tuple[Note, ...]
    key: str
    x_range: tuple[float, float]
    y_range: tuple[float, float] | None
    has_days: bool
    rows: tuple[str, ...]
    has_row_lines: bool


def is_xy_figure(figure: go.Figure) -> bool:
    """Return True for a figure of scatter traces on two axes that readers see."""
    layout = figure.layout
    is_scatter = bool(figure.data) and all(trace.type == "scatter" for trace in figure.data)
    return is_scatter and layout.xaxis.visible is not False and layout.yaxis.visible is not False


def xy_drawing(figure: go.Figure) -> Drawing:
    """Return a figure as series; needs one for which `is_xy_figure` holds."""
    rows = _rows(figure)
    heights = {name: float(number) for number, name in enumerate(rows, 1)}
    notes, key = _notes(figure)
    names = _names_by_colour(figure, notes)
    series = [one for trace in figure.data for one in series_of(trace, heights, names)]
    xs = [x for one in series for x in one.xs]
    return Drawing(
        series=(*_band(figure), *series),
        notes=notes,
        key=key,
        x_range=_range(figure.layout.xaxis.range) or _padded(xs),
        y_range=_range(figure.layout.yaxis.range) if not rows else (0.0, len(rows) + 0.6),
        has_days=any(is_day(x) for trace in figure.data for x in values_of(trace.x)),
        rows=rows,
        has_row_lines=bool(rows) and figure.layout.yaxis.showgrid is not False,
    )


def _range(ends: Any) -> tuple[float, float] | None:
    low, high = (number(end) for end in ends) if ends else (None, None)
    return None if low is None or high is None else (low, high)


def _padded(xs: Sequence[float]) -> tuple[float, float]:
    if not xs:
        return 0.0, 1.0
    margin = 0.03 * ((max(xs) - min(xs)) or 60.0)
    return min(xs) - margin, max(xs) + margin


def _rows(figure: go.Figure) -> tuple[str, ...]:
    """Return the categories of the upright axis from the bottom to the top."""
    values = [y for trace in figure.data for y in values_of(trace.y)]
    present = dict.fromkeys(y for y in values if isinstance(y, str))
    if not present:
        return ()
    axis = figure.layout.yaxis
    order = [name for name in values_of(axis.categoryarray) if name in present] or list(present)
    return tuple(reversed(order)) if axis.autorange == "reversed" else tuple(order)


# ------------------------------------------------------------------ layout


def _band(figure: go.Figure) -> list[Series]:
    """Return the edges of bands that run across the whole plot."""
    ends = _range(figure.layout.xaxis.range)
    edges: list[Series] = []
    for shape in figure.layout.shapes or ():
        heights = (number(shape.y0), number(shape.y1))
        if shape.type != "rect" or not ends or None in heights:
            continue
        stroke = Stroke(surface("light").baseline, 1.0, "dash")
        edges += [
            Series(
                translated(
                    edge,
                    low=decimal_number(heights[0] or 0.0, 0),
                    high=decimal_number(heights[1] or 0.0, 0),
                ),
                ends,
                (y, y),
                stroke,
            )
            for edge, y in zip(_EDGES, heights, strict=True)
        ]
    return edges


def _notes(figure: go.Figure) -> tuple[tuple[Note, ...], str]:
    """Return the annotations at points, and the key from the one that stands above the plot."""
    notes, key = [], ""
    for annotation in figure.layout.annotations or ():
        if annotation.xref == "paper":
            key = key or plain(annotation.text)
            continue
        x, y = number(annotation.x), number(annotation.y)
        if x is None or y is None:
            continue
        is_pointed = annotation.showarrow is not False
        colour = colour_of(annotation.font.color)
        notes.append(Note(x, y, *_lines(annotation.text), colour, is_pointed))
    return tuple(notes), key


def _names_by_colour(figure: go.Figure, notes: Sequence[Note]) -> dict[str, str]:
    """Return whose figures are drawn in which colour; nothing where a colour is of several."""
    names: dict[str, set[str]] = {}
    for trace in figure.data:
        if trace.name and "lines" in (trace.mode or "lines"):
            names.setdefault(colour_of(trace.line.color), set()).add(trace.name)
    lines = set(names)
    for note in notes:
        if not note.is_pointed and note.colour not in lines:
            names.setdefault(note.colour, set()).add(" ".join(note.lines))
    return {colour: own.pop() for colour, own in names.items() if len(own) == 1}


def _lines(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return lines as plain words, and the positions of those within bold type."""
    parts = re.split("<br ?/?>", text)
    depths = [0]
    for part in parts:
        depths.append(depths[-1] + part.count("<b>") - part.count("</b>"))
    strong = tuple(at for at, part in enumerate(parts) if depths[at] or "<b>" in part)
    return tuple(plain(part) for part in parts), strong
