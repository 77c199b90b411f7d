"""The formats in which a captioned chart leaves, and the one way to make a file of it.

A format is offered once its writer stands in the registry. A writer's module is imported only when
its first file is asked for, so that a page which merely offers formats stays light.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from dashboard.captioned import CaptionedChart
from dashboard.codes import Coded

if TYPE_CHECKING:
    from dashboard.exports.caption import Caption

Writer = Callable[..., bytes]
"""Takes a chart, its caption and the format's own options; gives back the bytes of the file."""


class ExportError(ValueError):
    """What was asked for cannot be exported; the message is a sentence for readers."""


class ExportFormat(Coded):
    """A kind of file; the value is the ending of its name."""

    PNG = "png", "Picture (PNG)"
    SVG = "svg", "Drawing that scales (SVG)"
    PDF = "pdf", "Page to print (PDF)"
    PPTX = "pptx", "Slide with a chart to edit (PowerPoint)"
    XLSX = "xlsx", "Workbook with table, chart and sources (Excel)"
    CSV = "csv", "Table as plain text (CSV)"
    JSON = "json", "Table, caption and sources for programs (JSON)"
    HTML = "html", "Page that works offline (HTML)"

    @property
    def media_type(self) -> str:
        """The type by which servers and browsers know such a file."""
        return _MEDIA_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    ExportFormat.PNG: "image/png",
    ExportFormat.SVG: "image/svg+xml",
    ExportFormat.PDF: "application/pdf",
    ExportFormat.PPTX: f"{_OFFICE}.presentationml.presentation",
    ExportFormat.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv",
    ExportFormat.JSON: "application/json",
    ExportFormat.HTML: "text/html",
}

_WRITERS = {
    ExportFormat.PNG: "dashboard.exports.picture:png_bytes",
    ExportFormat.SVG: "dashboard.exports.picture:svg_bytes",
    ExportFormat.PDF: "dashboard.exports.pdf:pdf_bytes",
    ExportFormat.PPTX: "dashboard.exports.pptx.presentation:pptx_bytes",
    ExportFormat.XLSX: "dashboard.exports.xlsx:xlsx_bytes",
    ExportFormat.CSV: "dashboard.exports.tabular:csv_bytes",
    ExportFormat.JSON: "dashboard.exports.tabular:json_bytes",
    ExportFormat.HTML: "dashboard.exports.offline:html_bytes",
}
"""Module and function of each format that is offered; a new format joins by its line here."""


@dataclass(frozen=True)
class Export:
    """A file, not yet written anywhere."""

    file_name: str
    media_type: str
    data: bytes


def offered_formats() -> tuple[ExportFormat, ...]:
    """Return the formats that can be made, in the order in which readers see them."""
    return tuple(format for format in ExportFormat if format in _WRITERS)


def format_named(ending: str) -> ExportFormat:
    """Return the format of a file's ending, with or without its dot.

    Raises:
        ExportError: There is no such format, or it is not offered.
    """
    wanted = ending.lower().lstrip(".")
    for format in offered_formats():
        if format.value == wanted:
            return format
    endings = ", ".join(format.value for format in offered_formats())
    raise ExportError(f"There is no format ‘{ending}’. The formats are: {endings}.")


def file_name(chart: CaptionedChart, format: ExportFormat) -> str:
    """Return a name of safe characters: growth-2026.11.0-002405cd4d3b.xlsx.

    A chart that is frozen to a past day carries that day too.
    """
    parts = [chart.name, chart.data_version]
    if chart.as_known_on:
        parts.append(f"as-known-on-{chart.as_known_on.isoformat()}")
    return f"{safe_name('-'.join(parts))}.{format.value}"


def safe_name(text: str) -> str:
    """Return a text as the name of a file: letters, digits, dots, hyphens; never a path."""
    return re.sub(r"\.{2,}", ".", re.sub(r"[^A-Za-z0-9.]+", "-", text)).strip("-.")


def export_chart(
    chart: CaptionedChart,
    format: ExportFormat,
    caption: Caption | None = None,
    **options: Any,
) -> Export:
    """Return a chart as a file.

    Args:
        chart: The chart.
        format: The kind of file.
        caption: The words around the chart; None prints the chart's own.
        options: What the format's writer takes beside these, such as the scale of a picture.

    Raises:
        ExportError: The format is not offered, or its writer cannot do what was asked for.
    """
    from dashboard.exports.caption import caption_of

    writer = _writer(format)
    data = writer(chart, caption or caption_of(chart), **options)
    return Export(file_name(chart, format), format.media_type, data)


def _writer(format: ExportFormat) -> Writer:
    if format not in _WRITERS:
        format_named(format.value)
    module, _, function = _WRITERS[format].partition(":")
    return cast("Writer", getattr(import_module(module), function))
