"""The workbook inside a slide's chart: what PowerPoint opens at 'Edit data'.

Steps follow the marks that they start from: the points of a line are formulas wherever they stand
at the height of a mark, so that an edited figure moves its step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain
from typing import Any, Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from dashboard.exports.office import day_format, extra_signs_of_a_day
from dashboard.exports.plot.xy_series import Series
from dashboard.translation import translated

DATA_SHEET = "Chart data"
TABLE_SHEET = "Table"
FIRST_ROW = 2


@dataclass(frozen=True)
class Block:
    """Where a series stands in the sheet: two columns, its name above the second.

    Attributes:
        column: Its first column, counted from 0.
        rows: How many rows its range takes: as many as the longest series has points, because
            LibreOffice loses series that are shorter than a later one.
    """

    column: int
    rows: int

    @property
    def name_cell(self) -> str:
        """The cell of the name, as charts refer to it."""
        return f"'{DATA_SHEET}'!${xl_col_to_name(self.column + 1)}$1"

    def cells(self, axis: Literal["x", "y"]) -> str:
        """The cells of the values of an axis, as charts refer to them."""
        column = xl_col_to_name(self.column + (axis == "y"))
        return f"'{DATA_SHEET}'!${column}${FIRST_ROW}:${column}${FIRST_ROW + self.rows - 1}"


@dataclass(frozen=True)
class _MarkCell:
    """A mark that lines of its colour may start from."""

    x: float
    y: float
    x_cell: str
    y_cell: str


def blocks(series: Sequence[Series]) -> list[Block]:
    """Return where each series stands: side by side, its words, if any, behind it."""
    rows = max((len(one.xs) for one in series), default=1)
    placed, column = [], 0
    for one in series:
        placed.append(Block(column, rows))
        column += 3 if one.labels else 2
    return placed


def workbook(
    series: Sequence[Series], table: pd.DataFrame, created: datetime, *, has_days: bool
) -> bytes:
    """Return the workbook: the points of the chart, and the table of what is drawn."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": created})
    formats = {
        "head": book.add_format({"bold": True}),
        "x": book.add_format({"num_format": day_format() if has_days else "#,##0.##"}),
        "y": book.add_format({"num_format": "#,##0.##"}),
    }
    _write_series(book.add_worksheet(DATA_SHEET), series, formats, has_days)
    _write_table(book.add_worksheet(TABLE_SHEET), table, formats)
    book.close()
    return target.getvalue()


def _write_series(
    sheet: Any, series: Sequence[Series], formats: dict[str, Any], has_days: bool
) -> None:
    sheet.freeze_panes(1, 0)
    places = blocks(series)
    marks = _mark_cells(series, places)
    for one, block in zip(series, places, strict=True):
        column = block.column
        sheet.set_column(column, column, 13 + extra_signs_of_a_day())
        sheet.set_column(column + 1, column + 1, 22)
        sheet.write_string(
            0, column, translated("Day") if has_days else translated("Across"), formats["head"]
        )
        sheet.write_string(0, column + 1, one.name, formats["head"])
        if one.labels:
            sheet.set_column(column + 2, column + 2, 22)
            sheet.write_string(0, column + 2, translated("Words"), formats["head"])
        for at, (x, y) in enumerate(zip(one.xs, one.ys, strict=True)):
            start = _start_of(one, x, y, marks)
            _write_point(sheet, at + FIRST_ROW - 1, column, (x, y), start, formats)
            if at in one.labels:
                words = " ".join(one.labels[at].lines)
                sheet.write_string(at + FIRST_ROW - 1, column + 2, words)


def _write_point(
    sheet: Any,
    row: int,
    column: int,
    point: tuple[float, float | None],
    start: _MarkCell | None,
    formats: dict[str, Any],
) -> None:
    x, y = point
    if start and math.isclose(start.x, x):
        sheet.write_formula(row, column, f"={start.x_cell}", formats["x"], x)
    else:
        sheet.write_number(row, column, x, formats["x"])
    if y is None:
        return
    if start:
        sheet.write_formula(row, column + 1, f"={start.y_cell}", formats["y"], y)
    else:
        sheet.write_number(row, column + 1, y, formats["y"])


def _mark_cells(series: Sequence[Series], places: Sequence[Block]) -> dict[str, list[_MarkCell]]:
    """Return the marks of each colour, the series of marks only."""
    cells: dict[str, list[_MarkCell]] = {}
    for one, block in zip(series, places, strict=True):
        if one.line or one.is_helper:
            continue
        for at, (mark, x, y) in enumerate(zip(one.marks, one.xs, one.ys, strict=False)):
            if mark and y is not None:
                row = at + FIRST_ROW - 1
                names = (xl_rowcol_to_cell(row, block.column + side) for side in (0, 1))
                cells.setdefault(mark.edge, []).append(_MarkCell(x, y, *names))
    return cells


def _start_of(
    one: Series, x: float, y: float | None, marks: dict[str, list[_MarkCell]]
) -> _MarkCell | None:
    """Return the mark from which a point follows, if it does.

    For a point of a line, the latest mark of its colour at its height, at it or before it; for a
    point that only helps to draw, the mark that stands there.
    """
    if y is None or not (one.line or one.is_helper):
        return None
    near = marks.get(one.line.colour, []) if one.line else [*chain.from_iterable(marks.values())]
    level = [cell for cell in near if math.isclose(cell.y, y)]
    if one.line:
        return max(
            (cell for cell in level if cell.x <= x + 1e-9), key=lambda cell: cell.x, default=None
        )
    return next((cell for cell in level if math.isclose(cell.x, x)), None)


def _write_table(sheet: Any, table: pd.DataFrame, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(table.columns):
        sheet.write_string(0, column, str(heading), formats["head"])
        sheet.set_column(column, column, 18)
        for row, value in enumerate(table[heading], 1):
            _write_cell(sheet, row, column, value)


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """Write a value as what it is; texts never become formulas."""
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) or hasattr(value, "dtype"):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, str(value))
