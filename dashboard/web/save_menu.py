"""The menu of a chart card: every format, what is in it, and how to cite it.

Nothing is made until it is asked for: the buttons carry functions, and the menu's own light
figures are worked out when it is opened.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.captioned import CaptionedChart
from dashboard.citation import cited_chart
from dashboard.exports.caption import DEFAULT_MARKING, Caption, caption_of, checked_marking
from dashboard.exports.formats import (
    ExportError,
    ExportFormat,
    export_chart,
    file_name,
    offered_formats,
)
from dashboard.exports.permalink import base_url
from dashboard.exports.renderer import NO_BROWSER, browser_path
from dashboard.web.cite import citations
from dashboard.web.picture import save_picture
from dashboard.web.state import DATA_VERSION
from dashboard.web.text import plain
from dashboard.words import counted

AS_TABLE = {
    ExportFormat.XLSX: "Workbook with table and sources (Excel)",
    ExportFormat.CSV: ExportFormat.CSV.meaning,
    ExportFormat.JSON: ExportFormat.JSON.meaning,
}
BY_BROWSER = (ExportFormat.PNG, ExportFormat.SVG, ExportFormat.PDF)
CHOICES: dict[ExportFormat, tuple[tuple[str, dict[str, Any]], ...]] = {
    ExportFormat.PPTX: (("16:9", {"ratio": "16:9"}), ("4:3", {"ratio": "4:3"})),
    ExportFormat.PNG: (
        ("1280 × 720", {"scale": 1}),
        ("2560 × 1440", {"scale": 2}),
        ("3840 × 2160", {"scale": 3}),
    ),
    ExportFormat.PDF: (("16:9", {"paper": "16:9"}), ("A4", {"paper": "A4"})),
}


def save_menu(chart: CaptionedChart, *, as_table: bool = False) -> None:
    """Show the button that opens the menu; a table without a drawing has no pictures."""
    popover = st.popover(
        "Save",
        icon=":material/download:",
        type="tertiary",
        key=f"save_{chart.name}",
        on_change="rerun",
        help="Save this with its sources, or cite it",
    )
    if popover.open:
        with popover:
            _menu(chart, as_table)


def _menu(chart: CaptionedChart, as_table: bool) -> None:
    marking = st.text_input(
        "Handling marking",
        DEFAULT_MARKING,
        max_chars=80,
        key=f"marking_{chart.name}",
        help="Printed on top and bottom: a TLP 2.0 label or a national marking",
    )
    try:
        caption = caption_of(
            chart,
            marking=checked_marking(marking),
            permalink=permalink(chart),
            base_url=base_url(),
        )
    except ExportError as refusal:
        st.warning(plain(refusal))
        return
    st.caption(
        f"{counted(len(chart.table), 'row')} · {counted(len(chart.sources), 'document')} · "
        f"data {plain(chart.data_version)}"
    )
    has_browser = browser_path() is not None
    meanings = AS_TABLE if as_table else {each: each.meaning for each in offered_formats()}
    for format, meaning in meanings.items():
        if has_browser or format not in BY_BROWSER:
            _buttons(chart, caption, format, meaning)
    if not as_table:
        if not has_browser:
            st.caption(plain(NO_BROWSER))
        save_picture(chart, caption)
    with st.expander("Cite this"):
        citations(cited_chart(chart, caption.permalink))


def _buttons(chart: CaptionedChart, caption: Caption, format: ExportFormat, meaning: str) -> None:
    choices = CHOICES.get(format, (("", {}),))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(meaning), width="stretch")
        for words, options in choices:
            st.download_button(
                words or format.value.upper(),
                data=_maker(chart, caption, format, options),
                file_name=file_name(chart, format),
                mime=format.media_type,
                on_click="ignore",
                key=f"{format.value}_{words}_{chart.name}",
            )


def _maker(
    chart: CaptionedChart, caption: Caption, format: ExportFormat, options: dict[str, Any]
) -> Any:
    def make() -> bytes:
        return export_chart(chart, format, caption, **options).data

    return make


def permalink(chart: CaptionedChart) -> str:
    """Return the address of this view within the site, with the version of the data."""
    page = st.context.url.rstrip("/").rsplit("/", 1)[-1] if st.context.url else ""
    path = "/" if not page or ":" in page or "." in page else f"/{page}"
    choices = [
        (key, value)
        for key in st.query_params
        if key not in ("claim", "place", "leg", "route")
        for value in st.query_params.get_all(key)
    ]
    version = chart.data_version.split()[0]
    return f"{path}?{urlencode([*choices, (DATA_VERSION, version)])}"
