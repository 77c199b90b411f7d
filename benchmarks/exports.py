"""Seconds per chart and format, first and next, as a ratio to the bare library call.

The first time is that of a fresh process, with the imports of the format's writer; the data are
loaded and the chart is drawn before the clock starts. The next times are those of a running
server; what is kept by its content is dropped before each. The bare call does the least that the
same library must do for the same content: an empty deck with a chart of the same points, a sheet
with the same cells, the figure as JSON, a browser that prints the bare figure.

Run it with `make bench-exports`.
"""

from __future__ import annotations

import csv
import io
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import plotly
import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart
from dashboard.dataset import load_dataset
from dashboard.exports import renderer
from dashboard.exports.caption import caption_of
from dashboard.exports.formats import ExportFormat, export_chart
from dashboard.exports.renderer import Job, browser_path, render
from dashboard.exports.tabular import plain_rows
from dashboard.figures.catalogue import ChartOrder, draw

CHARTS = ("growth", "routes")
RUNS = 7
BROWSER_FORMATS = (ExportFormat.PNG, ExportFormat.SVG, ExportFormat.PDF)
PICTURE = (1280, 720)


def main(arguments: list[str]) -> None:
    """Print the table, or with a chart and a format the first time of that pair."""
    if arguments:
        chart = _drawn(arguments[0])
        print(_seconds(lambda: _export(chart, ExportFormat(arguments[1]))))
        return
    print("| Chart | Format | First, s | Next, s | Bare call, s | Ratio |")
    print("|---|---|--:|--:|--:|--:|")
    for name in CHARTS:
        chart = _drawn(name)
        for format in ExportFormat:
            if format in BROWSER_FORMATS and browser_path() is None:
                continue
            print(_row(chart, format), flush=True)


def _row(chart: CaptionedChart, format: ExportFormat) -> str:
    first = statistics.median(_first(chart.name, format) for _ in range(3))
    following = _median(lambda: _export(chart, format))
    bare = _median(lambda: _bare(chart, format))
    ratio = following / bare
    shown = f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"
    return (
        f"| {chart.name} | {format.value.upper()} | {first:.3f} | {following:.3f} | {bare:.4f} "
        f"| {shown} |"
    )


def _drawn(name: str) -> CaptionedChart:
    return draw(load_dataset(), name, ChartOrder(), "light")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_seconds(work) for _ in range(RUNS))


def _first(name: str, format: ExportFormat) -> float:
    command = [sys.executable, "-m", "benchmarks.exports", name, format.value]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _export(chart: CaptionedChart, format: ExportFormat) -> bytes:
    renderer._kept.clear()
    return export_chart(chart, format, caption_of(chart)).data


# ------------------------------------------------------------------ bare library calls


def _bare(chart: CaptionedChart, format: ExportFormat) -> object:
    if format in BROWSER_FORMATS:
        return _bare_browser(chart.figure, format)
    return {
        ExportFormat.PPTX: _bare_deck,
        ExportFormat.XLSX: _bare_workbook,
        ExportFormat.CSV: _bare_csv,
        ExportFormat.JSON: lambda chart: chart.figure.to_json(),
        ExportFormat.HTML: lambda chart: chart.figure.to_html(include_plotlyjs=True),
    }[format](chart)


def _bare_browser(figure: go.Figure, format: ExportFormat) -> bytes:
    """Return the bare figure from the same browser: no caption, no table, no fonts of ours."""
    renderer._kept.clear()
    script = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").as_uri()
    size = json.dumps(dict(zip(("width", "height"), PICTURE, strict=True)))
    html = (
        f'<!doctype html><div id="plot"></div><script src="{script}"></script><script>'
        f"const figure = {figure.to_json()};"
        f'Plotly.newPlot("plot", figure.data, {{...figure.layout, ...{size}}})'
        ".then(() => { window.sheetReady = true; });"
        f'window.sheetAsSvg = () => Plotly.toImage("plot", {{format: "svg", ...{size}}});</script>'
    )
    return render([Job(html, format.value, *PICTURE)])[0]


def _bare_deck(chart: CaptionedChart) -> bytes:
    """Return an empty deck with the same points as one native chart, or shapes for a map."""
    from pptx import Presentation
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    traces = _point_lists(chart.figure)
    if any(trace.type == "scattergeo" for trace in chart.figure.data):
        for points in traces:
            builder = slide.shapes.build_freeform(*points[0], scale=10_000.0)
            builder.add_line_segments(points[1:] or points, close=False)
            builder.convert_to_shape()
    else:
        data = XyChartData()
        for number, points in enumerate(traces):
            series = data.add_series(f"Series {number}")
            for x, y in points:
                series.add_data_point(x, y)
        box = (Inches(1), Inches(1), Inches(8), Inches(5))
        slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, data)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _point_lists(figure: go.Figure) -> list[list[tuple[float, float]]]:
    """Return each trace's points as plain numbers, a line that is broken as several."""
    lists = []
    for trace in figure.data:
        xs, ys = (trace.lon, trace.lat) if trace.type == "scattergeo" else (trace.x, trace.y)
        points: list[tuple[float, float]] = []
        pairs = zip([] if xs is None else xs, [] if ys is None else ys, strict=False)
        for number, (x, y) in enumerate(pairs):
            if x is None or y is None or x != x or y != y:
                lists.append(points)
                points = []
                continue
            is_number = isinstance(x, int | float)
            points.append((float(x) if is_number else float(number), float(y)))
        lists.append(points)
    return [points for points in lists if points]


def _bare_workbook(chart: CaptionedChart) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([list(chart.table.columns), *plain_rows(chart.table)]):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def _bare_csv(chart: CaptionedChart) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([list(chart.table.columns), *chart.table.values.tolist()])
    return text.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
