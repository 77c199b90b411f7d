"""A chart on a slide: native, to be edited in PowerPoint, its data in an embedded workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

import pandas as pd
from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.graphfrm import GraphicFrame

from dashboard.exports.office import width_of_a_month
from dashboard.exports.plot.lettering import LINE_SPACING, shortened, text_width
from dashboard.exports.plot.xy_axes import Axis, month_axis, number_axis, round_axis
from dashboard.exports.plot.xy_drawing import Drawing, Note
from dashboard.exports.plot.xy_names import placed_names
from dashboard.exports.plot.xy_series import LabelPlace, PointLabel, Series, point_of, with_label
from dashboard.exports.pptx.book import workbook
from dashboard.exports.pptx.chart_xml import Plot, chart_xml
from dashboard.exports.pptx.ink import MUTED, Inks
from dashboard.exports.pptx.text import SMALLEST, Box, Run, add_text
from dashboard.figures.labels import Label, Placement
from dashboard.figures.palette import surface

KEY_HEIGHT = 20.0
AXIS_HEIGHT = 24.0
TOP_ROOM = 10.0
RIGHT_ROOM = 16.0
GAP = 8.0
SMALLEST_ROW = 10.0
"""Size of the names of rows where there are very many."""
WIDEST_ROWS = 0.46
"""Part of the width that the names of rows may take."""
TICK_ROOM = 74.0
_SHIFTS = {"r": (5.0, 0.0), "l": (-5.0, 0.0), "t": (0.0, 5.0), "b": (0.0, -5.0)}
"""How far words of an unseen point stand from it; those of a mark keep clear by themselves."""
MARK_WEIGHT = 2
WORD_WEIGHT = 6
"""How much worse it is to cover words than a line."""
MOST_COVERED = 3
"""How much a name may cover that could as well be left out."""
GRAIN = 7.0
"""Points of the slide between the points that labels avoid."""


@dataclass(frozen=True)
class _Frame:
    """Axes and plot of a drawing, and where its points fall in points of the slide."""

    plot: Plot

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point falls, from the lower left corner of the plot."""
        across, up, plot = self.plot.across, self.plot.up, self.plot
        return (
            (x - across.low) / (across.high - across.low) * plot.width,
            (y - up.low) / (up.high - up.low) * plot.height,
        )


@dataclass(frozen=True)
class _ChartData:
    """What python-pptx asks of the data of a new chart."""

    xml: str
    xlsx_blob: bytes

    def xml_bytes(self, _: Any) -> bytes:
        """Return the chart part."""
        return self.xml.encode("utf-8")


def add_xy_chart(
    shapes: Any, box: Box, drawing: Drawing, table: pd.DataFrame, inks: Inks, created: datetime
) -> GraphicFrame:
    """Add a drawing as a native chart, with its key above it, and return the chart's frame."""
    if drawing.key:
        key = Box(box.left, box.top, box.width, KEY_HEIGHT)
        add_text(shapes, key, [[Run(drawing.key, SMALLEST, MUTED)]], "Key")
        box = Box(box.left, box.top + KEY_HEIGHT, box.width, box.height - KEY_HEIGHT)
    frame = _Frame(_plot(drawing, box))
    series = _labelled(drawing, frame)
    data = _ChartData(
        chart_xml(series, frame.plot, inks, has_row_lines=drawing.has_row_lines),
        workbook(series, table, created, has_days=drawing.has_days),
    )
    shape = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box.lengths, cast("Any", data))
    return cast("GraphicFrame", shape)


# ------------------------------------------------------------------ plot and axes


def _plot(drawing: Drawing, box: Box) -> Plot:
    up = _upright_axis(drawing, box)
    left = _left_room(drawing, up, box)
    right = _right_room(drawing)
    width = box.width - left - right
    return Plot(
        box=box,
        left=left,
        top=TOP_ROOM,
        width=width,
        height=box.height - TOP_ROOM - AXIS_HEIGHT,
        across=_axis_across(drawing, width),
        up=up,
        rows=bool(drawing.rows),
    )


def _upright_axis(drawing: Drawing, box: Box) -> Axis:
    if drawing.rows and drawing.y_range:
        low, high = drawing.y_range
        return Axis(low, high, 1.0, "General")
    heights = [y for one in drawing.series for y in one.ys if y is not None]
    return round_axis(heights, drawing.y_range, 7 if box.height > 260 else 5)


def _axis_across(drawing: Drawing, width: float) -> Axis:
    room = TICK_ROOM * (width_of_a_month() if drawing.has_days else 1.0)
    ticks = max(2, int(width / room))
    axis = month_axis if drawing.has_days else number_axis
    return axis(*drawing.x_range, ticks)


def _left_room(drawing: Drawing, up: Axis, box: Box) -> float:
    if drawing.rows:
        widest = max(text_width(row, SMALLEST) for row in drawing.rows)
        return min(widest, WIDEST_ROWS * box.width) + 2 * GAP
    return max(text_width(f"{number:,.0f}", SMALLEST) for number in (up.low, up.high)) + 2 * GAP


def _right_room(drawing: Drawing) -> float:
    """Return room for the words to the right of the last points."""
    beside = [
        text_width(" ".join(label.lines), label.size)
        for one in drawing.series
        for label in one.labels.values()
        if label.place == "r"
    ]
    return max(beside, default=0.0) + RIGHT_ROOM


# ------------------------------------------------------------------ words


def _labelled(drawing: Drawing, frame: _Frame) -> list[Series]:
    """Return the series with the words of the notes and the names of rows."""
    series = list(drawing.series)
    taken = _drawn_points(series, frame)
    for note in drawing.notes:
        if note.is_pointed:
            label = _pointed_label(note, frame, taken)
            taken += _covered(note, label, frame)
            _attach(series, note, label)
    names = [note for note in drawing.notes if not note.is_pointed]
    lone = _lone_names(drawing, names)
    words = [Label(" ".join(note.lines), *frame.at(note.x, note.y)) for note in (*names, *lone)]
    places = placed_names(words, taken, frame.plot.width, frame.plot.height)
    for note, place in zip((*names, *lone), places, strict=True):
        if note in names or place.cost <= MOST_COVERED:
            _attach(series, note, _name_label(note, place))
    if drawing.rows:
        series.append(_row_names(drawing, frame))
    return series


def _lone_names(drawing: Drawing, names: Sequence[Note]) -> list[Note]:
    """Return the names of single marks that the figure leaves out where a screen has no room."""
    if drawing.rows:
        return []
    told = {" ".join(note.lines) for note in names}
    return [
        Note(one.xs[0], one.ys[0], (one.name,), (), one.marks[0].edge, is_pointed=False)
        for one in drawing.series
        if len(one.xs) == 1
        and one.ys[0] is not None
        and one.marks
        and one.marks[0]
        and one.has_own_name
        and one.name not in told
    ]


def _attach(series: list[Series], note: Note, label: PointLabel) -> None:
    """Put words on the point where they belong, or on an unseen point of their own."""
    text = " ".join(note.lines)
    for place, one in enumerate(series):
        at = point_of(one, note.x, note.y) if one.name == text or note.is_pointed else None
        if at is not None and _takes_words(one, at):
            is_name = one.name == text
            series[place] = with_label(one, at, replace(label, is_name=is_name))
            return
    across, up = _SHIFTS.get(label.place, (0.0, 0.0))
    label = replace(label, is_name=len(note.lines) == 1, across=across, up=label.up + up)
    series.append(Series(text, (note.x,), (note.y,), labels={0: label}, is_helper=True))


def _takes_words(one: Series, at: int) -> bool:
    """Return True for a point with a mark that is no letter and has no words yet."""
    mark = one.marks[at] if one.marks else None
    return mark is not None and not mark.letter and at not in one.labels


def _name_label(note: Note, placement: Placement) -> PointLabel:
    """Return a name beside a mark where there is room."""
    places: dict[str, LabelPlace] = {"left": "r", "right": "l"}
    place = places.get(placement.xanchor) or ("t" if placement.yshift > 0 else "b")
    usual = {"t": 15.0, "b": -15.0}.get(place, 0.0)
    return PointLabel(note.lines, place, note.colour, bold=True, up=placement.yshift - usual)


def _pointed_label(note: Note, frame: _Frame, taken: Sequence[tuple[float, float]]) -> PointLabel:
    """Return words of several lines to the left above a point or to the right below it."""
    lift = len(note.lines) * SMALLEST * LINE_SPACING / 2 + 4
    sides: list[tuple[LabelPlace, float]] = [("l", lift), ("r", -lift)]
    sides += [(place, 2 * up) for place, up in sides]
    candidates = [
        PointLabel(note.lines, place, note.colour, strong=note.strong, up=up) for place, up in sides
    ]
    return min(candidates, key=lambda label: _cost(note, label, frame, taken))


def _cost(
    note: Note, label: PointLabel, frame: _Frame, taken: Sequence[tuple[float, float]]
) -> float:
    left, bottom, right, top = _extent(note, label, frame)
    outside = max(0, -left) + max(0, -bottom)
    outside += max(0, right - frame.plot.width) + max(0, top - frame.plot.height)
    return 5 * outside + sum(left <= x <= right and bottom <= y <= top for x, y in taken)


def _extent(note: Note, label: PointLabel, frame: _Frame) -> tuple[float, float, float, float]:
    x, y = frame.at(note.x, note.y)
    width = max(text_width(line, label.size, weight="bold") for line in label.lines)
    height = len(label.lines) * label.size * LINE_SPACING
    left = x + GAP if label.place == "r" else x - GAP - width
    bottom = y + label.up - height / 2
    return left, bottom, left + width, bottom + height


def _covered(note: Note, label: PointLabel, frame: _Frame) -> list[tuple[float, float]]:
    """Return points all over words, and a little around them."""
    left, bottom, right, top = _extent(note, label, frame)
    left, bottom, right, top = left - GAP, bottom - GAP / 2, right + GAP, top + GAP / 2
    columns = range(int((right - left) / GRAIN) + 1)
    rows = range(int((top - bottom) / GRAIN) + 1)
    points = [(left + GRAIN * i, bottom + GRAIN * j) for i in columns for j in rows]
    return points * WORD_WEIGHT


def _drawn_points(series: Sequence[Series], frame: _Frame) -> list[tuple[float, float]]:
    """Return points along all lines, and all marks as many times as they weigh."""
    drawn: list[tuple[float, float]] = []
    for one in series:
        before: tuple[float, float] | None = None
        marks = one.marks or (None,) * len(one.xs)
        for x, y, mark in zip(one.xs, one.ys, marks, strict=True):
            point = None if y is None else frame.at(x, y)
            if point and mark:
                drawn += _around(point, mark.size / 2)
            if point and before and one.line:
                drawn += _along(before, point)
            before = point
    return drawn


def _around(middle: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    x, y = middle
    corners = [(x + i * radius, y + j * radius) for i in (-1, 1) for j in (-1, 1)]
    return [middle, *corners] * MARK_WEIGHT


def _along(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    across, up = end[0] - start[0], end[1] - start[1]
    count = int(max(abs(across), abs(up)) / GRAIN)
    return [
        (start[0] + across * step / count, start[1] + up * step / count)
        for step in range(1, count + 1)
    ]


def _row_names(drawing: Drawing, frame: _Frame) -> Series:
    room = frame.plot.left - 2 * GAP
    colour = surface("light").ink
    pitch = frame.plot.height / (frame.plot.up.high - frame.plot.up.low)
    size = SMALLEST if pitch >= SMALLEST else max(SMALLEST_ROW, pitch - 0.5)
    return Series(
        name="Names of rows",
        xs=(frame.plot.across.low,) * len(drawing.rows),
        ys=tuple(float(number) for number in range(1, len(drawing.rows) + 1)),
        labels={
            at: PointLabel((shortened(row, size, room),), "l", colour, size=size)
            for at, row in enumerate(drawing.rows)
        },
        is_helper=True,
    )
