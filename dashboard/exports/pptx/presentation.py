"""Captioned charts as PowerPoint presentations: native charts and maps, with their proof."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from dashboard.captioned import CaptionedChart
from dashboard.citation import AUTHORS
from dashboard.exports.caption import (
    Caption,
    caption_of,
    checked_marking,
    version_in_words,
)
from dashboard.exports.formats import ExportError
from dashboard.exports.office import language_tag_of_captions
from dashboard.exports.plot.lettering import LINE_SPACING, line_count, text_height
from dashboard.exports.plot.xy_drawing import is_xy_figure, xy_drawing
from dashboard.exports.pptx.chart import add_xy_chart
from dashboard.exports.pptx.deck import Ratio, Stock, own_stock, set_language, template_stock
from dashboard.exports.pptx.ink import MUTED
from dashboard.exports.pptx.map import add_map, is_map_figure
from dashboard.exports.pptx.notes import document_words, set_notes
from dashboard.exports.pptx.shapes import describe
from dashboard.exports.pptx.slide import Sheet, new_sheet
from dashboard.exports.pptx.table import add_table
from dashboard.exports.pptx.text import SMALLEST, Box, Paragraph, Run, add_text, printable
from dashboard.translation import (
    caption_language,
    translated,
    translated_plural,
    whole_number,
)

SourcePlace = Literal["notes", "notes and slides"]
"""Where all documents are listed; the first few always stand on the slide itself."""
SOURCES_ON_SLIDE = 3
SUBTITLE_SIZE = 14.0
GAP = 8.0
CAPTION_SIZES = (SMALLEST, 11.0, 10.0)
"""Sizes of warnings and sources: smaller ones on small slides only."""
GENEROUS_HEIGHT = 300.0
"""Points of chart and caption below which they go on to the foot of the slide."""
FAIR_HEIGHT = 190.0
"""Points below which the caption gives room to the chart."""
LEAST_HEIGHT = 100.0
"""Points below which a chart cannot be read."""
MOST_CHARTS = 200
LONGEST_PROPERTY = 255

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def pptx_bytes(
    chart: CaptionedChart,
    caption: Caption,
    *,
    ratio: Ratio = "16:9",
    template: bytes | None = None,
) -> bytes:
    """Return a presentation of one slide.

    Raises:
        ExportError: The title does not fit, or the template is no PowerPoint file.
    """
    return presentation([chart], captions=[caption], ratio=ratio, template=template)


def presentation(
    charts: Sequence[CaptionedChart],
    *,
    captions: Sequence[Caption] | None = None,
    ratio: Ratio = "16:9",
    marking: str = "",
    title: str = "",
    subtitle: str = "",
    template: bytes | None = None,
    sources: SourcePlace = "notes",
) -> bytes:
    """Return a presentation: one slide a chart, after a title slide where there are several.

    The same input gives the same bytes.

    Args:
        charts: The charts, in order; their figures in light colours.
        captions: The words around each; None prints the charts' own.
        ratio: Shape of the slides; a template has its own.
        marking: How the file may be handled; empty takes the marking of the first caption.
        title: Title of the whole, on its title slide and in its properties.
        subtitle: A line below it.
        template: A reader's own .pptx: its slide size, layouts, fonts and colours are used.
        sources: Where all documents are listed.

    Raises:
        ExportError: There is no chart, a title does not fit, the marking cannot be printed, or the
            template is no PowerPoint file.
    """
    if not charts:
        raise ExportError("Choose at least one chart for the slides.")
    if len(charts) > MOST_CHARTS:
        raise ExportError(f"{len(charts)} charts are too many for one file. Choose {MOST_CHARTS}.")
    words = list(captions) if captions else [caption_of(chart) for chart in charts]
    handling = checked_marking(marking) if marking else words[0].marking
    words = [replace(caption, marking=handling) for caption in words]
    with caption_language(words[0].language):
        return _deck(charts, words, ratio, title, subtitle, template, sources)


def _deck(
    charts: Sequence[CaptionedChart],
    words: Sequence[Caption],
    ratio: Ratio,
    title: str,
    subtitle: str,
    template: bytes | None,
    sources: SourcePlace,
) -> bytes:
    stock = template_stock(template) if template is not None else own_stock(ratio)
    if len(charts) > 1 or title:
        _add_title_slide(stock, words, title or words[0].title, subtitle)
    for chart, caption in zip(charts, words, strict=True):
        _add_chart_slide(stock, chart, caption)
    if sources == "notes and slides":
        for caption in words:
            _add_source_slides(stock, caption)
    _set_properties(stock, words, title)
    return _saved(stock)


# ------------------------------------------------------------------ slides


def _add_title_slide(stock: Stock, captions: Sequence[Caption], title: str, subtitle: str) -> None:
    first = captions[0]
    lines = [
        subtitle,
        translated_plural("{number} chart", "{number} charts", len(captions)),
        first.as_known,
    ]
    small = _small_print(first)
    lines = [line for line in lines if line]
    new_sheet(stock, stock.title_layout, title, first.marking, small, lines)


def _add_chart_slide(stock: Stock, chart: CaptionedChart, caption: Caption) -> None:
    layout = stock.chart_layout
    sheet = new_sheet(stock, layout, caption.title, caption.marking, _small_print(caption))
    room = _below_subtitle(sheet, caption)
    if room.height < GENEROUS_HEIGHT:
        room = Box(room.left, room.top, room.width, sheet.lowest - room.top)
    room = _above_caption(sheet, caption, room)
    if room.height < LEAST_HEIGHT:
        raise ExportError(
            f"There is no room for the chart under the title ‘{caption.title[:40]}…’. "
            "Shorten the title, or choose a template with more room."
        )
    _add_drawing(sheet, stock, room, chart, caption)
    set_notes(sheet.slide, caption)


def _below_subtitle(sheet: Sheet, caption: Caption) -> Box:
    room = sheet.room
    lines = [caption.subtitle, caption.as_known]
    whole = " · ".join(line for line in lines if line)
    if line_count(whole, SUBTITLE_SIZE, room.width) == 1:
        lines = [whole]
    height = sum(text_height(line, SUBTITLE_SIZE, room.width) for line in lines)
    box = Box(room.left, room.top, room.width, height)
    words = [[Run(line, SUBTITLE_SIZE, MUTED)] for line in lines]
    add_text(sheet.shapes, box, words, "Subtitle")
    top = box.bottom + GAP
    return Box(room.left, top, room.width, room.bottom - top)


def _above_caption(sheet: Sheet, caption: Caption, room: Box) -> Box:
    """Write warnings and sources at the foot of the room, and return what is left above them."""
    lines = [" ".join(caption.warnings), caption.origins, source_line(caption)]
    lines = [line for line in lines if line]
    for size in CAPTION_SIZES:
        height = sum(text_height(line, size, room.width) for line in lines)
        if room.height - height >= FAIR_HEIGHT:
            break
    box = Box(room.left, room.bottom - height, room.width, height)
    paragraphs = [[Run(line, size, MUTED)] for line in lines]
    add_text(sheet.shapes, box, paragraphs, "Caption and sources")
    return Box(room.left, room.top, room.width, room.height - height - GAP)


def source_line(caption: Caption) -> str:
    """Return the first sources on one line, and how many more the notes hold."""
    documents = caption.documents
    if not documents:
        return translated("No documents in this selection")
    first = "; ".join(f"[{one.number}] {one.short}" for one in documents[:SOURCES_ON_SLIDE])
    more = len(documents) - SOURCES_ON_SLIDE
    if more > 0:
        rest = translated("; {number} more in the notes", number=whole_number(more))
    else:
        rest = translated("; links in the notes")
    return translated("Sources: {documents}", documents=f"{first}{rest}")


def _add_drawing(
    sheet: Sheet, stock: Stock, room: Box, chart: CaptionedChart, caption: Caption
) -> None:
    """Add the chart as what stays editable: a map of shapes, a native chart, or else a table."""
    if is_map_figure(chart.figure):
        describe(add_map(sheet.shapes, room, chart.figure), caption.alt)
        return
    if is_xy_figure(chart.figure):
        drawing = xy_drawing(chart.figure)
        if drawing.series:
            day = _day_of(caption.data_version)
            frame = add_xy_chart(sheet.shapes, room, drawing, chart.table, stock.inks, day)
            _describe_frame(frame, caption)
            return
    if len(chart.table):
        _describe_frame(add_table(sheet.shapes, room, chart.table), caption)
    else:
        add_text(sheet.shapes, room, [[Run(caption.alt, SUBTITLE_SIZE)]], "Nothing to draw")


def _describe_frame(frame: Any, caption: Caption) -> None:
    frame.name = printable(caption.title)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(caption.alt))


def _add_source_slides(stock: Stock, caption: Caption) -> None:
    """Add slides with all documents behind a chart, as many as they need."""
    title = translated("Sources: {title}", title=caption.title)
    waiting = [document_words(document) for document in caption.documents]
    while waiting:
        layout = stock.chart_layout
        sheet = new_sheet(stock, layout, title, caption.marking, _small_print(caption))
        shown = list(_fitting(waiting, sheet.room)) or waiting[:1]
        add_text(sheet.shapes, sheet.room, shown, "Sources")
        waiting = waiting[len(shown) :]


def _fitting(paragraphs: Sequence[Paragraph], room: Box) -> Iterator[Paragraph]:
    left = room.height - SMALLEST * LINE_SPACING
    for paragraph in paragraphs:
        words = "".join(run.text for run in paragraph)
        left -= text_height(words, SMALLEST, room.width)
        if left < 0:
            return
        yield paragraph


def _small_print(caption: Caption) -> str:
    return f"{version_in_words(caption.data_version)}. {caption.licence}"


# ------------------------------------------------------------------ the file


def _day_of(data_version: str) -> datetime:
    """Return the month of a calendar version: files have no clock of their own."""
    found = re.match(r"(\d{4})\.(\d{1,2})\b", data_version)
    year, month = (int(part) for part in found.groups()) if found else (2000, 1)
    return datetime(year, month, 1) if 1 <= month <= 12 else datetime(year, 1, 1)


def _set_properties(stock: Stock, captions: Sequence[Caption], title: str) -> None:
    set_language(stock.deck)
    first = captions[0]
    properties = stock.deck.core_properties
    properties.title = _property(title or first.title)
    properties.author = properties.last_modified_by = AUTHORS
    properties.subject = _property(first.subtitle)
    properties.keywords = first.marking
    properties.comments = _property(f"{version_in_words(first.data_version)}. {first.licence}")
    properties.language = language_tag_of_captions()
    properties.revision = 1
    day = _day_of(first.data_version)
    properties.created = properties.modified = properties.last_printed = day


def _property(words: str) -> str:
    """Return words as a property of a file holds them."""
    return printable(words)[:LONGEST_PROPERTY]


def _saved(stock: Stock) -> bytes:
    """Return the file, without the clock in its archive."""
    written = BytesIO()
    stock.deck.save(written)
    target = BytesIO()
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, source.read(part))
    return target.getvalue()
