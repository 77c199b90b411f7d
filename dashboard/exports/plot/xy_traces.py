"""Traces of a figure as plain XY series.

Office charts know no steps, no hollow marks everywhere and no ranges: steps become doubled points,
hollow marks letters, and ranges upright strokes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise
from numbers import Real
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.exports.plot.xy_series import (
    DOWN,
    LabelPlace,
    Mark,
    PointLabel,
    Series,
    Stroke,
    Value,
)
from dashboard.figures.palette import surface
from dashboard.words import sentence_start

_EPOCH = pd.Timestamp("1899-12-30")
_DAY = pd.Timedelta(days=1)
_SHAPES = {
    "circle": "circle",
    "circle-open": "circle",
    "diamond": "diamond",
    "square": "square",
    "star": "star",
    "triangle-up": "triangle",
    "x": "x",
    "x-thin": "x",
    "line-ew": "dash",
}
_DASHES = {"dash": "dash", "dot": "sysDot", "dashdot": "dashDot"}
_TEXT_PLACES: dict[str, LabelPlace] = {
    "middle right": "r",
    "middle left": "l",
    "top center": "t",
    "bottom center": "b",
}
_STROKES = ("x", "x-thin", "line-ew")
_PAPERS = (surface("light").page, surface("dark").page)
PIXEL = 0.86
"""Points on a slide for each pixel of the figure."""


# ------------------------------------------------------------------ values


def values_of(values: Any) -> list[Any]:
    """Return the values of a trace as a list; an empty one for none."""
    return [] if values is None else list(values)


def is_day(value: Any) -> bool:
    """Return True for a value of an axis of days."""
    return value is not None and not isinstance(value, Real) and not pd.isna(value)


def number(value: Any) -> Value:
    """Return a value of an axis as a number, days as office programs count them; None for none."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, Real):
        return float(value)
    return float((pd.Timestamp(value) - _EPOCH) / _DAY)


# ------------------------------------------------------------------ traces


def series_of(
    trace: go.Scatter, heights: Mapping[str, float], names: Mapping[str, str]
) -> list[Series]:
    """Return the series of a trace; none where it has no points.

    Args:
        trace: A scatter trace.
        heights: The height of each category.
        names: Whose figures are drawn in which colour, for traces without a name.
    """
    xs = [number(x) for x in values_of(trace.x)]
    ys = [heights[y] if isinstance(y, str) else number(y) for y in values_of(trace.y)]
    if not any(x is not None and y is not None for x, y in zip(xs, ys, strict=True)):
        return []
    mode = trace.mode or "lines"
    row = next((y for y in values_of(trace.y) if isinstance(y, str)), "")
    name = (trace.name or (row if "lines" in mode else "")).strip()
    marks = _marks(trace, len(xs)) if "markers" in mode else [None] * len(xs)
    line = _stroke(trace) if "lines" in mode else None
    labels = _texts(trace, len(xs)) if "text" in mode else {}
    if line and trace.line.shape == "hv":
        xs, ys = doubled(xs, ys)
        marks, labels = [None] * len(xs), {}
    own = Series(name, _filled(xs), tuple(ys), line, tuple(marks), labels)
    parts = [_named(part, names) for part in _by_colour(own)]
    return [*_ranges(trace, parts[0]), *parts]


def _named(own: Series, names: Mapping[str, str]) -> Series:
    """Return a series with a name: its own, or whose it is and what it looks like."""
    if own.name:
        return own
    colours = [mark.edge for mark in own.marks if mark]
    whose = names.get(own.line.colour if own.line else next(iter(colours), ""), "")
    what = "marks"
    if own.line:
        is_range = own.line.opacity < 1
        what = "ranges" if is_range else "not restated" if own.line.dash != "solid" else "line"
    elif all(mark.is_hollow for mark in own.marks if mark):
        what = "hollow marks"
    words = f"{whose}, {what}" if whose else sentence_start(what)
    return replace(own, name=words, has_own_name=False)


def doubled(xs: Sequence[Value], ys: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """Return the corners of steps: each height holds until the next point."""
    corners: list[tuple[Value, Value]] = list(zip(xs[:1], ys[:1], strict=True))
    for (_, y0), (x1, y1) in pairwise(zip(xs, ys, strict=True)):
        for corner in ((x1, y0), (x1, y1)):
            is_gap = corner[0] is None or corner[1] is None
            after = (None, None) if is_gap else corner
            if corners[-1] != after:
                corners.append(after)
    return [x for x, _ in corners], [y for _, y in corners]


def _filled(xs: Sequence[Value]) -> tuple[float, ...]:
    """Return places across without gaps: office programs want a number at each point."""
    filled: list[float] = []
    first = next(x for x in xs if x is not None)
    for x in xs:
        filled.append(x if x is not None else (filled[-1] if filled else first))
    return tuple(filled)


def _stroke(trace: go.Scatter) -> Stroke:
    line = trace.line
    return Stroke(
        colour=colour_of(line.color),
        width=round((line.width or 2) * PIXEL, 2),
        dash=_DASHES.get(line.dash or "solid", "solid"),
        opacity=1.0 if trace.opacity is None else float(trace.opacity),
    )


def colour_of(colour: Any) -> str:
    """Return a colour of six hex digits; the ink of the page for any other."""
    is_hex = isinstance(colour, str) and re.fullmatch("#[0-9a-fA-F]{6}", colour)
    return colour if is_hex else surface("light").ink


def _each(value: Any, count: int, default: Any) -> list[Any]:
    if value is None:
        return [default] * count
    is_list = hasattr(value, "__len__") and not isinstance(value, str)
    return list(value) if is_list else [value] * count


def _marks(trace: go.Scatter, count: int) -> list[Mark | None]:
    marker = trace.marker
    colours = _each(marker.color, count, None)
    edges = _each(marker.line.color, count, None)
    symbols = _each(marker.symbol, count, "circle")
    sizes = _each(marker.size, count, 6)
    width = marker.line.width or 0
    opacity = 1.0 if marker.opacity is None else float(marker.opacity)
    return [
        _mark(str(symbol), float(size), colour, edge, width, opacity)
        for symbol, size, colour, edge in zip(symbols, sizes, colours, edges, strict=True)
    ]


def _mark(
    symbol: str, size: float, colour: Any, edge: Any, width: float, opacity: float
) -> Mark | None:
    if opacity == 0:
        return None
    is_open = symbol.endswith("-open")
    is_paper = symbol not in _STROKES and colour in _PAPERS
    return Mark(
        shape=symbol if symbol == DOWN else _SHAPES.get(symbol, "circle"),
        size=min(72.0, max(2.0, size * PIXEL)),
        edge=colour_of(edge if edge and (width or is_open) else colour),
        edge_width=round(max(width, 0.5) * PIXEL, 2),
        is_hollow=is_open or is_paper,
        opacity=opacity,
    )


def _by_colour(own: Series) -> list[Series]:
    """Return a series of marks as one for each colour: LibreOffice knows one colour a series."""
    colours = dict.fromkeys(mark.edge for mark in own.marks if mark)
    if own.line or len(colours) < 2:
        return [own]
    kept = {
        colour: [at for at, mark in enumerate(own.marks) if mark and mark.edge == colour]
        for colour in colours
    }
    return [
        replace(
            own,
            name=f"{own.name} ({number} of {len(kept)})" if own.name else "",
            xs=tuple(own.xs[at] for at in places),
            ys=tuple(own.ys[at] for at in places),
            marks=tuple(own.marks[at] for at in places),
            labels={places.index(at): label for at, label in own.labels.items() if at in places},
        )
        for number, places in enumerate(kept.values(), 1)
    ]


def _texts(trace: go.Scatter, count: int) -> dict[int, PointLabel]:
    place = _TEXT_PLACES.get(str(trace.textposition), "r")
    colour = colour_of(trace.textfont.color or trace.line.color)
    return {
        at: PointLabel((words,), place, colour)
        for at, words in enumerate(map(plain, _each(trace.text, count, "")))
        if words
    }


def _ranges(trace: go.Scatter, own: Series) -> list[Series]:
    """Return the ranges above marks as upright strokes with a cap."""
    errors = trace.error_y
    if not errors.visible:
        return []
    lengths = [number(length) or 0.0 for length in _each(errors.array, len(own.xs), 0.0)]
    colour = colour_of(errors.color)
    cap = Mark("dash", 7.0, colour, 1.0)
    xs: list[float] = []
    ys: list[Value] = []
    for x, y, length in zip(own.xs, own.ys, lengths, strict=True):
        if y is not None and length > 0:
            xs += [x, x, x]
            ys += [y, y + length, None]
    if not xs:
        return []
    marks = tuple(None if at % 3 != 1 else cap for at in range(len(xs)))
    line = Stroke(colour, round((errors.thickness or 1.5) * PIXEL, 2))
    return [Series(f"{own.name}, range", tuple(xs), tuple(ys), line, marks)]


def plain(words: Any) -> str:
    """Return plotly's small HTML as plain words."""
    return unescape(re.sub("<[^>]+>", "", str(words or ""))).strip()
