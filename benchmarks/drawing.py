"""What a reader sees, timed in the page itself: from the address to the chart, and to its redraw.

The clock is the browser's. A load ends when every chart of the page is drawn and the script has
run; a redraw begins with the reader's key or click and ends with the last change of the drawing
before a quiet moment. The same two definitions hold for the dashboard and for every floor.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MILLISECONDS = 60_000
QUIET_MILLISECONDS = 500
SCREEN = {"width": 1440, "height": 900}

_WATCH = """
window.bench = { drawnAt: 0, isDrawn: false, startedAt: 0, changedAt: 0, target: "" }
const chartsAreDrawn = () => {
  const app = document.querySelector("[data-testid=stApp]")
  if (app) {
    if (app.dataset.testScriptState !== "notRunning") return false
    if (app.dataset.testConnectionState !== "CONNECTED") return false
    if (document.querySelector("[data-testid=stSkeleton], [data-stale=true]")) return false
    const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart], .chart-view")]
    if (!charts.every(chart => chart.querySelector(".main-svg"))) return false
    return charts.length > 0 || !!document.querySelector("[data-testid=stMain] h1")
  }
  const plots = [...document.querySelectorAll(".js-plotly-plot")]
  return plots.length > 0 && plots.every(plot => plot.querySelector(".main-svg"))
}
const isInTarget = ({ target }) => {
  const node = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement
  return !!node && !!node.closest(bench.target)
}
new MutationObserver(changes => {
  const now = performance.now()
  const isDrawn = chartsAreDrawn()
  if (isDrawn && !bench.isDrawn) bench.drawnAt = now
  bench.isDrawn = isDrawn
  if (bench.target && bench.startedAt && changes.some(isInTarget)) bench.changedAt = now
}).observe(document, {
  attributes: true, characterData: true, childList: true, subtree: true,
})
const begin = () => { if (bench.target && !bench.startedAt) bench.startedAt = performance.now() }
for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, begin, { capture: true })
"""
_IS_LOADED = f"""() =>
  bench.isDrawn && performance.now() - bench.drawnAt > {QUIET_MILLISECONDS} && bench.drawnAt"""
_IS_REDRAWN = f"""() =>
  bench.changedAt && performance.now() - bench.changedAt > {QUIET_MILLISECONDS}
  && bench.changedAt - bench.startedAt"""
_TRAFFIC = """() => {
  const entries = [
    ...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource"),
  ]
  return [entries.length, entries.reduce((sum, entry) => sum + entry.transferSize, 0)]
}"""

CHART = ".js-plotly-plot"
"""Where the drawing of a chart changes."""


@dataclass(frozen=True)
class Load:
    """A page load: seconds until drawn, requests made, bytes over the wire."""

    seconds: float
    requests: int
    bytes: int


@contextmanager
def browser() -> Iterator[Browser]:
    """Start headless Chromium.

    Raises:
        RuntimeError: There is none on this machine.
    """
    if CHROMIUM is None:
        raise RuntimeError("Chromium is missing: install it to measure pages")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@contextmanager
def new_reader(browser: Browser) -> Iterator[Page]:
    """Open a tab with nothing in the cache."""
    context = browser.new_context(viewport=SCREEN, locale="en-GB")
    context.set_default_timeout(WAIT_MILLISECONDS)
    context.add_init_script(_WATCH)
    yield context.new_page()
    context.close()


def load(page: Page, address: str) -> Load:
    """Open an address and wait until every chart of it is drawn."""
    page.goto(address, wait_until="commit")
    drawn_at = page.wait_for_function(_IS_LOADED).json_value()
    requests, size = page.evaluate(_TRAFFIC)
    return Load(drawn_at / 1000, requests, size)


def redraw(page: Page, act: Callable[[], object], target: str = CHART) -> float:
    """Return the seconds from the reader's act to the last change of what it changes."""
    page.evaluate("target => Object.assign(bench, { target, startedAt: 0, changedAt: 0 })", target)
    act()
    milliseconds = page.wait_for_function(_IS_REDRAWN).json_value()
    page.evaluate("() => { bench.target = '' }")
    return float(milliseconds) / 1000
