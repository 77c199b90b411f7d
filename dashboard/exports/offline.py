"""One file that shows charts, map, tables and sources in a browser, with no server or network.

Everything is in the page: the drawing library, the typeface, the data, the scripts. Its own policy
lets nothing else in, and runs only these scripts. The template escapes every text; the data travel
as JSON in which no sign can end the script that holds it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard.captioned import CaptionedChart
from dashboard.citation import DATA_LICENCE, TITLE, cited_dataset, full_citation
from dashboard.dataset import Dataset
from dashboard.exports.caption import (
    DEFAULT_MARKING,
    LICENCE,
    LICENCE_ADDRESS,
    METHOD_OF_CLAIMS,
    Caption,
    checked_marking,
    web_address,
)
from dashboard.exports.offline_content import (
    Content,
    dataset_content,
    figure_content,
    source_content,
    theme_content,
)
from dashboard.exports.tabular import plain_rows
from dashboard.figures.land import land_credit
from dashboard.figures.palette import Theme, surface
from dashboard.selection import as_known_in_words
from dashboard.translation import (
    ENGLISH,
    caption_language,
    current_language,
    message,
    translated,
)

ACCENTS: dict[Theme, str] = {"light": "#1f5f8b", "dark": "#7db8e0"}
"""The colour of links and of what is switched on; 4.5:1 or more on the page."""
GROUNDS: dict[Theme, str] = {"light": "#f4f6f8", "dark": "#0a1018"}
"""What lies around the cards."""
HEIGHT, MAP_HEIGHT = 430, 560
"""Pixels of a chart or a map that does not say how high it is."""

_ESCAPED = "<>&\u2028\u2029"


def offline_page(
    dataset: Dataset, *, marking: str = DEFAULT_MARKING, base_url: str = "", home: str = ""
) -> bytes:
    """Return the page of a whole dataset: the same dataset gives the same bytes.

    Behind the # of its address stand `as_known_on` and `item`, as in the dashboard's own.

    Args:
        dataset: The dataset.
        marking: A TLP 2.0 label or a national marking.
        base_url: The dashboard's own address, as configured, for the citation; may be empty.
        home: Where 'Open the dashboard' leads, such as '/'; empty leaves that link out.

    Raises:
        ExportError: The marking cannot be printed.
    """
    content = dataset_content(dataset)
    page = {
        "title": TITLE,
        "words": _first_words(dataset, content),
        "items": content["items"],
        "first_day": content["stops"][0],
        "last_day": content["last_day"],
        "home": home,
        "data_version": dataset.label,
        "method": METHOD_OF_CLAIMS,
        "licence": LICENCE,
        "citation": full_citation(cited_dataset(dataset, web_address(base_url))),
        "marking": checked_marking(marking),
        "land_credit": land_credit(),
    }
    return _page(
        "page.html.j2",
        page,
        content,
        ("colours.js", "common.js", "steps.js", "history.js", "page.js"),
    )


def html_bytes(chart: CaptionedChart, caption: Caption) -> bytes:
    """Return the page of one chart, with its table and all of its sources."""
    with caption_language(caption.language):
        return _chart_page(chart, caption)


def _chart_page(chart: CaptionedChart, caption: Caption) -> bytes:
    figure = chart.figure
    is_map = any(trace.type == "scattergeo" for trace in figure.data)
    content = {
        "figure": figure_content(figure),
        "theme": _theme_of(figure),
        "height": int(figure.layout.height or (MAP_HEIGHT if is_map else HEIGHT)),
        "columns": [str(heading) for heading in chart.table.columns],
        "rows": plain_rows(chart.table),
        "sources": source_content(chart.sources),
        "themes": theme_content(),
        **({} if caption.language == ENGLISH else {"said": _said_by_script()}),
    }
    page = {
        "title": caption.title,
        "caption": caption,
        "permalink": web_address(caption.permalink),
        "home": "",
        "data_version": caption.data_version,
        "method": caption.method,
        "licence": caption.licence,
        "citation": caption.citation,
        "marking": caption.marking,
        "land_credit": land_credit() if is_map else "",
    }
    return _page("chart.html.j2", page, content, ("colours.js", "common.js", "chart.js"))


def _said_by_script() -> dict[str, str]:
    """Return what scripts say on the page of a chart, by its English, in the caption's language."""
    texts = (
        message("date not seen"),
        message("no link"),
        message("yes"),
        message("no"),
        message("Show all {number}"),
        message("{shown} of {number}"),
    )
    return {
        "language": current_language(),
        "{number} row": translated("Rows: {number}"),
        "{number} document": translated("Documents: {number}"),
        **{text: translated(text) for text in texts},
    }


def _first_words(dataset: Dataset, content: Content) -> dict[str, str]:
    """Return what the page says of the newest day, for readers whose browser runs no scripts."""
    state: Content = {}
    for difference in content["items"][0]["states"]:
        state |= difference
    words = content["words"]
    told = state["headline"] or {}
    newest_map = content["map"]["states"][-1]
    return {
        **{name: words[told[name]] if told else "" for name in ("lead", "who", "when", "origins")},
        "figure": words[told["figure"]] if told else "No figure yet",
        "title": words[state["title"]],
        "subtitle": words[state["subtitle"]],
        "alt": words[state["alt"]],
        "chart_origins": words[state["origins"]],
        "as_known": as_known_in_words(dataset.as_known_on, dataset.last_day),
        "map_title": newest_map["title"],
        "map_subtitle": newest_map["subtitle"],
        "map_alt": newest_map["alt"],
    }


def _theme_of(figure: Any) -> Theme:
    return (
        "dark" if figure.layout.template.layout.paper_bgcolor == surface("dark").page else "light"
    )


# ------------------------------------------------------------------ the file


def _page(
    template: str, page: Mapping[str, Any], content: Content, scripts: tuple[str, ...]
) -> bytes:
    library = _asset("assets/plotly-geo.min.js")
    script = (
        "(() => {\n" + "\n".join(_asset(f"exports/offline/{name}") for name in scripts) + "})()"
    )
    style = "\n".join([_font(), _theme_style(), _marking_style(page["marking"]), _style()])
    text = (
        _templates()
        .get_template(template)
        .render(
            **page,
            brand=translated(TITLE),
            language=current_language(),
            translated=translated,
            data_licence=DATA_LICENCE,
            licence_address=LICENCE_ADDRESS,
            icon=_icon(),
            policy=page_policy(style, [library, script]),
            style=Markup(style),
            library=Markup(library),
            script=Markup(script),
            content=Markup(embedded_json(content)),
        )
    )
    return text.encode()


def page_policy(style: str, scripts: list[str]) -> str:
    """Return a policy that lets a page run these scripts, look like this, and ask for nothing.

    Drawings set the style of single elements, which needs `style-src-attr`.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_hash(script) for script in scripts)}",
            f"style-src-elem {_hash(style)} {_hash('')}",
            "style-src-attr 'unsafe-inline'",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def embedded_json(content: Content) -> str:
    """Return JSON that may stand in a script element: no sign in it can end that element."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in _ESCAPED:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("dashboard.exports", "offline"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(path: str) -> str:
    return files("dashboard").joinpath(path).read_text(encoding="utf-8")


def _style() -> str:
    return _asset("exports/offline/page.css")


@cache
def _font() -> str:
    """Return the typeface; letters that it has not come from the reader's machine."""
    font = files("dashboard").joinpath("web/static/fonts/inter-latin-wght-normal.woff2")
    data = base64.b64encode(font.read_bytes()).decode()
    return (
        "@font-face{font-family:Inter;font-weight:100 900;"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


@cache
def _icon() -> str:
    svg = files("dashboard").joinpath("web/static/icon.svg").read_bytes()
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _theme_style() -> str:
    """Return the colours of both themes; without scripts the reader's system decides."""
    light, dark = _colours("light"), _colours("dark")
    return (
        f":root{{color-scheme:light;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme]){{color-scheme:dark;{dark}}}}}"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}"
    )


def _colours(theme: Theme) -> str:
    colours = surface(theme)
    named = {
        "page": colours.page,
        "ground": GROUNDS[theme],
        "ink": colours.ink,
        "muted": colours.muted,
        "line": colours.grid,
        "edge": colours.baseline,
        "accent": ACCENTS[theme],
    }
    return "".join(f"--{name}:{colour};" for name, colour in named.items())


def _marking_style(marking: str) -> str:
    """Return the marking for the top and the bottom of every printed page."""
    text = "".join(f"\\{ord(sign):06x}" for sign in marking)
    box = f'{{content:"{text}";font:700 12pt sans-serif}}'
    return f"@media print{{@page{{margin:18mm 12mm;@top-right{box}@bottom-right{box}}}}}"
