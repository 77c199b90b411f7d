"""A table on a slide: native, as many rows as fit, with quiet lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.graphfrm import GraphicFrame
from pptx.util import Pt

from dashboard.exports.plot.lettering import LINE_SPACING, Weight, fitted, line_count, text_width
from dashboard.exports.pptx.ink import BASELINE, MUTED, RULE, fill_xml
from dashboard.exports.pptx.text import SMALLEST, Box, Run, add_text, write
from dashboard.translation import translated, whole_number

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's 'No Style, No Grid'."""
PADDING = 6.0
MOST_LINES = 2
LONGEST_WORDS = 160
NARROWEST = 48.0
REST_HEIGHT = 20.0
FEWEST_ROWS = 1


@dataclass(frozen=True)
class _Fitted:
    """The columns and rows of a table that fit, as words."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[tuple[str, ...], ...]


def add_table(shapes: Any, box: Box, table: pd.DataFrame) -> GraphicFrame:
    """Add the first rows of a table, say how many more there are, and return the table's frame."""
    fitted = _fitted(table, box)
    shown = len(fitted.cells) - 1
    frame: GraphicFrame = shapes.add_table(
        len(fitted.cells),
        len(fitted.widths),
        Pt(box.left),
        Pt(box.top),
        Pt(sum(fitted.widths)),
        Pt(sum(fitted.heights)),
    )
    grid: Any = frame.table
    frame.element.find(".//{*}tableStyleId").text = NO_STYLE
    grid.horz_banding = False
    for column, width in zip(grid.columns, fitted.widths, strict=True):
        column.width = Pt(width)
    for number, (row, height) in enumerate(zip(grid.rows, fitted.heights, strict=True)):
        row.height = Pt(height)
        for cell, words in zip(row.cells, fitted.cells[number], strict=True):
            _set_cell(cell, words, is_head=number == 0)
    if shown < len(table):
        rest = Box(box.left, box.bottom - REST_HEIGHT, box.width, REST_HEIGHT)
        words = translated(
            "{shown} of {number} rows; the CSV and XLSX files hold all of them.",
            shown=shown,
            number=whole_number(len(table)),
        )
        add_text(shapes, rest, [[Run(words, SMALLEST, MUTED)]], "Rows not shown")
    return frame


def _fitted(table: pd.DataFrame, box: Box) -> _Fitted:
    columns = _columns(table, box.width)
    heads = [str(table.columns[column]) for column in columns]
    words = [[_words(value) for value in table.iloc[:, column]] for column in columns]
    widths = _widths(heads, words, box.width)
    columns_of_words = zip(words, widths, strict=True)
    short = [
        [fitted(cell, SMALLEST, width - 2 * PADDING, MOST_LINES) for cell in column]
        for column, width in columns_of_words
    ]
    rows = list(zip(*short, strict=True))
    cells, heights = [tuple(heads)], [_height(heads, widths, "bold")]
    for number, row in enumerate(rows, 1):
        height = _height(row, widths, "regular")
        room = box.height - (REST_HEIGHT if number < len(rows) else 0)
        if sum(heights) + height > room and number > FEWEST_ROWS:
            break
        cells.append(row)
        heights.append(height)
    return _Fitted(tuple(widths), tuple(heights), tuple(cells))


def _columns(table: pd.DataFrame, width: float) -> list[int]:
    """Return the columns that find room, from the first on, without those that are empty."""
    filled = [at for at in range(table.shape[1]) if table.iloc[:, at].notna().any()]
    return filled[: max(2, int(width / 110))] or list(range(min(2, table.shape[1])))


def _words(value: Any) -> str:
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return ""
    if isinstance(value, bool):
        return translated("yes") if value else translated("no")
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return whole_number(int(value))
    words = " ".join(str(value).split())
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1].rstrip() + "…"


def _widths(heads: Sequence[str], words: Sequence[Sequence[str]], room: float) -> list[float]:
    """Return widths of columns: their longest single words, and more for more text."""
    least = [
        max(
            text_width(head, SMALLEST, weight="bold"),
            *(text_width(word, SMALLEST) for cell in column for word in cell.split()),
            NARROWEST,
        )
        + 2 * PADDING
        for head, column in zip(heads, words, strict=True)
    ]
    least = [min(width, room / 2) for width in least]
    wanted = [
        max(0.0, max((text_width(cell, SMALLEST) for cell in column), default=0.0) - width)
        for column, width in zip(words, least, strict=True)
    ]
    usual = [sum(len(cell) for cell in column) / max(1, len(column)) for column in words]
    spare = room - sum(least)
    if spare <= 0 or not sum(wanted):
        return [width * room / sum(least) for width in least]
    shares = [math.sqrt(length * more) for length, more in zip(usual, wanted, strict=True)]
    return [
        width + spare * share / (sum(shares) or 1.0)
        for width, share in zip(least, shares, strict=True)
    ]


def _height(row: Sequence[str], widths: Sequence[float], weight: Weight) -> float:
    lines = max(
        line_count(words, SMALLEST, width - 2 * PADDING, weight=weight)
        for words, width in zip(row, widths, strict=True)
    )
    return lines * SMALLEST * LINE_SPACING + PADDING


def _set_cell(cell: Any, words: str, *, is_head: bool) -> None:
    write(cell.text_frame, [[Run(words, SMALLEST, bold=is_head)]])
    cell.margin_left = cell.margin_right = Pt(PADDING)
    cell.margin_top = cell.margin_bottom = Pt(PADDING / 2)
    ink = BASELINE if is_head else RULE
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(0, parse_xml(f'<a:lnB {nsdecls("a")} w="9525">{fill_xml(ink)}</a:lnB>'))
