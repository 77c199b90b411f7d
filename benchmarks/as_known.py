"""How long a step of the time control takes on the server, beside a rerun of a trivial app.

Run: .venv/bin/python benchmarks/as_known.py

Both run in one process by Streamlit's own test runner, with the garbage collector frozen after
the first runs, as the server does. The floor is an app with one Plotly chart and nothing else.
"""

from __future__ import annotations

import gc
import logging
import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.as_known import statement_days
from dashboard.dataset import load_dataset

ROOT = Path(__file__).parent.parent
RUNS = 15
TRIVIAL = """
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(y=[1, 2, 3])))
"""


def milliseconds(app: AppTest, days: list[str]) -> float:
    """Return the median time of a rerun in milliseconds, one for each day."""
    times = []
    for day in days:
        app.query_params["as_known_on"] = day
        start = time.perf_counter()
        app.run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    logging.disable(logging.WARNING)
    days = [day.isoformat() for day in statement_days(load_dataset().claims)[-RUNS - 40 : -40]]
    overview = AppTest.from_file(str(ROOT / "dashboard" / "web" / "entry.py"), default_timeout=60)
    trivial = AppTest.from_string(TRIVIAL, default_timeout=60)
    for app in (overview, trivial):
        app.run()
        app.run()
    gc.collect()
    gc.freeze()
    first = milliseconds(overview, days)
    gc.collect()
    gc.freeze()
    following, floor = milliseconds(overview, days), milliseconds(trivial, days)
    print("| step of the time control, Overview | ms | × trivial app |")
    print("|---|---|---|")
    for name, value in (
        ("day not drawn before", first),
        ("day drawn before", following),
        ("trivial app, one chart", floor),
    ):
        print(f"| {name} | {value:.0f} | {value / floor:.1f} |")


if __name__ == "__main__":
    main()
