"""Plain XY series, as office programs draw them: points, marks, lines and words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Value = float | None
LabelPlace = Literal["r", "l", "t", "b", "ctr"]

DOWN = "triangle-down"
_FULL_LETTERS = {DOWN: "▼", "star": "★"}
_HOLLOW_LETTERS = {
    DOWN: "▽",
    "circle": "○",
    "diamond": "◇",
    "square": "□",
    "star": "☆",
    "triangle": "△",
}


@dataclass(frozen=True)
class Mark:
    """A mark: its shape as office programs name it, size in points, colour and opacity."""

    shape: str
    size: float
    edge: str
    edge_width: float
    is_hollow: bool = False
    opacity: float = 1.0

    @property
    def letter(self) -> str:
        """The mark as a letter, where office programs have no such mark; else nothing.

        PowerPoint knows no triangle that points down, and LibreOffice no hollow marks.
        """
        if self.is_hollow:
            return _HOLLOW_LETTERS.get(self.shape, "○")
        return _FULL_LETTERS.get(self.shape, "")


@dataclass(frozen=True)
class Stroke:
    """A line: colour, width in points, dash as office programs name it."""

    colour: str
    width: float
    dash: str = "solid"
    opacity: float = 1.0


@dataclass(frozen=True)
class PointLabel:
    """Words beside a point.

    Attributes:
        lines: The words, line by line.
        place: On which side of the point.
        colour: Their colour.
        bold: All of them are bold.
        strong: Positions of the lines that are bold.
        is_name: They are the name of the series.
        size: In points.
        across: How far they are moved from their usual place, to the right.
        up: The same, upwards.
    """

    lines: tuple[str, ...]
    place: LabelPlace
    colour: str
    bold: bool = False
    strong: tuple[int, ...] = ()
    is_name: bool = False
    size: float = 12.0
    across: float = 0.0
    up: float = 0.0


@dataclass(frozen=True)
class Series:
    """Points in one order.

    Attributes:
        name: What it stands for.
        xs: Where the points stand; a serial day where the axis holds days.
        ys: Their heights; None parts a line.
        line: How they are joined, if they are.
        marks: The mark of each point, or None.
        labels: The words beside points, by their position.
        is_helper: It only carries words.
        has_own_name: The figure names it; else its name says only what it looks like.
    """

    name: str
    xs: tuple[float, ...]
    ys: tuple[Value, ...]
    line: Stroke | None = None
    marks: tuple[Mark | None, ...] = ()
    labels: Mapping[int, PointLabel] = field(default_factory=dict)
    is_helper: bool = False
    has_own_name: bool = True


def with_label(series: Series, at: int, label: PointLabel) -> Series:
    """Return a series with words beside one of its points."""
    return replace(series, labels={**series.labels, at: label})


def point_of(series: Series, x: float, y: float) -> int | None:
    """Return the position of the point that stands at a place, if one does."""
    for at, (own_x, own_y) in enumerate(zip(series.xs, series.ys, strict=True)):
        if own_y is not None and math.isclose(own_x, x) and math.isclose(own_y, y):
            return at
    return None
