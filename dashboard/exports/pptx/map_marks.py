"""Marks on the map of a slide, and their names where these cover least."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from pptx.enum.text import MSO_ANCHOR

from dashboard.exports.plot.clipping import Point
from dashboard.exports.plot.lettering import LINE_SPACING, Weight, text_width
from dashboard.exports.plot.xy_traces import plain
from dashboard.exports.pptx.ink import Ink
from dashboard.exports.pptx.map_sheet import Sheet
from dashboard.exports.pptx.shapes import Outline, add_dot, add_group
from dashboard.exports.pptx.text import SMALLEST, Align, Box, Run, add_text
from dashboard.figures.palette import surface

PIXEL = 0.85
"""Points on a slide for each pixel of the figure."""
GAP = 7.0
MARK_WEIGHT = 3
"""How much worse it is to cover a mark than a bit of a line."""

_POSITIONS = (
    "middle right",
    "middle left",
    "top center",
    "bottom center",
    "top right",
    "top left",
    "bottom right",
    "bottom left",
)
_SHAPES = {"circle": "ellipse", "diamond": "diamond", "square": "rect", "triangle-up": "triangle"}


def add_marks(
    group: Any, traces: Sequence[go.Scattergeo], sheet: Sheet, legs: Sequence[Point]
) -> None:
    """Add all marks, a group for each trace, then their words where these cover least."""
    names = [
        (trace, at, point)
        for trace in traces
        for at, point in enumerate(sheet.points(trace.lon, trace.lat))
        if sheet.frame.holds(point)
    ]
    layers = {id(trace): add_group(group, trace.name or "Marks") for trace, _, _ in names}
    taken = list(legs)
    for trace, at, point in names:
        if "markers" in trace.mode:
            add_mark(layers[id(trace)], trace, at, point, _name_of(trace, at))
            taken += [point] * MARK_WEIGHT
    boxes: list[Box] = []
    for trace, at, point in names:
        text = str(_item(trace.text, at) or "")
        if "text" in trace.mode and plain(text):
            words = _words_of(trace, at, text)
            box, align = _best_place(words, point, sheet, taken, boxes)
            boxes.append(box)
            _add_words(layers[id(trace)], words, box, align)


def _item(values: Any, at: int) -> Any:
    return values[at] if isinstance(values, tuple | list | np.ndarray) else values


def _name_of(trace: go.Scattergeo, at: int) -> str:
    """Return the words of a mark, or else what the pointer shows of it in bold."""
    hover = str(_item(trace.hovertext, at) or "").replace("<br>", " ")
    bold = re.search("<b>(.*?)</b>", hover)
    return plain(_item(trace.text, at)) or plain(bold and bold[1]) or trace.name or "Mark"


def add_mark(layer: Any, trace: go.Scattergeo, at: int, point: Point, name: str) -> None:
    """Add the mark of one point of a trace at a point of the slide."""
    marker = trace.marker
    size = float(_item(marker.size, at) or 6) * PIXEL
    symbol = str(_item(marker.symbol, at) or "circle")
    colour = _item(marker.color, at)
    edge = _item(marker.line.color, at) or colour
    width = max(0.75, float(_item(marker.line.width, at) or 0) * PIXEL)
    is_open = symbol.endswith("-open")
    add_dot(
        layer,
        Box(point[0] - size / 2, point[1] - size / 2, size, size),
        _SHAPES.get(symbol.removesuffix("-open"), "ellipse"),
        name,
        fill=Ink(surface("light").page if is_open else colour),
        outline=Outline(Ink(colour if is_open else edge), width),
    )


@dataclass(frozen=True)
class _Words:
    """A name on the map: its lines, look and size, and the side of its mark where it should be."""

    lines: tuple[str, ...]
    size: float
    ink: Ink
    is_bold: bool
    is_slanted: bool
    position: str

    @property
    def width(self) -> float:
        weight: Weight = "bold" if self.is_bold else "regular"
        return max(text_width(line, self.size, weight=weight) for line in self.lines) + 2

    @property
    def height(self) -> float:
        return self.size * LINE_SPACING * len(self.lines)


def _words_of(trace: go.Scattergeo, at: int, text: str) -> _Words:
    colour = _item(trace.textfont.color, at) or surface("light").ink
    return _Words(
        lines=tuple(plain(line) for line in text.split("<br>")),
        size=max(SMALLEST, float(trace.textfont.size or SMALLEST) * PIXEL),
        ink=Ink(colour),
        is_bold="<b>" in text,
        is_slanted="<i>" in text,
        position=str(_item(trace.textposition, at) or "middle center"),
    )


def _best_place(
    words: _Words,
    point: Point,
    sheet: Sheet,
    taken: Sequence[Point],
    boxes: Sequence[Box],
) -> tuple[Box, Align]:
    """Return where words cover least, on the side that the figure gives if that is as good."""
    is_free = words.position == "middle center"
    positions = [words.position] if is_free else [words.position, *_POSITIONS]
    places = [_beside(point, words, position, sheet) for position in positions]
    costs = [_cost(box, taken, boxes) + (number > 0) for number, (box, _) in enumerate(places)]
    return places[costs.index(min(costs))]


def _cost(box: Box, taken: Sequence[Point], boxes: Sequence[Box]) -> float:
    covered = sum(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in taken)
    crossed = sum(
        box.left < other.right
        and other.left < box.right
        and box.top < other.bottom
        and other.top < box.bottom
        for other in boxes
    )
    return covered + 40 * crossed


def _beside(point: Point, words: _Words, position: str, sheet: Sheet) -> tuple[Box, Align]:
    """Return a box on one side of a point, within the frame."""
    upright, _, side = position.partition(" ")
    width, height = words.width, words.height
    left = {"left": point[0] - GAP - width, "right": point[0] + GAP}.get(side, point[0] - width / 2)
    top = {"top": point[1] - GAP - height, "bottom": point[1] + GAP}.get(
        upright, point[1] - height / 2
    )
    left = min(max(left, sheet.frame.left + 2), sheet.frame.right - width - 2)
    top = min(max(top, sheet.frame.top + 1), sheet.frame.bottom - height - 1)
    aligns: dict[str, Align] = {"left": "right", "right": "left"}
    return Box(left, top, width, height), aligns.get(side, "center")


def _add_words(layer: Any, words: _Words, box: Box, align: Align) -> None:
    shape = add_text(
        layer,
        box,
        [[Run(line, words.size, words.ink, words.is_bold)] for line in words.lines],
        f"{' '.join(words.lines)}, label",
        align=align,
        anchor=MSO_ANCHOR.MIDDLE,
    )
    shape.text_frame.word_wrap = False
    if words.is_slanted:
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.italic = True
