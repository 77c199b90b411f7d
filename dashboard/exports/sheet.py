"""The page from which pictures and PDF are made: charts with their captions, tables and sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import plotly
import plotly.graph_objects as go
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.captioned import CaptionedChart
from dashboard.citation import TITLE
from dashboard.exports.caption import LICENCE_ADDRESS, TLP_INKS, TLP_PAPER, Caption, web_address
from dashboard.exports.tabular import PlainValue, plain_rows
from dashboard.figures.palette import FONT_FAMILY, Theme, surface
from dashboard.languages import language_tag
from dashboard.translation import (
    any_number,
    caption_language,
    current_language,
    translated,
    translated_plural,
)

Layout = Literal["picture", "a4", "wide"]
"""A picture of 1280 x 720, upright A4 pages, or pages as wide as a slide."""

PICTURE_SIZE = (1280, 720)
"""CSS pixels; a page of a 16:9 slide (13.33 x 7.5 inches) is as large."""
A4_SIZE = (794, 1123)
SHORT_TEXT = 18
"""A column whose texts are no longer is never wrapped."""
LONG_TEXT = 40
"""A column with longer texts holds sentences."""
TALL = 520
"""Pixels from which a drawing has its words beside it."""
SHOWN_ADDRESS = 110
"""Signs of an address that are printed; its link holds all of it."""

_HERE = Path(__file__).parent
_PARTS = _HERE / "sheet"
_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_POLICY = (
    "default-src 'none'; script-src file: 'unsafe-inline'; style-src 'unsafe-inline'; "
    "font-src file: data:; img-src data: blob:"
)
"""The page may load what lies beside the program, and nothing from any network."""

_LINK_INKS: dict[Theme, str] = {"light": "#1a5a86", "dark": "#66b3e6"}


@dataclass(frozen=True)
class Typeface:
    """A file of letters that ships with the project.

    Attributes:
        family: Its name in the palette's stack.
        weight: Its weight, as in CSS.
        path: The file.
        range: The signs for which it is taken, as in CSS.
    """

    family: str
    weight: str
    path: Path
    range: str

    def face(self, address: str) -> str:
        """Return the CSS rule that loads it from an address."""
        return (
            f'@font-face{{font-family:"{self.family}";font-weight:{self.weight};'
            f'src:url("{address}") format("woff2");unicode-range:{self.range}}}'
        )

    def holds(self, sign: str) -> bool:
        """Return True for a sign for which it is taken."""
        spans = (part.strip().removeprefix("U+").split("-") for part in self.range.split(","))
        return any(int(span[0], 16) <= ord(sign) <= int(span[-1], 16) for span in spans)


_FONTS = _HERE.parent / "assets" / "fonts"
_INTER_RANGES = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB, U+02C6, U+02DA, U+02DC, U+2000-206F, "
    "U+20AC, U+2122, U+2212, U+FEFF",
    "latin-ext": "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, "
    "U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0",
    "cyrillic": "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116",
    "vietnamese": "U+0300, U+0303, U+0309, U+0323, U+1EA0-1EF1",
}
# What Inter lacks stands second in the palette's stack of fonts, where 'Noto Sans' is named.
_NOTO_RANGES = {
    "noto-signs-400-normal": "U+2190-2195, U+223C, U+2248, U+2260, U+2264-2265, U+2504, "
    "U+25A0-25CF, U+2605-2606, U+2713-2717",
    "noto-sans-arabic-400-normal": "U+0600-06FF, U+0750-077F, U+FB50-FDFF, U+FE70-FEFC",
    "noto-sans-cjk-regular": "U+1100-11FF, U+2E80-A4CF, U+A960-A97F, U+AC00-D7FF, "
    "U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF, U+20000-2FA1F",
}
TYPEFACES = tuple(
    Typeface("Inter", weight, _FONTS / f"inter-{script}-{weight}-normal.woff2", signs)
    for script, signs in _INTER_RANGES.items()
    for weight in ("400", "700")
) + tuple(
    Typeface("Noto Sans", "400", _FONTS / f"{name}.woff2", signs)
    for name, signs in _NOTO_RANGES.items()
)
"""Not Inter's file for all weights, which pages use: PDF cannot hold such a font as a font."""


@dataclass(frozen=True)
class Column:
    """A column of a printed table; its look is a class of the style sheet."""

    heading: str
    look: str


@dataclass(frozen=True)
class Part:
    """A chart as the template prints it; on wide pages its words stand beside or below it.

    Where a figure draws nothing, the table stands in its place.
    """

    caption: Caption
    is_beside: bool
    is_table: bool
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def sheet_html(
    charts: Sequence[CaptionedChart],
    captions: Sequence[Caption],
    layout: Layout,
    *,
    title: str = "",
    language: str = "",
) -> str:
    """Return the page for a browser: it sets `window.sheetReady` once everything is drawn.

    Args:
        charts: The charts, all in one theme.
        captions: The words around each; the first one's marking stands on every page.
        layout: A picture shows the first chart alone; pages add tables, sources and 'About'.
        title: Title of the document; empty takes that of the first chart.
        language: BCP 47 tag of the language of the document; empty takes that of the captions.
    """
    with caption_language(language or captions[0].language):
        return _sheet(charts, captions, layout, title or captions[0].title)


def _sheet(
    charts: Sequence[CaptionedChart], captions: Sequence[Caption], layout: Layout, title: str
) -> str:
    theme = theme_of(charts[0].figure)
    template = _environment().get_template("sheet.html.j2")
    return template.render(
        parts=[_part(chart, words) for chart, words in zip(charts, captions, strict=True)],
        layout=layout,
        title=title,
        language=current_language(),
        work=translated(TITLE),
        licence_address=LICENCE_ADDRESS,
        policy=_POLICY,
        faces=Markup("\n".join(face.face(face.path.as_uri()) for face in TYPEFACES)),
        page=Markup(_page_style(captions[0], layout, theme)),
        style=Markup((_PARTS / "sheet.css").read_text(encoding="utf-8")),
        script=Markup((_PARTS / "sheet.js").read_text(encoding="utf-8")),
        plotly=_PLOTLY.as_uri(),
        figures=Markup(_script_json([chart.figure for chart in charts if chart.figure.data])),
    )


def page_size(layout: Layout) -> tuple[int, int]:
    """Return width and height of a picture or page in CSS pixels."""
    return A4_SIZE if layout == "a4" else PICTURE_SIZE


def theme_of(figure: go.Figure) -> Theme:
    """Return the theme in which a figure is drawn."""
    is_dark = figure.layout.template.layout.paper_bgcolor == surface("dark").page
    return "dark" if is_dark else "light"


def typefaces_for(text: str) -> tuple[Typeface, ...]:
    """Return the shipped typefaces that a text needs."""
    signs = set(text)
    return tuple(face for face in TYPEFACES if any(face.holds(sign) for sign in signs))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        language_tag=language_tag,
        ranges_kept=_ranges_kept,
        shown=_shown,
        translated=translated,
        translated_plural=translated_plural,
        web_address=web_address,
    )
    return environment


def _part(chart: CaptionedChart, caption: Caption) -> Part:
    rows = plain_rows(chart.table)
    headings = [str(heading) for heading in chart.table.columns]
    columns = tuple(
        Column(heading, _look([row[at] for row in rows])) for at, heading in enumerate(headings)
    )
    cells = tuple(tuple(map(_cell, row)) for row in rows)
    is_table = not chart.figure.data
    return Part(caption, _needs_height(chart.figure), is_table, columns, cells)


def _needs_height(figure: go.Figure) -> bool:
    """Return True for maps and tall drawings, except rows, which can move closer together."""
    kinds = {trace.type for trace in figure.data}
    has_rows = any(
        isinstance(name, str)
        for trace in figure.data
        if trace.type == "scatter"
        for name in (trace.y if trace.y is not None else ())
    )
    return "scattergeo" in kinds or (not has_rows and (figure.layout.height or 0) > TALL)


def _look(values: Iterable[PlainValue]) -> str:
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, (int, float)) for value in given):
        return "number"
    longest = max((len(str(value)) for value in given), default=0)
    if longest <= SHORT_TEXT:
        return "short"
    return "sentence" if longest > LONG_TEXT else "words"


def _cell(value: PlainValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return translated("yes") if value else translated("no")
    return any_number(value) if isinstance(value, (int, float)) else value


def _ranges_kept(text: str) -> Markup:
    """Return a text in which a range of numbers is never broken over two lines."""
    parts = re.split(r"(\S*\d–\d\S*)", text)
    whole = (Markup('<span class="whole">{}</span>').format(part) for part in parts[1::2])
    return Markup("").join(
        part for pair in zip_longest(parts[::2], whole, fillvalue="") for part in pair
    )


def _shown(address: str) -> str:
    """Return an address for reading, which is cut where it is very long."""
    plain = unquote(address)
    address = plain if plain.isprintable() and "\ufffd" not in plain else address
    return address if len(address) <= SHOWN_ADDRESS else address[: SHOWN_ADDRESS - 1] + "…"


def _script_json(figures: Iterable[go.Figure]) -> str:
    """Return figures as JSON that cannot end the script in which it stands."""
    content = json.dumps([json.loads(figure.to_json()) for figure in figures])
    return content.replace("<", "\\u003c")


# ------------------------------------------------------------------ pages


def _page_style(caption: Caption, layout: Layout, theme: Theme) -> str:
    """Return the colours, and for pages their size with what stands on top and bottom of each."""
    colours = surface(theme)
    ink, paper = TLP_INKS.get(caption.marking, colours.ink), "transparent"
    if caption.marking in TLP_INKS:
        paper = TLP_PAPER
    values = {
        "page": colours.page,
        "ink": colours.ink,
        "muted": colours.muted,
        "grid": colours.grid,
        "baseline": colours.baseline,
        "link": _LINK_INKS[theme],
        "letters": FONT_FAMILY,
        "marking-ink": ink,
        "marking-paper": paper,
    }
    root = ";".join(f"--{name}:{value}" for name, value in values.items())
    return f":root{{{root}}}" + ("" if layout == "picture" else _margins(caption, layout, values))


def _margins(caption: Caption, layout: Layout, values: dict[str, str]) -> str:
    size = "210mm 297mm" if layout == "a4" else "1280px 720px"
    small = f"font:12px {FONT_FAMILY};color:{values['muted']}"
    marking = (
        f"content:{_css_text(caption.marking)};font:700 16px/24px {FONT_FAMILY};height:24px;"
        f"width:max-content;margin:auto 0 auto auto;padding:0 8px;color:{values['marking-ink']};"
        f"background-color:{values['marking-paper']}"
    )
    boxes = (
        f"@top-left{{content:{_css_text(translated(TITLE))};{small}}}"
        f"@top-right{{{marking}}}"
        f"@bottom-left{{content:counter(page) ' / ' counter(pages);{small}}}"
        f"@bottom-right{{{marking}}}"
    )
    pages = f"@page{{size:{size};margin:48px 40px;background:{values['page']};{boxes}}}"
    return pages + "@page broad{size:297mm 210mm}" if layout == "a4" else pages


def _css_text(text: str) -> str:
    """Return a text as a string of CSS, safe within a style sheet of a page."""
    signs = (sign if sign.isalnum() else f"\\{ord(sign):06x}" for sign in text)
    return f'"{"".join(signs)}"'
