"""PDF of charts, opened again with another library."""

import io
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from dashboard.exports.caption import caption_of
from dashboard.exports.formats import ExportError, ExportFormat, export_chart
from dashboard.exports.pdf import Paper, pdf_bytes, pdf_of
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, sea_leg_chart
from dashboard.languages import language_name, language_tag
from dashboard.selection import Selection
from tests.build import good_dataset

SITE = "https://shipments.example.org"
MARKING = "TLP:AMBER+STRICT"
A4, A4_ON_ITS_SIDE, SLIDE = (595, 842), (842, 595), (960, 540)

browser = pytest.mark.browser


@pytest.fixture(scope="module")
def chart(dataset):
    return growth_chart(dataset, Selection(), "light")


@pytest.fixture(scope="module")
def caption(chart):
    return caption_of(chart, permalink="/timeline?item=containers", base_url=SITE, marking=MARKING)


@pytest.fixture(scope="module")
def a4(rendering, chart, caption) -> PdfReader:
    return opened(export_chart(chart, ExportFormat.PDF, caption, paper="a4").data)


@pytest.fixture(scope="module")
def slides(rendering, chart, caption) -> PdfReader:
    return opened(pdf_bytes(chart, caption, paper=Paper.SLIDE))


@pytest.fixture(scope="module")
def small():
    return growth_chart(good_dataset(), Selection(), "light")


def opened(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def tight(text: str) -> str:
    """Return a text without the spaces and line breaks that its setting on a page adds."""
    return re.sub(r"\s+", "", text)


def pages(document: PdfReader) -> list[str]:
    return [tight(page.extract_text()) for page in document.pages]


def sizes(document: PdfReader) -> set[tuple[int, int]]:
    return {
        (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
        for page in document.pages
    }


def tags(document: PdfReader, name: str) -> list[dict]:
    """Return the elements of the document's structure with a name."""
    found, waiting = [], [document.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting.extend(element)
        elif isinstance(element, dict):
            if element.get("/S") == name:
                found.append(element)
            if "/K" in element:
                waiting.append(element["/K"])
    return found


# ------------------------------------------------------------------ pages


@browser
def test_a4_stands_upright_and_broad_tables_lie_on_their_side(a4):
    assert sizes(a4) == {A4, A4_ON_ITS_SIDE}


@browser
def test_slides_are_sixteen_to_nine(slides):
    assert sizes(slides) == {SLIDE}


@browser
@pytest.mark.parametrize("paper", ["a4", "slides"])
def test_the_marking_is_on_top_and_bottom_of_every_page(paper, request):
    for text in pages(request.getfixturevalue(paper)):
        assert text.count(tight(MARKING)) == 2


@browser
def test_pages_are_numbered(a4):
    texts = pages(a4)
    for number, text in enumerate(texts, 1):
        assert f"{number}/{len(texts)}" in text


@browser
@pytest.mark.parametrize("paper", ["a4", "slides"])
def test_the_first_page_is_the_chart_with_its_proof(paper, request, caption):
    first = pages(request.getfixturevalue(paper))[0]
    for expected in (
        caption.title,
        caption.subtitle,
        caption.as_known,
        *caption.warnings,
        caption.origins,
        *(document.short for document in caption.sources),
        f"{len(caption.appendix)} more documents",
        caption.data_version,
        caption.permalink,
    ):
        assert tight(expected) in first


@browser
def test_the_chart_is_drawn_as_lines_with_text_not_as_a_picture(a4):
    first = a4.pages[0]
    assert len(first.images) == 0
    assert "Jan 2024" in first.extract_text()


@browser
@pytest.mark.parametrize("paper", ["a4", "slides"])
def test_the_order_is_chart_table_sources_about(paper, request):
    text = "".join(pages(request.getfixturevalue(paper)))
    order = [text.index(heading) for heading in ("Beforeuse", "Table:", "Sources:", "Aboutthis")]
    assert order == sorted(order)


# ------------------------------------------------------------------ table, sources, About


@browser
@pytest.mark.parametrize("paper", ["a4", "slides"])
def test_every_row_stands_whole_on_a_page_with_the_heading(paper, request, chart):
    texts = pages(request.getfixturevalue(paper))
    for claim, said in zip(chart.table["Claim"], chart.table["What was said"], strict=True):
        whole = [text for text in texts if tight(claim) in text and tight(said) in text]
        assert whole, claim
        assert all("Whatwassaid" in text for text in whole)


@browser
def test_every_source_is_listed_with_its_number_and_link(a4, caption):
    text = "".join(pages(a4))
    assert f"[{len(caption.documents)}]" in text
    for document in caption.documents:
        assert tight(document.publisher) in text
    links = {
        unquote(note.get_object()["/A"].get("/URI"))
        for page in a4.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    }
    for document in caption.documents:
        given = {document.link, document.archived_link} - {""}
        assert {unquote(link) for link in given} <= links
    assert caption.permalink in links


@browser
@pytest.mark.parametrize("language", ["ko", "uk", "ja"])
def test_titles_in_their_own_letters_are_found(a4, chart, language):
    is_own = (chart.sources["language"] == language) & (chart.sources["title_basis"] == "page")
    text = "".join(pages(a4))
    titles = [title for title in chart.sources.loc[is_own, "title"].dropna() if len(title) > 8]
    found = [title for title in titles if tight(title) in text]
    assert len(found) >= 0.9 * len(titles) > 0


@browser
def test_about_tells_selection_method_version_licence_and_citation(a4, caption):
    about = pages(a4)[-1]
    for expected in (
        caption.subtitle,
        caption.method,
        caption.data_version,
        caption.licence,
        caption.citation,
    ):
        assert tight(expected) in about


# ------------------------------------------------------------------ access


@browser
def test_the_document_is_tagged_with_title_and_language(a4, caption):
    root = a4.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert a4.metadata.title == caption.title


@browser
def test_the_chart_has_its_alternative_text(a4, caption):
    figures = [figure for figure in tags(a4, "/Figure") if "/Alt" in figure]
    assert [figure["/Alt"] for figure in figures] == [caption.alt]


@browser
def test_the_table_is_tagged_as_a_table(a4, chart):
    assert len(tags(a4, "/Table")) == 1
    assert len(tags(a4, "/TH")) == len(chart.table.columns)
    assert len(tags(a4, "/TR")) == len(chart.table) + 1


@browser
def test_all_fonts_are_inside(a4):
    fonts = [
        font.get_object()
        for page in a4.pages
        for font in page["/Resources"]["/Font"].get_object().values()
    ]
    names = set()
    for font in fonts:
        if font["/Subtype"] == "/Type3":
            continue
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
        names.add(str(inner["/BaseFont"]).partition("+")[2])
    assert {"Inter-Regular", "Inter-Bold", "NotoSansCJKkr-Regular"} <= names


@browser
def test_a_language_is_that_of_the_document(rendering, small):
    document = opened(pdf_of([small], [caption_of(small)], language="ko"))
    assert document.trailer["/Root"]["/Lang"] == "ko"


def test_the_tag_of_a_language_is_found_by_its_name(dataset):
    tags = dataset.sources["language"].unique()
    assert {tag: language_tag(language_name(tag)) for tag in tags} == {tag: tag for tag in tags}


def test_an_unknown_language_is_undetermined():
    assert language_tag("Martian") == "und"


# ------------------------------------------------------------------ several charts, refusals


@browser
def test_several_charts_begin_with_a_list_of_them(rendering, small, dataset):
    charts = [small, sea_leg_chart(dataset, main_route_ids(dataset), "light")]
    captions = [caption_of(chart) for chart in charts]
    document = opened(pdf_of(charts, captions, Paper.A4, title="Standing brief"))
    texts = pages(document)
    assert document.metadata.title == "Standing brief"
    assert "Standingbrief" in texts[0]
    assert all(tight(caption.title) in texts[0] for caption in captions)
    assert all(text.count("TLP:CLEAR") == 2 for text in texts)
    assert "Aboutchart2" in texts[-1]


def test_an_unknown_paper_is_refused(small):
    with pytest.raises(ExportError, match=r"no paper ‘letter’\. The papers are: a4, 16:9\."):
        pdf_bytes(small, caption_of(small), paper="letter")


def test_no_chart_is_refused():
    with pytest.raises(ExportError, match="no chart to print"):
        pdf_of([], [])


def test_two_markings_in_one_document_are_refused(small):
    words = caption_of(small)
    with pytest.raises(ExportError, match="One document bears one marking"):
        pdf_of([small, small], [words, replace(words, marking="TLP:RED")])
