"""The native chart of a workbook: an XY scatter chart whose points are formulas on the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from dashboard.exports.caption import Caption
from dashboard.exports.office import day_format, extra_signs_of_a_day, month_format
from dashboard.exports.plot.plotted import DirectLabel, PlottedChart, PlottedSeries, Point
from dashboard.exports.tabular import PlainValue
from dashboard.translation import message, translated

WIDTH = 1_020
HEIGHT = 520
ROW_HEIGHT = 24
FIRST_ROW = 2
"""Rows above the points of a series on the sheet of chart data: its name, and the headings."""
MOST_TICKS = 8
DAYS_A_MONTH = 30.4375

_INK, _MUTED, _GRID = "#23303A", "#5C6A75", "#E8ECEF"
_MARKERS = {
    "circle": "circle",
    "triangle-up": "triangle",
    "triangle-down": "square",
    "diamond": "diamond",
    "x-thin": "x",
    "star": "star",
    "line-ew": "long_dash",
}
_KEY_SIGNS = str.maketrans({"▼": "■", "▽": "□"})
"""Excel has no triangle that points down, so its charts and their keys have squares instead."""
_SYMBOL_WORDS = {
    "triangle-up": message("at least"),
    "triangle-down": message("up to"),
    "diamond": message("range"),
}
_KIND_WORDS = {
    "marks": message("Marks"),
    "steps": message("Steps"),
    "lines": message("Lines"),
}


@dataclass(frozen=True)
class TableCells:
    """Where the cells of the table stand, for formulas.

    Attributes:
        sheet: Name of the sheet.
        headings: Its columns.
        rows: Its rows as plain values; the first stands in row 2 of the sheet.
    """

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[PlainValue, ...], ...]

    def figure_cell(self, claim_id: str, figure: float) -> str:
        """Return the cell that holds a claim's figure; empty where the table has none."""
        return self._cell(claim_id, lambda value: _is_number(value) and value == figure)

    def day_cell(self, claim_id: str, day: date) -> str:
        """Return the cell that holds a claim's day; empty where the table has it not as a day."""
        return self._cell(claim_id, lambda value: value == day.isoformat())

    def _cell(self, claim_id: str, is_wanted: Any) -> str:
        if not claim_id or translated("Claim") not in self.headings:
            return ""
        at = self.headings.index(translated("Claim"))
        for number, row in enumerate(self.rows, 1):
            if row[at] != claim_id:
                continue
            for column, value in enumerate(row):
                if is_wanted(value):
                    return f"{self.sheet}!{xl_rowcol_to_cell(number, column)}"
        return ""


def _is_number(value: PlainValue) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def date_number(moment: datetime | str) -> float:
    """Return a moment, or a day written YYYY-MM-DD, as Excel counts: days since 30 Dec 1899."""
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return (moment - datetime(1899, 12, 30)).total_seconds() / 86_400


def add_chart(
    book: Any, sheet: Any, plotted: PlottedChart, cells: TableCells, caption: Caption
) -> tuple[Any, int]:
    """Write the points on a sheet, and return the chart that draws them with its height in pixels.

    Each series has three columns: date, figure, and how far its range reaches above, if it has
    one. Dates and figures that the table holds are formulas on it, also at the corners of steps.
    """
    day = book.add_format({"num_format": day_format(), "align": "left"})
    whole = book.add_format({"num_format": "#,##0.##"})
    heading = book.add_format({"bold": True})
    native = book.add_chart({"type": "scatter", "subtype": "straight"})
    labels = list(plotted.labels)
    for number, series in enumerate(plotted.series):
        column = 3 * number
        name = _series_name(series)
        sheet.write_string(0, column, name, heading)
        has_range = any(point.above for point in series.drawn)
        headings = [translated("Date"), translated("Figure")]
        if has_range:
            headings.append(translated("Range above"))
        for offset, words in enumerate(headings):
            sheet.write_string(1, column + offset, words, heading)
        sheet.set_column(column, column, 14 + extra_signs_of_a_day())
        for row, point in enumerate(series.points, FIRST_ROW):
            if point:
                _write_point(sheet, row, column, point, cells, day, whole)
        native.add_series(_series(sheet.get_name(), column, series, labels))
    if plotted.rows:
        _add_row_names(sheet, native, 3 * len(plotted.series), plotted, day, heading)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.fit_to_pages(1, 0)
    height = 150 + ROW_HEIGHT * len(plotted.rows) if plotted.rows else HEIGHT
    _lay_out(native, plotted, caption, height)
    return native, height


def _series_name(series: PlottedSeries) -> str:
    words = translated(_SYMBOL_WORDS[series.symbol]) if series.symbol in _SYMBOL_WORDS else ""
    if series.is_dotted:
        words = translated("not restated")
    name = series.name or translated(_KIND_WORDS[series.kind])
    return f"{name}: {words}" if words else name


def _write_point(
    sheet: Any, row: int, column: int, point: Point, cells: TableCells, day: Any, whole: Any
) -> None:
    moment = date_number(point.x)
    day_cell = cells.day_cell(point.day_of, point.x.date())
    figure_cell = cells.figure_cell(point.figure_of, point.y)
    if day_cell:
        sheet.write_formula(row, column, f"={day_cell}", day, moment)
    else:
        sheet.write_number(row, column, moment, day)
    if figure_cell:
        sheet.write_formula(row, column + 1, f"={figure_cell}", whole, point.y)
    else:
        sheet.write_number(row, column + 1, point.y, whole)
    if point.above:
        top_cell = cells.figure_cell(point.figure_of, point.y + point.above)
        if figure_cell and top_cell:
            formula = f"={top_cell}-{figure_cell}"
            sheet.write_formula(row, column + 2, formula, whole, point.above)
        else:
            sheet.write_number(row, column + 2, point.above, whole)


def _range(sheet_name: str, column: int, count: int) -> str:
    last = FIRST_ROW + count - 1
    return f"='{sheet_name}'!{xl_range_abs(FIRST_ROW, column, last, column)}"


def _series(
    sheet_name: str, column: int, series: PlottedSeries, labels: Sequence[DirectLabel]
) -> dict[str, Any]:
    count = len(series.points)
    options: dict[str, Any] = {
        "name": f"='{sheet_name}'!{xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)}",
        "categories": _range(sheet_name, column, count),
        "values": _range(sheet_name, column + 1, count),
        **(_mark(series) if series.kind == "marks" else _line(series)),
    }
    if any(point.above for point in series.drawn):
        options["y_error_bars"] = {
            "type": "custom",
            "direction": "plus",
            "plus_values": _range(sheet_name, column + 2, count),
            "line": {"color": series.colour, "width": 1.25},
        }
    data_labels = _data_labels(series, labels)
    return {**options, "data_labels": data_labels} if data_labels else options


def _mark(series: PlottedSeries) -> dict[str, Any]:
    fill = {"color": _pale(series.colour) if series.is_hollow else series.colour}
    return {
        "line": {"none": True},
        "marker": {
            "type": _MARKERS.get(series.symbol, "circle"),
            "size": max(3, round(series.width * 0.8)),
            "fill": fill,
            "border": {"color": series.colour, "width": 1.5},
        },
    }


def _pale(colour: str) -> str:
    """Return a colour a quarter as strong: LibreOffice draws no outline around a white mark."""
    shares = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{255 - (255 - share) // 4:02X}" for share in shares)


def _line(series: PlottedSeries) -> dict[str, Any]:
    line = {"color": series.colour, "width": series.width * 0.75}
    if series.is_dotted:
        line["dash_type"] = "round_dot"
    if series.is_faint:
        line["transparency"] = 65
    return {"line": line, "marker": {"type": "none"}}


def _data_labels(series: PlottedSeries, labels: Sequence[DirectLabel]) -> dict[str, Any]:
    """Return the words beside points: the texts of the series, or the names that stand there."""
    if any(point.text for point in series.drawn):
        return _custom_labels([point.text if point else "" for point in series.points], "right")
    if series.kind != "marks":
        return {}
    here = {(label.x, label.y, label.colour): label for label in labels}
    found = [
        here.get((point.x, point.y, series.colour)) if point else None for point in series.points
    ]
    named = [label for label in found if label]
    if not named:
        return {}
    texts = [label.text if label else "" for label in found]
    return _custom_labels(texts, named[-1].side, named[-1].colour)


def _custom_labels(
    texts: Iterable[str], side: str, colour: str = _INK, *, bold: bool = True
) -> dict[str, Any]:
    font = {"color": colour, "bold": bold, "size": 10}
    return {
        "value": True,
        "position": side,
        "font": font,
        "custom": [{"value": text, "font": font} if text else {"delete": True} for text in texts],
    }


def _add_row_names(
    sheet: Any, native: Any, column: int, plotted: PlottedChart, day: Any, heading: Any
) -> None:
    """Add points without marks at the left end of each row, to bear the rows' names."""
    sheet.write_string(0, column, translated("Names of the rows"), heading)
    for at in range(len(plotted.rows)):
        sheet.write_number(FIRST_ROW + at, column, date_number(plotted.start), day)
        sheet.write_number(FIRST_ROW + at, column + 1, at + 1)
    count = len(plotted.rows)
    native.add_series(
        {
            "name": translated("Names of the rows"),
            "categories": _range(sheet.get_name(), column, count),
            "values": _range(sheet.get_name(), column + 1, count),
            "line": {"none": True},
            "marker": {"type": "none"},
            "data_labels": _custom_labels(plotted.rows, "left", bold=False),
        }
    )


def _lay_out(native: Any, plotted: PlottedChart, caption: Caption, height: int) -> None:
    native.set_size({"width": WIDTH, "height": height})
    native.set_title(
        {
            "name": caption.title,
            "name_font": {"size": 13, "bold": True, "color": _INK},
            "overlay": False,
        }
    )
    native.set_legend({"none": True})
    native.show_blanks_as("gap")
    native.set_chartarea({"border": {"none": True}})
    quiet = {"color": _MUTED, "size": 9}
    words = [plotted.key.translate(_KEY_SIGNS), caption.as_known, caption.version_line]
    native.set_x_axis(
        {
            **_time_axis(plotted.start, plotted.end),
            "name": " · ".join(part for part in words if part),
            "name_font": {"size": 8, "bold": False, "color": _MUTED},
            "num_font": quiet,
            "line": {"color": "#84919B"},
            "major_gridlines": {"visible": False},
        }
    )
    if plotted.rows:
        native.set_y_axis(
            {
                "min": 0.5,
                "max": len(plotted.rows) + 0.5,
                "visible": False,
                "major_gridlines": {"visible": False},
            }
        )
        native.set_plotarea(
            {"layout": {"x": 0.3, "y": 56 / height, "width": 0.6, "height": 1 - 125 / height}}
        )
        return
    native.set_y_axis(
        {
            "min": 0,
            "num_format": "#,##0",
            "num_font": quiet,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": _GRID, "width": 0.75}},
        }
    )


def _time_axis(start: datetime, end: datetime) -> dict[str, Any]:
    """Return the ends of the time axis and a step of months, with at most eight ticks.

    Excel steps by days: ticks drift by a day or two within their months, so the axis begins on the
    fifth of one.
    """
    year, month = (start.year, start.month - 1) if start.month > 1 else (start.year - 1, 12)
    first = start.replace(day=1) if start.day > 5 else datetime(year, month, 1)
    first = datetime(first.year, first.month, 5)
    months = (end - first).days / DAYS_A_MONTH
    step = next((step for step in (1, 2, 3, 6, 12) if months / step <= MOST_TICKS), 24)
    return {
        "min": date_number(first),
        "max": round(date_number(end)),
        "major_unit": step * DAYS_A_MONTH,
        "num_format": month_format(),
    }
