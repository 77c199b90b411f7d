"""The drawing of a chart on a page, redrawn in place.

Streamlit's own element for Plotly takes a chart away and draws it anew whenever its figure changes.
This one updates it, brings the small drawing library that we ship, and has the browser keep the
outlines of land, which are most of a map.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st
from plotly.io.json import to_json_plotly

from dashboard.captioned import CaptionedChart
from dashboard.figures.land import outline_of
from dashboard.web.chart_files import drawing_library, land

SCRIPT = (Path(__file__).parent / "static" / "chart_view.js").read_text(encoding="utf-8")
HTML = '<div class="chart-view" role="figure"><div class="plot"></div></div>'
CSS = """
.chart-view { position: relative; width: 100%; background: var(--st-background-color); }
.chart-view .plot { position: absolute; inset: 0; overflow: hidden; }
.chart-view:fullscreen { padding: 2rem; }
.chart-view:fullscreen .plot { inset: 2rem; }
.chart-view[data-fault]::after { content: attr(data-fault); position: absolute; inset: 1rem; }
"""
CONFIG = {
    "displaylogo": False,
    "displayModeBar": "hover",
    # Nothing may send a chart to another host.
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "sendChartToCloud"],
    "plotlyServerURL": "",
    "showTips": False,
    "typesetMath": False,
}
_PICTURE = {"format": "svg", "width": 1280, "height": 720}

_messages: WeakKeyDictionary[CaptionedChart, dict[tuple[int, bool], bytes]] = WeakKeyDictionary()


def chart_view(
    chart: CaptionedChart,
    on_pick: Callable[[object], None] | None,
    height: int,
    ahead: Mapping[str, Any] | None = None,
) -> None:
    """Show the drawing of a chart.

    Args:
        chart: The chart.
        on_pick: Called with the custom data of the mark that the reader clicks.
        height: Height in pixels.
        ahead: What `dashboard.web.steps_ahead` tells of a growth chart.
    """
    # The drawing library puts its own rules for styles into the page, so the page must reach in.
    view = st.components.v2.component(
        "chart_view", html=HTML, css=CSS, js=SCRIPT, isolate_styles=False
    )
    key = f"chart_{chart.name}"
    view(
        key=key,
        data=message_of(chart, height, ahead),
        on_mark_change=lambda: on_pick(st.session_state[key]["mark"]) if on_pick else None,
    )


def message_of(chart: CaptionedChart, height: int, ahead: Mapping[str, Any] | None = None) -> bytes:
    """Return what a browser needs to draw a chart, as JSON; made once for each chart and height."""
    of_chart = _messages.setdefault(chart, {})
    kind = (height, ahead is not None)
    if kind not in of_chart:
        of_chart[kind] = to_json_plotly(
            {
                "figure": _without_land(chart.figure.to_dict()),
                "files": {"library": drawing_library().address, "land": land().address},
                "alt": chart.alt,
                "height": height,
                "ahead": ahead,
                "config": {
                    **CONFIG,
                    "toImageButtonOptions": {**_PICTURE, "filename": _name(chart)},
                },
            }
        ).encode()
    return of_chart[kind]


def _name(chart: CaptionedChart) -> str:
    return f"{chart.name}-{chart.data_version.split()[0]}"


def _without_land(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure whose outlines of land are left for the browser to fill in."""
    traces = [
        {key: value for key, value in trace.items() if key not in ("lon", "lat")}
        if outline_of(trace)
        else trace
        for trace in figure["data"]
    ]
    return {**figure, "data": traces}
