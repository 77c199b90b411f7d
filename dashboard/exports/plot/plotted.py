"""What a figure over time plots, as plain series that an office program can draw natively.

Office programs have no step line, no half-hollow series and no time axis for scatter charts. So a
step becomes its corners, and marks are split by symbol, colour and filling. Each point keeps the
claims that it stands for, so that a workbook can tie it to the cells of its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

Kind = Literal["steps", "lines", "marks"]

_FAINT = 0.5


@dataclass(frozen=True)
class Point:
    """A point of a series.

    Attributes:
        x: The moment.
        y: The figure, or the row of a chart with named rows.
        figure_of: The claim whose figure y is; empty where none is known.
        day_of: The claim on whose day x is; empty where none is known.
        above: How far a stated range reaches above y; 0 for none.
        text: What is written beside the point.
    """

    x: datetime
    y: float
    figure_of: str = ""
    day_of: str = ""
    above: float = 0.0
    text: str = ""


@dataclass(frozen=True)
class PlottedSeries:
    """Points that look alike.

    Attributes:
        name: Whose figures they are; empty for what needs no name.
        kind: Steps (as corners), lines, or marks without a line.
        colour: '#1144bb'.
        points: In drawing order; None is a gap.
        symbol: Plotly's name of the mark: 'circle', 'triangle-up'; empty for steps and lines.
        is_hollow: The mark is an outline.
        is_dotted: The line is dotted: not restated.
        is_faint: The line is pale, as ranges are.
        width: Width of the line, or size of the mark, in pixels.
    """

    name: str
    kind: Kind
    colour: str
    points: tuple[Point | None, ...]
    symbol: str = ""
    is_hollow: bool = False
    is_dotted: bool = False
    is_faint: bool = False
    width: float = 2.0

    @property
    def drawn(self) -> tuple[Point, ...]:
        """The points without the gaps."""
        return tuple(point for point in self.points if point)


@dataclass(frozen=True)
class DirectLabel:
    """A name written beside a point."""

    x: datetime
    y: float
    text: str
    colour: str
    side: Literal["left", "right", "above", "below"]


@dataclass(frozen=True)
class PlottedChart:
    """A figure over time as plain series.

    Attributes:
        series: Steps and lines first, then marks, each in drawing order.
        labels: Names beside points.
        rows: Names of the rows from the bottom (y = 1) up; empty where y is a number.
        start: Left end of the time axis.
        end: Right end.
        key: What the marks mean: '▲ at least …'; empty where the figure has no key.
    """

    series: tuple[PlottedSeries, ...]
    labels: tuple[DirectLabel, ...]
    rows: tuple[str, ...]
    start: datetime
    end: datetime
    key: str


def plotted_chart(figure: go.Figure) -> PlottedChart | None:
    """Return what a figure over time plots; None for maps and for figures without a time axis."""
    traces = [trace for trace in figure.data if not _is_decoration(trace)]
    if not traces or not all(_is_over_time(trace) for trace in traces):
        return None
    rows = _rows(figure, traces)
    series = [part for trace in traces for part in _series(figure, trace, rows)]
    marks = [part for part in series if part.kind == "marks"]
    lines = [_tied(part, marks) for part in _named(series) if part.kind != "marks"]
    moments = [point.x for part in series for point in part.drawn]
    if not moments:
        return None
    start, end = _ends(figure, moments)
    return PlottedChart(
        series=(*lines, *marks),
        labels=tuple(_labels(figure)),
        rows=rows,
        start=start,
        end=end,
        key=_key(figure),
    )


def _is_decoration(trace: Any) -> bool:
    """Return True for marks that only point something out."""
    return bool(trace.type == "scatter" and trace.mode == "markers" and trace.hoverinfo == "skip")


def _is_over_time(trace: Any) -> bool:
    if trace.type != "scatter":
        return False
    first = next((moment for moment in _list(trace.x) if moment is not None), None)
    return first is None or _moment(first) is not None


def _moment(value: object) -> datetime | None:
    if isinstance(value, (int, float, bool)) or value is None:
        return None
    try:
        return pd.Timestamp(value).to_pydatetime()  # type: ignore[arg-type]
    except ValueError:
        return None


def _list(values: Any) -> list[Any]:
    return [] if values is None else list(values)


def _rows(figure: go.Figure, traces: Sequence[Any]) -> tuple[str, ...]:
    """Return the names of the rows from the bottom up, where y is a name."""
    names = [name for trace in traces for name in _list(trace.y) if isinstance(name, str)]
    if not names:
        return ()
    axis = figure.layout.yaxis
    rows = list(dict.fromkeys([*_list(axis.categoryarray), *names]))
    return tuple(reversed(rows)) if axis.autorange == "reversed" else tuple(rows)


def _series(figure: go.Figure, trace: Any, rows: Sequence[str]) -> Iterator[PlottedSeries]:
    points = _points(trace, rows)
    modes = (trace.mode or "lines").split("+")
    if "lines" in modes:
        is_step = trace.line.shape == "hv"
        yield PlottedSeries(
            name=trace.name or "",
            kind="steps" if is_step else "lines",
            colour=str(trace.line.color),
            points=tuple(_corners(points)) if is_step else tuple(points),
            is_dotted=trace.line.dash in ("dot", "dash"),
            is_faint=trace.opacity is not None and trace.opacity < _FAINT,
            width=float(trace.line.width or 2),
        )
    if "markers" in modes:
        yield from _marks(figure, trace, points)


def _points(trace: Any, rows: Sequence[str]) -> list[Point | None]:
    count = len(_list(trace.x))
    claims = [_claim(data) for data in _list(trace.customdata)] or [""] * count
    ranges = _list(trace.error_y.array) if trace.error_y.visible else []
    texts = _list(trace.text) if isinstance(trace.text, (list, tuple)) else []
    points: list[Point | None] = []
    for at, (x, y) in enumerate(zip(_list(trace.x), _list(trace.y), strict=True)):
        moment = _moment(x)
        if moment is None or y is None or y != y:
            points.append(None)
            continue
        points.append(
            Point(
                x=moment,
                y=float(rows.index(y) + 1 if isinstance(y, str) else y),
                figure_of=claims[at],
                day_of=claims[at],
                above=float(ranges[at]) if ranges else 0.0,
                text=str(texts[at]).strip() if texts else "",
            )
        )
    return points


def _claim(data: Any) -> str:
    fields = _list(data)
    return str(fields[1]) if len(fields) == 2 and fields[0] == "claim" else ""


def _corners(points: Sequence[Point | None]) -> Iterator[Point | None]:
    """Return the corners of a line that holds each figure until the next."""
    before: Point | None = None
    for point in points:
        if before and point and before.x != point.x and before.y != point.y:
            yield replace(point, y=before.y)
        yield point
        before = point


def _marks(
    figure: go.Figure, trace: Any, points: Sequence[Point | None]
) -> Iterator[PlottedSeries]:
    """Return the marks of a trace, those that look alike together."""
    count, marker = len(points), trace.marker
    fills = _each(marker.color, count)
    lines = _each(marker.line.color, count)
    symbols = _each(marker.symbol or "circle", count)
    page = figure.layout.paper_bgcolor or figure.layout.template.layout.paper_bgcolor
    alike: dict[tuple[str, str, bool], list[Point | None]] = {}
    for point, fill, line, symbol in zip(points, fills, lines, symbols, strict=True):
        is_hollow = fill == page or symbol.endswith("-open")
        look = (symbol.removesuffix("-open"), str(line or fill), is_hollow)
        alike.setdefault(look, []).append(point)
    sizes = _each(marker.size or 8, count)
    for (symbol, colour, is_hollow), group in alike.items():
        yield PlottedSeries(
            name=trace.name or "",
            kind="marks",
            colour=colour,
            points=tuple(point for point in group if point),
            symbol=symbol,
            is_hollow=is_hollow,
            width=float(sizes[0]),
        )


def _each(value: Any, count: int) -> list[Any]:
    is_one = value is None or isinstance(value, (str, int, float))
    return [value] * count if is_one else list(value)


def _named(series: Iterable[PlottedSeries]) -> Iterator[PlottedSeries]:
    """Return series in which a dotted line bears the name of the line that it continues."""
    names: dict[str, str] = {}
    for part in series:
        if part.kind == "steps" and part.name:
            names[part.colour] = part.name
        is_nameless = part.kind == "steps" and not part.name
        yield replace(part, name=names.get(part.colour, "")) if is_nameless else part


def _tied(line: PlottedSeries, marks: Sequence[PlottedSeries]) -> PlottedSeries:
    """Return a line whose points know the claims that they stand for, found by their marks."""
    if any(point.figure_of for point in line.drawn):
        return line
    alike = [mark for mark in marks if mark.name == line.name and mark.colour == line.colour]
    own = sorted((point for mark in alike for point in mark.drawn), key=lambda mark: mark.x)
    return replace(line, points=tuple(_tied_points(line.points, own)))


def _tied_points(points: Sequence[Point | None], marks: Sequence[Point]) -> Iterator[Point | None]:
    """Return points with their claims; where two claims say one figure, in the order of time."""
    days = {mark.x: mark.day_of for mark in marks}
    stated: Point | None = None
    before: Point | None = None
    for point in points:
        if point is None:
            yield None
            continue
        is_new_day = before is not None and before.x != point.x
        if stated is None or stated.y != point.y or not is_new_day:
            stated = _stated(point, marks, stated, is_new_day) or stated
        is_known = stated is not None and stated.y == point.y
        yield replace(
            point,
            figure_of=stated.figure_of if stated and is_known else "",
            day_of=days.get(point.x, ""),
        )
        before = point


def _stated(
    point: Point, marks: Sequence[Point], stated: Point | None, is_new_day: bool
) -> Point | None:
    """Return the mark whose figure a point shows: the next one of its day, or the last before."""
    at = marks.index(stated) if stated else -1
    for mark in marks[at + 1 :]:
        if not is_new_day and (mark.x, mark.y) == (point.x, point.y):
            return mark
    earlier = [mark for mark in marks if mark.x <= point.x and mark.y == point.y]
    return earlier[-1] if earlier and (stated is None or stated.y != point.y) else None


def _ends(figure: go.Figure, moments: Sequence[datetime]) -> tuple[datetime, datetime]:
    ends = [_moment(end) for end in _list(figure.layout.xaxis.range)]
    first, last = min(moments), max(moments)
    if len(ends) == 2 and ends[0] and ends[1]:
        return ends[0], ends[1]
    margin = (last - first) / 20
    return first - margin, last + margin


def _labels(figure: go.Figure) -> Iterator[DirectLabel]:
    """Return the names that the figure writes beside points; plotly's arrows are on unless off."""
    for note in figure.layout.annotations:
        moment = None if note.xref == "paper" else _moment(note.x)
        if moment is None or note.showarrow is not False or not isinstance(note.y, (int, float)):
            continue
        yield DirectLabel(
            x=moment,
            y=float(note.y),
            text=_plain(note.text),
            colour=str(note.font.color),
            side=_side(note),
        )


def _side(note: Any) -> Literal["left", "right", "above", "below"]:
    if note.xanchor == "center":
        return "above" if (note.yshift or 0) > 0 else "below"
    return "left" if note.xanchor == "right" else "right"


def _key(figure: go.Figure) -> str:
    notes = [note for note in figure.layout.annotations if note.xref == "paper"]
    return _plain(notes[0].text) if notes else ""


def _plain(text: str) -> str:
    return unescape(re.sub(r"<br>", " ", re.sub(r"</?b>", "", text)))
