"""A real server, a real browser, and a page that fails on whatever should never happen."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
)

from benchmarks.servers import end, free_port, wait_until_healthy
from dashboard.dataset import SHIPPED_DATA
from tests.test_pages import write_hostile_folder

ROOT = Path(__file__).parents[2]
HEALTH = "/_stcore/health"
STEP_MILLISECONDS = 30_000

_LOOKS_FOR_ITS_ROOT = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
"""On a page's own address Streamlit first asks below it, and then at the root: no fault."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the dashboard on the shipped data."""
    with serving(SHIPPED_DATA) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard on the shipped data with hostile text in every cell of words."""
    with serving(write_hostile_folder(tmp_path_factory.mktemp("hostile"))) as address:
        yield address


@contextmanager
def serving(data: Path, *options: str, run_by: tuple[str, ...] = ()) -> Iterator[str]:
    """Run `shipments serve` on a free port, wait until it answers, end it afterwards.

    Args:
        data: The data folder.
        options: More options of the command.
        run_by: A command that runs it, such as one that takes rights away.
    """
    port = free_port()
    command = [*run_by, sys.executable, "-m", "dashboard", "serve", "--port", str(port)]
    command += ["--data", str(data), *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(process, f"{address}{HEALTH}")
        yield address
    finally:
        end(process)


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for all tests, so that Streamlit's own files are fetched once."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, accept_downloads=True, locale="en-GB"
    )
    context.set_default_timeout(STEP_MILLISECONDS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test on a foreign request, an error in a script or on the console."""
    page, wrong = watched_page(context)
    yield page
    page.close()
    assert wrong == []


def watched_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """Return a page, and the growing list of what should not have happened on it."""
    page = context.new_page()
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        wrong.extend(_on_console(message.type, message.text, message.location.get("url", "")))

    def on_dialog(dialog: Dialog) -> None:
        wrong.append(f"a script opened a box: {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: wrong.extend(_foreign(request.url)))
    page.on("response", lambda answer: wrong.extend(_refused(answer.status, answer.url)))
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on("console", on_console)
    page.on("dialog", on_dialog)
    return page, wrong


def _foreign(url: str) -> list[str]:
    is_own = re.match(r"(https?|wss?)://127\.0\.0\.1:\d+/|data:|blob:|about:", url)
    return [] if is_own else [f"asked another host: {url}"]


def _refused(status: int, url: str) -> list[str]:
    if status < 400 or _LOOKS_FOR_ITS_ROOT.search(url):
        return []
    return [f"answered with {status}: {url}"]


def _on_console(kind: str, text: str, url: str) -> list[str]:
    if kind != "error" or _LOOKS_FOR_ITS_ROOT.search(url):
        return []
    return [f"error on the console: {text} {url}"]


def settled(page: Page) -> Page:
    """Wait until the script has run, nothing is loading, and every chart is drawn."""
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]"
        "[data-test-connection-state=CONNECTED]"
    )
    page.wait_for_selector("[data-testid=stMain] h1")
    page.wait_for_function(IS_DRAWN)
    return page


IS_DRAWN = """() => {
  const loading = "[data-testid=stSkeleton], [data-stale=true]"
  if (document.querySelector(loading)) return false
  const charts = [...document.querySelectorAll(".chart-view")]
  return charts.every(chart => chart.querySelector(".js-plotly-plot .main-svg"))
}"""
