"""Charts with caption, table, sources and 'About' as PDF: real text, embedded fonts, tagged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.captioned import CaptionedChart
from dashboard.codes import Coded
from dashboard.exports.caption import Caption
from dashboard.exports.formats import ExportError
from dashboard.exports.renderer import Job, render
from dashboard.exports.sheet import Layout, page_size, sheet_html


class Paper(Coded):
    """A size of pages."""

    A4 = "a4", "A4 paper"
    SLIDE = "16:9", "Slide (16:9)"


_LAYOUTS: dict[Paper, Layout] = {Paper.A4: "a4", Paper.SLIDE: "wide"}


def pdf_bytes(chart: CaptionedChart, caption: Caption, *, paper: str = Paper.SLIDE) -> bytes:
    """Return a chart as PDF: the chart, its table, all its sources, and what to know about it.

    Raises:
        ExportError: There is no such paper, no browser, or the browser failed.
    """
    return pdf_of([chart], [caption], paper)


def pdf_of(
    charts: Sequence[CaptionedChart],
    captions: Sequence[Caption],
    paper: str = Paper.SLIDE,
    *,
    title: str = "",
    language: str = "",
    check: Callable[[], None] | None = None,
) -> bytes:
    """Return several charts in one PDF, with a list of them on the first page.

    Args:
        charts: The charts, all in one theme.
        captions: The words around each, all with one marking.
        paper: A value of `Paper`.
        title: Title of the document; empty takes that of the first chart.
        language: BCP 47 tag of the language of the document; empty takes that of the captions.
        check: Called again and again while the browser works; what it raises ends the work.

    Raises:
        ExportError: There is no chart, more than one marking, no such paper, no browser, or the
            browser failed.
    """
    if not charts:
        raise ExportError("There is no chart to print. Choose at least one.")
    if len({caption.marking for caption in captions}) > 1:
        raise ExportError("One document bears one marking. Choose the same for all charts.")
    layout = _LAYOUTS[_paper_named(paper)]
    html = sheet_html(charts, captions, layout, title=title, language=language)
    return render([Job(html, "pdf", *page_size(layout))], check)[0]


def _paper_named(name: str) -> Paper:
    for paper in Paper:
        if paper.value == name.lower():
            return paper
    names = ", ".join(paper.value for paper in Paper)
    raise ExportError(f"There is no paper ‘{name}’. The papers are: {names}.")
