"""A picture of the chart on screen, made by the reader's own browser: no server, no network."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import streamlit as st

from dashboard.captioned import CaptionedChart
from dashboard.exports.caption import Caption
from dashboard.exports.formats import ExportFormat, file_name

SCRIPT = Path(__file__).parent / "static" / "save_picture.js"
LINE_LETTERS = 150
HTML = """
<div class="row">
  <span>What is on screen, by your browser</span>
  <button type="button" data-format="png">PNG</button>
  <button type="button" data-format="svg">SVG</button>
</div>
<p role="status"></p>
"""
CSS = """
:host { font-family: var(--st-font); color: var(--st-text-color); }
.row { display: flex; gap: 0.5rem; align-items: center; flex-wrap: wrap; }
.row span { flex: 1 1 auto; font-size: 1rem; }
button {
  font: inherit; color: inherit; background: var(--st-background-color); cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 0.4rem);
  padding: 0.3rem 0.75rem;
}
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
p { margin: 0.25rem 0 0; font-size: 0.85rem; }
p:empty { display: none; }
"""


def save_picture(chart: CaptionedChart, caption: Caption) -> None:
    """Show the buttons that save the chart on screen, with its caption, as PNG or SVG."""
    component = st.components.v2.component(
        "save_picture", html=HTML, css=CSS, js=SCRIPT.read_text(encoding="utf-8")
    )
    component(
        key=f"picture_{chart.name}",
        data={
            "chart": f"st-key-chart_{chart.name}",
            "file": file_name(chart, ExportFormat.PNG).rsplit(".", 1)[0],
            "marking": caption.marking,
            "title": wrap(caption.title, 90),
            "subtitle": wrap(f"{caption.subtitle} · {caption.as_known}", LINE_LETTERS),
            "footer": [
                line
                for text in (
                    " ".join(caption.warnings),
                    caption.source_line,
                    f"{caption.origins} · {caption.version_line} {caption.permalink}".strip(" ·"),
                )
                for line in wrap(text, LINE_LETTERS)
            ],
        },
        height="content",
    )
