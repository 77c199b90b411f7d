"""A chart as an Excel workbook: chart, table, sources, and what one must know about them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard.captioned import CaptionedChart
from dashboard.citation import AUTHORS
from dashboard.exports.caption import (
    LICENCE_ADDRESS,
    Caption,
    CitedDocument,
    version_in_words,
    web_address,
)
from dashboard.exports.office import day_format, east_asian_font, extra_signs_of_a_day
from dashboard.exports.plot.plotted import plotted_chart
from dashboard.exports.tabular import FORMULA_STARTS, PlainValue, plain_rows
from dashboard.exports.xlsx_chart import TableCells, add_chart, date_number
from dashboard.periods import parse_period
from dashboard.translation import (
    any_number,
    caption_language,
    message,
    translated,
    translated_plural,
)

CREATED = datetime(2024, 1, 1)
"""Written as the day of creation, so that the same content gives the same bytes."""
LONGEST_LINK = 2_079
"""Excel drops longer ones."""
WIDEST_COLUMN = 70
CHART_COLUMN = 150
ABOUT_COLUMN = 110
"""Widths in signs of the columns that hold sentences."""
ROW_PIXELS = 20
LINE_POINTS = 13
FONT = "Arial"

_PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_HOW_TO_EDIT = message(
    "The chart draws the figures of its table: change one there and the chart follows. The sheet "
    "of chart data holds the formulas that turn figures into steps."
)
_NO_CHART = message(
    "Excel draws no chart of this kind: the table holds what the picture shows. Take the "
    "picture as PNG, SVG, PDF or PowerPoint."
)


@dataclass(frozen=True)
class _Looks:
    """The formats of the workbook's cells."""

    heading: Any
    text: Any
    formula_like: Any
    whole: Any
    decimal: Any
    day: Any
    part_of_date: Any
    link: Any
    words: Any
    muted: Any
    label: Any
    marking: Any


def xlsx_bytes(chart: CaptionedChart, caption: Caption) -> bytes:
    """Return a workbook with the sheets Chart, Table, Sources, About and Chart data.

    Maps and other figures without a time axis have no native chart, so the first and the last
    sheet are left out. The same chart and caption give the same bytes.
    """
    with caption_language(caption.language):
        return _workbook(chart, caption)


def _workbook(chart: CaptionedChart, caption: Caption) -> bytes:
    buffer = io.BytesIO()
    book = _new_book(buffer, caption, caption.title)
    looks = _looks(book)
    plotted = plotted_chart(chart.figure)
    chart_sheet = book.add_worksheet(translated("Chart")) if plotted else None
    cells = _write_table(book.add_worksheet(translated("Table")), chart.table, looks)
    _write_sources(book.add_worksheet(translated("Sources")), [caption], looks)
    _write_about(
        book.add_worksheet(translated("About")), caption, looks, has_chart=plotted is not None
    )
    if plotted and chart_sheet:
        data_sheet = book.add_worksheet(translated("Chart data"))
        native, height = add_chart(book, data_sheet, plotted, cells, caption)
        _write_chart_sheet(chart_sheet, caption, looks, native, height)
    for sheet in book.worksheets():
        _set_up_page(sheet, caption)
    book.close()
    return buffer.getvalue()


def workbook_of(
    charts: Sequence[CaptionedChart],
    captions: Sequence[Caption],
    *,
    title: str,
    subtitle: str = "",
) -> bytes:
    """Return a workbook of several charts: what is in it, each chart with its table, all sources.

    The sheets of the third chart are called '3 chart', '3 table' and '3 data'. The same charts and
    captions give the same bytes.
    """
    with caption_language(captions[0].language):
        return _workbook_of(charts, captions, title, subtitle)


def _workbook_of(
    charts: Sequence[CaptionedChart], captions: Sequence[Caption], title: str, subtitle: str
) -> bytes:
    buffer = io.BytesIO()
    book = _new_book(buffer, captions[0], title)
    looks = _looks(book)
    _write_contents(book.add_worksheet(translated("Contents")), captions, looks, title, subtitle)
    drawn = []
    chart_name, table_name = translated("chart"), translated("table")
    about_name, data_name = translated("about"), translated("data")
    for number, (chart, caption) in enumerate(zip(charts, captions, strict=True), 1):
        plotted = plotted_chart(chart.figure)
        chart_sheet = book.add_worksheet(f"{number} {chart_name}") if plotted else None
        cells = _write_table(book.add_worksheet(f"{number} {table_name}"), chart.table, looks)
        drawn.append((number, caption, plotted, chart_sheet, cells))
    _write_sources(book.add_worksheet(translated("Sources")), captions, looks)
    for number, caption, plotted, _, _ in drawn:
        about = book.add_worksheet(f"{number} {about_name}")
        _write_about(about, caption, looks, has_chart=plotted is not None)
    for number, caption, plotted, chart_sheet, cells in drawn:
        if plotted and chart_sheet:
            data_sheet = book.add_worksheet(f"{number} {data_name}")
            native, height = add_chart(book, data_sheet, plotted, cells, caption)
            _write_chart_sheet(chart_sheet, caption, looks, native, height)
    for sheet in book.worksheets():
        _set_up_page(sheet, captions[0])
    book.close()
    return buffer.getvalue()


def _font() -> str:
    return east_asian_font() or FONT


def _new_book(buffer: io.BytesIO, caption: Caption, title: str) -> Any:
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": _font(), "font_size": 10},
        },
    )
    book.set_properties(
        {
            "title": title,
            "subject": caption.subtitle,
            "author": AUTHORS,
            "comments": f"{caption.as_known}. {caption.version_line}.",
            "created": CREATED,
        }
    )
    return book


def _looks(book: Any) -> _Looks:
    def look(**properties: Any) -> Any:
        usual = {"font_name": _font(), "font_size": 10, "valign": "top"}
        return book.add_format({**usual, **properties})

    return _Looks(
        heading=look(bold=True, bg_color="#E9EFF4", bottom=1, text_wrap=True, indent=1),
        text=look(text_wrap=True, indent=1),
        formula_like=look(text_wrap=True, indent=1, quote_prefix=True),
        whole=look(num_format="#,##0"),
        decimal=look(num_format="#,##0.0"),
        day=look(num_format=day_format(), align="left", indent=1),
        part_of_date=look(num_format="@", align="left", indent=1),
        link=look(font_color="#1144BB", underline=1),
        words=look(text_wrap=True),
        muted=look(font_color="#5C6A75", text_wrap=True),
        label=look(bold=True),
        marking=look(bold=True, font_size=12, align="right"),
    )


# ------------------------------------------------------------------ table


def _write_table(sheet: Any, table: pd.DataFrame, looks: _Looks) -> TableCells:
    """Write the table with types, and return where its cells stand."""
    rows = plain_rows(table)
    headings = [str(heading) for heading in table.columns]
    for column, heading in enumerate(headings):
        cells = [row[column] for row in rows]
        sheet.write_string(0, column, heading, looks.heading)
        sheet.set_column(column, column, _width(heading, cells))
        _write_column(sheet, column, cells, looks)
    for number, row in enumerate(rows, 1):
        lines = max((_lines(cell, WIDEST_COLUMN) for cell in row), default=1)
        sheet.set_row(number, LINE_POINTS * lines)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 0)
    if headings:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.repeat_rows(0)
    return TableCells(_quoted(sheet.get_name()), tuple(headings), tuple(tuple(row) for row in rows))


def _quoted(name: str) -> str:
    """Return the name of a sheet as formulas need it."""
    return name if name.isalpha() else f"'{name}'"


def _write_column(sheet: Any, column: int, cells: list[PlainValue], looks: _Looks) -> None:
    given = [cell for cell in cells if cell is not None]
    is_dates = bool(given) and all(_is_period(cell) for cell in given)
    is_whole = all(float(cell).is_integer() for cell in given if isinstance(cell, (int, float)))
    for row, cell in enumerate(cells, 1):
        if isinstance(cell, bool):
            sheet.write_string(
                row, column, translated("yes") if cell else translated("no"), looks.text
            )
        elif isinstance(cell, (int, float)):
            sheet.write_number(row, column, cell, looks.whole if is_whole else looks.decimal)
        elif isinstance(cell, str) and is_dates:
            _write_period(sheet, row, column, cell, looks)
        elif isinstance(cell, str):
            _write_text(sheet, row, column, cell, looks)


def _write_text(sheet: Any, row: int, column: int, text: str, looks: _Looks) -> None:
    """Write text as text, whatever it begins with, also after a reader edits the cell."""
    is_formula_like = text.startswith(FORMULA_STARTS)
    sheet.write_string(row, column, text, looks.formula_like if is_formula_like else looks.text)


def _write_period(sheet: Any, row: int, column: int, period: str, looks: _Looks) -> None:
    """Write a full day as a date; a month or a year stays text, so that it gets no sharper."""
    if parse_period(period).is_day:
        sheet.write_number(row, column, date_number(period), looks.day)
    else:
        sheet.write_string(row, column, period, looks.part_of_date)


def _is_period(cell: PlainValue) -> bool:
    return isinstance(cell, str) and _PERIOD.fullmatch(cell) is not None


def _width(heading: str, cells: Iterable[PlainValue]) -> float:
    given = [cell for cell in cells if cell is not None]
    longest = max((_visible_length(cell) for cell in given), default=0)
    if given and all(_is_period(cell) for cell in given):
        longest += extra_signs_of_a_day()
    return min(max(longest, _visible_length(heading) + 3) + 2, WIDEST_COLUMN)


def _lines(cell: PlainValue, width: int) -> int:
    """Return how many lines a value takes in a column of a width."""
    return max(1, -(-_visible_length(cell) // width)) if cell is not None else 1


def _visible_length(cell: PlainValue) -> int:
    """Return the number of columns that a value takes; signs of East Asia take two."""
    text = any_number(cell) if isinstance(cell, (int, float)) else str(cell)
    return sum(2 if ord(sign) >= 0x1100 else 1 for sign in text)


# ------------------------------------------------------------------ sources and words


def _write_contents(
    sheet: Any, captions: Sequence[Caption], looks: _Looks, title: str, subtitle: str
) -> None:
    """Write the sheet that opens first: the title, what is in the workbook, what holds for all."""
    first = captions[0]
    lines = [
        (title, looks.label),
        (subtitle, looks.words),
        (first.as_known, looks.words),
        *((f"{number}. {one.title}", looks.words) for number, one in enumerate(captions, 1)),
        (f"{first.version_line}. {first.licence}", looks.muted),
    ]
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, CHART_COLUMN)
    sheet.write_string(0, 0, first.marking, looks.marking)
    lines = [(words, look) for words, look in lines if words]
    for row, (words, look) in enumerate(lines, 1):
        _write_lines(sheet, row, 0, words, look, CHART_COLUMN)
    sheet.write_string(len(lines) + 1, 0, first.marking, looks.marking)
    sheet.print_area(1, 0, len(lines), 0)
    sheet.fit_to_pages(1, 1)


def _write_sources(sheet: Any, captions: Sequence[Caption], looks: _Looks) -> None:
    """Write all documents; those of several charts stand chart by chart, each with its numbers."""
    columns = {
        translated("No."): 6,
        translated("Publisher"): 28,
        translated("Published"): 14 + extra_signs_of_a_day(),
        translated("Language"): 22,
        translated("Title"): WIDEST_COLUMN,
        translated("Link"): 60,
        translated("Archived copy"): 40,
    }
    if len(captions) > 1:
        columns[translated("Chart")] = 8
    for column, (heading, width) in enumerate(columns.items()):
        sheet.write_string(0, column, heading, looks.heading)
        sheet.set_column(column, column, width)
    rows = [
        (number, document)
        for number, caption in enumerate(captions, 1)
        for document in caption.documents
    ]
    for row, (number, document) in enumerate(rows, 1):
        _write_document(sheet, row, document, looks)
        if len(captions) > 1:
            sheet.write_number(row, len(columns) - 1, number, looks.whole)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.repeat_rows(0)


def _write_document(sheet: Any, row: int, document: CitedDocument, looks: _Looks) -> None:
    sheet.set_row(row, LINE_POINTS * _lines(document.title, WIDEST_COLUMN))
    sheet.write_number(row, 0, document.number, looks.whole)
    _write_text(sheet, row, 1, document.publisher, looks)
    if document.published_on:
        _write_period(sheet, row, 2, document.published_on, looks)
    else:
        sheet.write_string(row, 2, document.published, looks.text)
    _write_text(sheet, row, 3, document.language, looks)
    _write_text(sheet, row, 4, document.title, looks)
    _write_link(sheet, row, 5, document.link, looks)
    _write_link(sheet, row, 6, document.archived_link, looks)


def _write_link(sheet: Any, row: int, column: int, address: str, looks: _Looks) -> None:
    """Write an address of the web as a link; any other, or one too long for Excel, as text."""
    if web_address(address) and len(address) <= LONGEST_LINK:
        sheet.write_url(row, column, address, looks.link, string=address)
    elif address:
        _write_text(sheet, row, column, address, looks)


def _write_about(sheet: Any, caption: Caption, looks: _Looks, *, has_chart: bool) -> None:
    facts = [
        (translated("Title"), caption.title),
        (translated("Selection"), caption.subtitle),
        (translated("As known on"), caption.as_known),
        (translated("What it shows"), caption.alt),
        (translated("Origins"), caption.origins),
        *((translated("Warning"), warning) for warning in caption.warnings),
        (translated("Chart"), translated(_HOW_TO_EDIT if has_chart else _NO_CHART)),
        (translated("Method"), caption.method),
        (translated("Data version"), caption.data_version),
        (translated("Licence"), caption.licence),
        (translated("Licence text"), LICENCE_ADDRESS),
        (translated("Cite as"), caption.citation),
        (translated("Same view"), caption.permalink),
        (translated("Handling"), caption.marking),
    ]
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, ABOUT_COLUMN)
    sheet.write_string(0, 1, caption.marking, looks.marking)
    row = 1
    for name, words in facts:
        if not words:
            continue
        sheet.write_string(row, 0, name, looks.label)
        if web_address(words):
            _write_link(sheet, row, 1, words, looks)
        else:
            _write_lines(sheet, row, 1, words, looks.text, ABOUT_COLUMN)
        row += 1


def _write_chart_sheet(
    sheet: Any, caption: Caption, looks: _Looks, native: Any, height: int
) -> None:
    """Write the sheet that opens first: the chart with its finding, and what stands behind it.

    The marking stands in cells for the screen; on paper it is in the header and the footer.
    """
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, CHART_COLUMN)
    sheet.write_string(0, 0, caption.marking, looks.marking)
    sheet.insert_chart(1, 0, native, {"x_offset": 4, "y_offset": 6, "description": caption.alt})
    lines = [
        (f"{caption.subtitle} · {caption.as_known}", looks.words),
        (caption.origins, looks.label),
        *((f"▸ {warning}", looks.words) for warning in caption.warnings),
        (caption.source_line, looks.muted),
        (
            translated_plural(
                "All {number} document: see the sheet Sources.",
                "All {number} documents: see the sheet Sources.",
                len(caption.documents),
            ),
            looks.muted,
        ),
        (caption.version_line, looks.muted),
        (caption.permalink, looks.muted),
    ]
    row = 2 + -(-height // ROW_PIXELS)
    for words, look in lines:
        if words:
            _write_lines(sheet, row, 0, words, look, CHART_COLUMN)
            row += 1
    sheet.write_string(row, 0, caption.marking, looks.marking)
    sheet.print_area(1, 0, row - 1, 0)
    sheet.fit_to_pages(1, 1)


def _write_lines(sheet: Any, row: int, column: int, words: str, look: Any, width: int) -> None:
    """Write text in a row that is as high as its lines need: not every program counts them."""
    sheet.set_row(row, LINE_POINTS * _lines(words, width) + 2)
    sheet.write_string(row, column, words, look)


def _set_up_page(sheet: Any, caption: Caption) -> None:
    marking = f'&R&"{_font()},Bold"&12 {caption.marking.replace("&", "&&")}'
    sheet.set_header(marking)
    sheet.set_footer(f"&L&8{version_in_words(caption.data_version)}&C&8&P / &N{marking}")
    sheet.set_landscape()
    sheet.set_paper(9)
