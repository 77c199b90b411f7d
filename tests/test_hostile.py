"""Hostile words and addresses in what leaves the dashboard: figures, files, links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import streamlit as st
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.checks import check_folder
from dashboard.dataset import Dataset
from dashboard.exports.caption import caption_of, web_address
from dashboard.exports.formats import ExportFormat, export_chart
from dashboard.exports.offline import offline_page
from dashboard.exports.sheet import sheet_html
from dashboard.faults import TURNS_DIRECTION
from dashboard.figures.catalogue import ChartOrder, chart_names, draw
from dashboard.web import state
from dashboard.web.text import is_web_address, plain
from tests.build import (
    cells,
    change_cell,
    claim,
    good_dataset,
    good_tables,
    said,
    write_good_folder,
)
from tests.test_pages import HOSTILE, SEOUL_13000, bodies, faults, hostile_tables, opened

OUR_MARKUP = re.compile(r'</?[bi]>|<br>|<span style="color:#[0-9a-f]{6}">|</span>')
EVIL = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:https://example.org/1",
    f"file:{'//'}/etc/passwd",
    "//evil.example",
    "ftp://evil.example",
    "https:evil.example",
    "view-source:https://evil.example",
]


@pytest.fixture(scope="module")
def hostile() -> Dataset:
    """Good rows with hostile words, and a total of voyages, so that every chart has a mark."""
    tables = good_tables()
    voyages = {"item": "voyages", "unit": "trips", "period_start": "2023-08"}
    tables["claims"].append(
        claim("us-20240226-trips", claimant="us", **voyages, **said("about", 25))
    )
    tables["claim_sources"].append(
        cells("claim_sources", claim_id="us-20240226-trips", source_id="voa-20240223")
    )
    return good_dataset(**hostile_tables(tables))


def drawn(dataset: Dataset, name: str):
    return draw(dataset, name, ChartOrder(claim=SEOUL_13000, vessel="v-angara"), "light")


# ------------------------------------------------------------------ words in figures


def markup_read(figure: dict[str, Any]) -> Iterator[str]:
    """Yield every text of a figure in which Plotly would read markup."""
    for trace in figure["data"]:
        yield from _texts([trace.get(key) for key in ("text", "hovertext", "hovertemplate")])
        if trace.get("showlegend"):
            yield from _texts(trace.get("name"))
    layout = figure["layout"]
    yield from _texts([note["text"] for note in layout.get("annotations", ())])
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            yield from _texts([axis.get("ticktext"), axis.get("title")])
            has_own_words = "ticktext" in axis or axis.get("visible") is False
            if not has_own_words and axis.get("type") == "category":
                yield from _texts([trace.get(name[0]) for trace in figure["data"]])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


@pytest.mark.parametrize("name", chart_names())
def test_words_of_the_data_are_no_markup_in_a_figure(name, hostile):
    texts = list(markup_read(json.loads(drawn(hostile, name).figure.to_json())))
    assert any("qzx" in text for text in texts)
    template = "%{hovertext}<extra></extra>"
    foreign = [text for text in texts if text != template and "<" in OUR_MARKUP.sub("", text)]
    assert foreign == []


# ------------------------------------------------------------------ words in files


@pytest.mark.parametrize("name", chart_names())
def test_a_slide_shows_hostile_words_as_they_are(name, hostile):
    chart = replace(drawn(hostile, name), title=HOSTILE[:90], subtitle=HOSTILE[:90])
    file = export_chart(chart, ExportFormat.PPTX, caption_of(chart)).data
    slide = Presentation(BytesIO(file)).slides[0]
    words = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    notes = slide.notes_slide.notes_text_frame.text
    assert "<script>alert(2)</script> **bold** _i_" in words + notes


def test_a_formula_in_a_cell_stays_words_in_a_workbook():
    """The checks refuse such a cell; this is what holds where nobody asked them."""
    tables = good_tables()
    tables["sources"] = [
        (
            *row[:1],
            *('=HYPERLINK("https://evil.example")' if cell == row[0] else cell for cell in row[1:]),
        )
        for row in tables["sources"]
    ]
    chart = drawn(good_dataset(**tables), "growth")
    file = export_chart(chart, ExportFormat.XLSX, caption_of(chart)).data
    book = load_workbook(BytesIO(file))
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if "HYPERLINK" in str(cell.value)
    ]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


# ------------------------------------------------------------------ words on screen


@pytest.mark.parametrize("sign", TURNS_DIRECTION)
def test_a_sign_that_turns_the_words_after_it_is_not_shown(sign):
    assert plain(f"a{sign}b") == "ab"


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize("address", EVIL)
@pytest.mark.parametrize("column", ["url", "archived_url"])
def test_the_checks_refuse_an_address_that_is_not_of_the_web(column, address, tmp_path):
    write_good_folder(tmp_path)
    change_cell(tmp_path, "sources", 6, column, address)
    assert [(issue.line, issue.column) for issue in check_folder(tmp_path)[1]] == [(6, column)]


@pytest.mark.parametrize("address", EVIL)
def test_such_an_address_is_none_of_the_web(address):
    assert web_address(address) == ""
    assert not is_web_address(address)


@pytest.fixture(scope="module", params=EVIL)
def evil(request: pytest.FixtureRequest) -> Dataset:
    """A dataset whose every document has an evil address, as no check would let it pass."""
    dataset = good_dataset()
    sources = dataset.sources.assign(url=request.param, archived_url=request.param)
    return replace(dataset, sources=sources)


OURS = re.compile(
    r"#|/|https://(creativecommons\.org|plotly\.com)/|data:(image/|application/octet-stream$)|$"
)
"""Links that are not of a document: within the page, to the licence, and Plotly's own."""


def strange(links: list[str]) -> list[str]:
    assert links
    return [link for link in links if link.startswith("//") or not OURS.match(link)]


def links_of_html(page: bytes | str) -> list[str]:
    text = page.decode() if isinstance(page, bytes) else page
    return re.findall(r'(?:href|"link"|"archived_link")\s*[=:]\s*"([^"]*)"', text)


@pytest.fixture
def _on_screen(evil: Dataset, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages show that dataset, as if the checks had let it pass."""
    monkeypatch.setattr(state, "load_dataset", lambda *_: evil)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("_on_screen")
@pytest.mark.parametrize(
    ("page", "keys"), [("evidence", {"show": "documents"}), ("overview", {"claim": SEOUL_13000})]
)
def test_an_evil_address_is_no_link_on_a_page(page, keys):
    app = opened(page, **keys)
    assert faults(app) == []
    shown = bodies(app)
    assert any("no archived copy yet" in body for body in shown)
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", " ".join(shown))
    assert [link for link in links if not link.startswith("/snapshot")] == []


def test_an_evil_address_is_no_link_of_the_offline_page(evil):
    assert strange(links_of_html(offline_page(evil))) == []


def test_an_evil_address_is_no_link_of_a_chart_page(evil):
    chart = drawn(evil, "growth")
    page = export_chart(chart, ExportFormat.HTML, caption_of(chart)).data
    assert strange(links_of_html(page)) == []


def test_an_evil_address_is_no_link_of_a_printed_page(evil):
    chart = drawn(evil, "growth")
    assert strange(links_of_html(sheet_html([chart], [caption_of(chart)], "a4"))) == []


def test_an_evil_address_is_no_link_of_a_slide(evil):
    chart = drawn(evil, "growth")
    file = export_chart(chart, ExportFormat.PPTX, caption_of(chart)).data
    slide = Presentation(BytesIO(file)).slides[0]
    parts = [slide.part, slide.notes_slide.part]
    outside = [rel.target_ref for part in parts for rel in part.rels.values() if rel.is_external]
    assert strange(outside) == []


def test_an_evil_address_is_no_link_of_a_workbook(evil):
    chart = drawn(evil, "growth")
    file = export_chart(chart, ExportFormat.XLSX, caption_of(chart)).data
    book = load_workbook(BytesIO(file))
    links = [
        cell.hyperlink.target
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert strange(["#", *filter(None, links)]) == []
