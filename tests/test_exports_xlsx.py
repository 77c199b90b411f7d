"""Workbooks, opened again with another library."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from dashboard.exports.caption import caption_of
from dashboard.exports.formats import ExportError, ExportFormat, export_chart
from dashboard.exports.xlsx import xlsx_bytes
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart
from dashboard.figures.voyages import sightings_chart, trip_totals_chart
from dashboard.schema import Item
from dashboard.selection import Selection

FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def chart(dataset):
    return growth_chart(dataset, Selection(), "light")


def written(chart, **words) -> bytes:
    return xlsx_bytes(chart, caption_of(chart, **words))


def opened(chart, *, values: bool = True, **words):
    return openpyxl.load_workbook(io.BytesIO(written(chart, **words)), data_only=values)


def part(chart, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(written(chart))) as archive:
        return archive.read(name).decode()


@pytest.fixture(scope="module")
def book(chart):
    return opened(chart)


@pytest.fixture(scope="module")
def formulas(chart):
    return opened(chart, values=False)


def cells_of(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# ------------------------------------------------------------------ table


def test_a_workbook_holds_chart_table_sources_words_and_points(book):
    assert book.sheetnames == ["Chart", "Table", "Sources", "About", "Chart data"]


def test_the_table_of_the_workbook_is_the_table_of_the_chart(book, chart):
    heading, *rows = cells_of(book["Table"])
    assert heading == list(chart.table.columns)
    assert len(rows) == len(chart.table)
    for row, given in zip(rows, chart.table.itertuples(index=False), strict=True):
        for cell, value in zip(row, given, strict=True):
            if pd.isna(value):
                assert cell is None
            elif isinstance(cell, datetime):
                assert cell.date().isoformat() == value
            else:
                assert cell == value


def test_a_full_day_is_a_date_and_a_month_stays_text(book, chart):
    cells = [row[0].value for row in book["Table"].iter_rows(min_row=2)]
    is_day = [FULL_DAY.fullmatch(text) is not None for text in chart.table["Stated on"]]
    assert [isinstance(cell, datetime) for cell in cells] == is_day
    assert not all(is_day)


def test_a_missing_bound_is_an_empty_cell(book, chart):
    column = list(chart.table.columns).index("High")
    empty = [row[column].value is None for row in book["Table"].iter_rows(min_row=2)]
    assert empty == list(chart.table["High"].isna())


def test_numbers_have_separators_and_the_header_stays_in_sight(book, chart):
    sheet = book["Table"]
    assert sheet.cell(2, list(chart.table.columns).index("Low") + 1).number_format == "#,##0"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:K{len(chart.table) + 1}"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_text_that_looks_like_a_formula_stays_text(chart, text):
    table = chart.table.head(1).assign(**{"What was said": text})
    sheet = opened(replace(chart, table=table), values=False)["Table"]
    cell = sheet.cell(2, list(table.columns).index("What was said") + 1)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_no_formula_stands_in_a_sheet_of_words(formulas):
    for name in ("Chart", "Table", "Sources", "About"):
        assert all(cell.data_type != "f" for row in formulas[name].iter_rows() for cell in row)


# ------------------------------------------------------------------ chart


def test_the_chart_has_a_series_for_each_block_of_points(book, chart):
    names = [cell.value for cell in book["Chart data"][1] if cell.value]
    xml = part(chart, "xl/charts/chart1.xml")
    assert xml.count("<c:ser>") == len(names)
    assert "<c:scatterChart>" in xml
    assert {"Washington", "Seoul (MND, DIA)", "Denials and admissions"} <= set(names)


def test_the_chart_has_the_colours_of_the_figure(chart):
    xml = part(chart, "xl/charts/chart1.xml")
    for trace in chart.figure.data:
        if trace.mode == "lines":
            assert f'<a:srgbClr val="{trace.line.color.lstrip("#").upper()}"/>' in xml


def test_every_figure_of_the_chart_is_a_formula_on_the_table(formulas):
    figures = [
        cell.value
        for column in formulas["Chart data"].iter_cols(min_row=2)
        if column[0].value == "Figure"
        for cell in column[1:]
        if cell.value not in (None, 0)
    ]
    assert figures
    assert all(re.fullmatch(r"=Table!\$?[A-Z]\$?\d+", str(figure)) for figure in figures)


def test_every_formula_holds_the_value_of_its_cell(book, formulas):
    table = book["Table"]
    checked = 0
    for row in formulas["Chart data"].iter_rows(min_row=3):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("=Table!"):
                shown = book["Chart data"][cell.coordinate].value
                assert shown == table[cell.value.removeprefix("=Table!")].value
                checked += 1
    assert checked > 100


def test_the_chart_bears_title_and_alternative_text(chart):
    assert chart.title in part(chart, "xl/charts/chart1.xml")
    assert chart.alt[:60] in part(chart, "xl/drawings/drawing1.xml")


def test_a_range_is_drawn_as_an_error_bar(dataset):
    shells = growth_chart(dataset, Selection(item=Item.SHELLS_ANY), "light")
    has_range = (shells.table["Low"] < shells.table["High"]).fillna(False).any()
    assert has_range == ("<c:errBars>" in part(shells, "xl/charts/chart1.xml"))


def test_a_map_has_a_table_and_says_why_no_chart(dataset):
    routes = routes_chart(dataset, main_route_ids(dataset), "light")
    book = opened(routes)
    assert book.sheetnames == ["Table", "Sources", "About"]
    about = [cell for row in cells_of(book["About"]) for cell in row if cell]
    assert any("Excel draws no chart of this kind" in str(cell) for cell in about)


@pytest.mark.parametrize("make", [trip_totals_chart, sightings_chart])
def test_a_chart_with_named_rows_names_them(dataset, make):
    chart = make(dataset, "light")
    xml = part(chart, "xl/charts/chart1.xml")
    first = next(name for name in chart.figure.data[0].y)
    assert first.strip() in xml


def test_an_empty_selection_makes_a_workbook_too(dataset):
    nothing = growth_chart(dataset, Selection(text="no claim says this"), "light")
    assert "Table" in opened(nothing).sheetnames


# ------------------------------------------------------------------ proof


def test_every_document_is_listed_with_its_link(book, chart):
    _, *rows = cells_of(book["Sources"])
    assert [row[0] for row in rows] == list(range(1, len(chart.sources) + 1))
    assert [row[5] for row in rows] == list(chart.sources["url"])


def test_links_lead_to_the_web_only(chart):
    sources = chart.sources.head(3).assign(
        url=["javascript:alert(1)", "ftp://example.org/a", "https://example.org/a"],
        archived_url=None,
    )
    sheet = opened(replace(chart, sources=sources))["Sources"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["https://example.org/a"]


def test_a_link_too_long_for_excel_is_text(chart):
    address = "https://example.org/" + "a" * 2_100
    sheet = opened(replace(chart, sources=chart.sources.head(1).assign(url=address)))["Sources"]
    assert sheet["F2"].value == address
    assert sheet["F2"].hyperlink is None


def test_the_words_around_the_chart_are_on_the_sheet_about(chart):
    book = opened(chart, marking="대외비", permalink="/timeline?item=containers")
    facts = [(row[0], row[1]) for row in cells_of(book["About"])]
    caption = caption_of(chart)
    for fact in (
        ("Title", chart.title),
        ("Selection", chart.subtitle),
        ("As known on", chart.as_known),
        ("Data version", chart.data_version),
        ("Licence", caption.licence),
        ("Cite as", caption.citation),
        ("Method", caption.method),
        ("Same view", "/timeline?item=containers"),
        ("Handling", "대외비"),
        *(("Warning", warning) for warning in caption.warnings),
    ):
        assert fact in facts


def test_the_marking_is_on_top_and_bottom_of_every_sheet(chart):
    for sheet in opened(chart, marking="R&D only").worksheets:
        assert sheet.oddHeader.right.text.strip() == "R&&D only"
        assert sheet.oddFooter.right.text.strip() == "R&&D only"


def test_the_same_content_gives_the_same_bytes(chart):
    assert written(chart) == written(chart)


def test_a_frozen_chart_says_its_day(chart):
    frozen = replace(chart, as_known="As known on 28 August 2024", as_known_on=date(2024, 8, 28))
    assert any(
        "As known on 28 August 2024" in str(cell)
        for row in cells_of(opened(frozen)["Chart"])
        for cell in row
    )


def test_a_bad_marking_is_refused_before_anything_is_made(chart):
    with pytest.raises(ExportError):
        export_chart(chart, ExportFormat.XLSX, caption_of(chart, marking="a\nb"))
