"""The floors: one Plotly chart and one control, as a Streamlit app, a Dash app and a static page.

They do the least that each way allows for the same chart, so a ratio to them says what all the rest
costs. The Streamlit app has its garbage collector frozen, as the dashboard has.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.servers import ROOT, Command

STEPS = 30
POINTS = 60
BUNDLE = ROOT / "dashboard" / "assets" / "plotly-geo.min.js"

_STREAMLIT_APP = f"""
import plotly.graph_objects as go
import streamlit as st

step = st.select_slider("Step", [str(number) for number in range({STEPS})], key="step")
figure = go.Figure(go.Scatter(y=[number * int(step) for number in range({POINTS})]))
st.plotly_chart(figure.update_layout(title=f"Step {{step}}"))
"""

_STREAMLIT_SERVER = """
import gc
from contextlib import asynccontextmanager

import streamlit as st


@asynccontextmanager
async def frozen(app):
    import plotly.graph_objects as go

    go.Figure(go.Scatter(y=[1])).to_json()
    gc.collect()
    gc.freeze()
    yield {}


app = st.App("app.py", lifespan=frozen)
"""

_STREAMLIT_CONFIG = """
[server]
headless = true
address = "127.0.0.1"
fileWatcherType = "none"
[browser]
gatherUsageStats = false
"""

_DASH_APP = f"""
import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

app = Dash(__name__)
app.layout = html.Div(
    [html.Button("Next", id="next"), dcc.Graph(id="chart")]
)


@app.callback(Output("chart", "figure"), Input("next", "n_clicks"))
def draw(clicks):
    step = clicks or 0
    figure = go.Figure(go.Scatter(y=[number * step for number in range({POINTS})]))
    return figure.update_layout(title=f"Step {{step}}")


app.run(port=sys.argv[1], debug=False)
"""

_STATIC_PAGE = """<!doctype html><meta charset="utf-8"><title>One chart</title>
<input id="step" type="range" min="0" max="{steps}" value="0"><div id="chart"></div>
<script src="plotly.js"></script><script>
const draw = step => Plotly.react("chart", [{{
  type: "scatter", y: Array.from({{ length: {points} }}, (_, number) => number * step),
}}], {{ title: {{ text: `Step ${{step}}` }} }})
document.getElementById("step").addEventListener("input", ({{ target }}) => draw(+target.value))
draw(0)
</script>"""


def write_floors(folder: Path) -> dict[str, Command]:
    """Write the three floors into a folder and return how each is served."""
    streamlit, dash, static = (folder / name for name in ("streamlit", "dash", "static"))
    for place in (streamlit / ".streamlit", dash, static):
        place.mkdir(parents=True)
    (streamlit / "app.py").write_text(_STREAMLIT_APP, encoding="utf-8")
    (streamlit / "asgi.py").write_text(_STREAMLIT_SERVER, encoding="utf-8")
    (streamlit / ".streamlit" / "config.toml").write_text(_STREAMLIT_CONFIG, encoding="utf-8")
    (dash / "app.py").write_text(_DASH_APP, encoding="utf-8")
    (static / "index.html").write_text(
        _STATIC_PAGE.format(steps=STEPS, points=POINTS), encoding="utf-8"
    )
    shutil.copy(BUNDLE, static / "plotly.js")
    python = sys.executable
    streamlit_words = ("-m", "streamlit", "run", "asgi.py", "--server.port={port}")
    static_words = ("-m", "http.server", "{port}", "--bind", "127.0.0.1")
    return {
        "streamlit": Command((python, *streamlit_words), streamlit),
        "dash": Command((python, "app.py", "{port}"), dash, "/"),
        "static": Command((python, *static_words), static, "/"),
    }
