"""From the address to the chart, and from a control to its redraw, beside the floors."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import drawing
from benchmarks.drawing import CHART, Load, browser, load, new_reader, redraw
from benchmarks.floors import write_floors
from benchmarks.servers import Server, dashboard, running
from benchmarks.table import Figure

PAGES = ("overview", "timeline", "routes", "evidence", "vessels", "briefing", "data", "method")
FLOORS = {"streamlit": "Streamlit", "dash": "Dash", "static": "static"}
REGISTER = "[data-testid=stMain]"
_SLIDER = "[data-testid=stSlider] input[type=range]"


@contextmanager
def floors_and_dashboard() -> Iterator[dict[str, Server]]:
    """Serve the floors and the dashboard side by side, all of them at rest."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        commands = {**write_floors(Path(folder) / "floors"), "dashboard": dashboard()}
        servers = {
            name: stack.enter_context(running(command)) for name, command in commands.items()
        }
        servers["dashboard"].wait_until_idle()
        yield servers


# ------------------------------------------------------------------ starts


def starts(runs: int) -> list[Figure]:
    """Return how long each server takes until it answers, and its memory then."""
    seconds: dict[str, list[float]] = {}
    memory: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        commands = write_floors(Path(folder) / "floors")
        commands = {**commands, "dashboard": dashboard()}
        del commands["static"]
        for _ in range(runs + 1):
            for name, command in commands.items():
                with running(command) as server:
                    seconds.setdefault(name, []).append(server.seconds_to_start)
                    memory.setdefault(name, []).append(server.memory_mb())
    start, weight = (_medians(values) for values in (seconds, memory))
    return [
        _beside("cold start of the server", start, "dashboard", "streamlit", "s"),
        _beside("the same", start, "dashboard", "dash", "s"),
        _beside("memory after the start", weight, "dashboard", "streamlit", "MB"),
    ]


def _medians(values: Mapping[str, list[float]]) -> dict[str, float]:
    """Return the median of each list without its first value, which warmed the machine up."""
    return {name: statistics.median(found[1:] or found) for name, found in values.items()}


def _beside(
    what: str,
    medians: Mapping[str, float],
    name: str,
    floor: str,
    unit: str,
    most_ratio: float | None = None,
) -> Figure:
    return Figure(what, medians[name], unit, medians[floor], FLOORS.get(floor, floor), most_ratio)


# ------------------------------------------------------------------ loads


def loads(runs: int) -> list[Figure]:
    """Return first and warm loads of every page until its charts are drawn."""
    with floors_and_dashboard() as servers, browser() as chromium:
        addresses = _addresses(servers)
        found = [_round_of_loads(chromium, addresses) for _ in range(runs + 1)]
    firsts = {name: [loads[name][0] for loads in found] for name in addresses}
    first = _medians({name: [load.seconds for load in every] for name, every in firsts.items()})
    warm = _medians({name: [loads[name][1].seconds for loads in found] for name in addresses})
    figures = [
        _beside("Overview, first load", first, "overview", "streamlit", "s", 1.25),
        _beside("Overview, warm load", warm, "overview", "streamlit", "s", 1.5),
        _beside("/snapshot, first load", first, "snapshot", "static", "s", 2),
        _beside("/snapshot, warm load", warm, "snapshot", "static", "s"),
    ]
    for page in PAGES[1:]:
        title = page.capitalize()
        figures += [
            _beside(f"{title}, first load", first, page, "streamlit", "s"),
            _beside(f"{title}, warm load", warm, page, "streamlit", "s"),
        ]
    return [*figures, *_traffic(firsts)]


def _addresses(servers: Mapping[str, Server]) -> dict[str, str]:
    own = servers["dashboard"].address
    floors = {name: servers[name].address for name in FLOORS}
    pages = {page: f"{own}/{page}" for page in PAGES} | {"overview": own}
    return {**floors, **pages, "snapshot": f"{own}/snapshot"}


def _round_of_loads(
    chromium: Browser, addresses: Mapping[str, str]
) -> dict[str, tuple[Load, Load]]:
    found = {}
    for name, address in addresses.items():
        with new_reader(chromium) as page:
            found[name] = load(page, address), load(page, address)
    return found


def _traffic(firsts: Mapping[str, list[Load]]) -> list[Figure]:
    of_overview, of_floor = firsts["overview"][-1], firsts["streamlit"][-1]
    return [
        Figure(
            "Overview, files of the first load",
            of_overview.requests,
            "",
            of_floor.requests,
            "Streamlit",
        ),
        Figure(
            "Overview, size of these files",
            of_overview.bytes / 1e6,
            "MB",
            of_floor.bytes / 1e6,
            "Streamlit",
        ),
        Figure(
            "/snapshot, size as sent",
            firsts["snapshot"][-1].bytes / 1e6,
            "MB",
            firsts["static"][-1].bytes / 1e6,
            "static",
        ),
    ]


# ------------------------------------------------------------------ redraws


def redraws(runs: int) -> list[Figure]:
    """Return how long a reader waits for the redraw after a key or a click."""
    with floors_and_dashboard() as servers, browser() as chromium, ExitStack() as stack:
        own = servers["dashboard"].address
        tabs = {
            "streamlit": (servers["streamlit"].address, _step_of(_SLIDER, "ArrowRight"), CHART),
            "dash": (servers["dash"].address, _click_next, CHART),
            "static": (servers["static"].address, _step_of("#step", "ArrowRight"), CHART),
            "growth": (own, _step_of(_SLIDER, "ArrowLeft"), f".st-key-chart_growth {CHART}"),
            "item": (f"{own}/timeline", _next_option("item"), f".st-key-chart_growth {CHART}"),
            "map": (f"{own}/routes", _next_mode, f".st-key-chart_routes {CHART}"),
            "register": (f"{own}/evidence", _next_option("item"), REGISTER),
            "snapshot": (f"{own}/snapshot", _step_of("#slider", "ArrowLeft"), f"#chart{CHART}"),
        }
        pages = {name: stack.enter_context(new_reader(chromium)) for name in tabs}
        for name, (address, _, _) in tabs.items():
            load(pages[name], address)
        seconds: dict[str, list[float]] = {}
        for _ in range(runs + 1):
            for name, (_, prepared, target) in tabs.items():
                act = prepared(pages[name])
                milliseconds = 1000 * redraw(pages[name], act, target)
                seconds.setdefault(name, []).append(milliseconds)
    median = _medians(seconds)
    return [
        _beside("growth chart, step of “as known on”", median, "growth", "streamlit", "ms", 1.5),
        _beside("the same", median, "growth", "dash", "ms", 2),
        _beside("growth chart, another item (Timeline)", median, "item", "streamlit", "ms"),
        _beside("map, another mode (Routes)", median, "map", "streamlit", "ms"),
        _beside("register, another item (Evidence)", median, "register", "streamlit", "ms"),
        _beside(
            "/snapshot, step of “as known on” in the browser", median, "snapshot", "static", "ms", 2
        ),
    ]


Prepared = Callable[[Page], Callable[[], object]]


def _step_of(slider: str, key: str) -> Prepared:
    def prepare(page: Page) -> Callable[[], object]:
        page.locator(slider).first.focus()
        return lambda: page.keyboard.press(key)

    return prepare


def _click_next(page: Page) -> Callable[[], object]:
    return lambda: page.get_by_role("button", name="Next").click()


def _next_option(key: str) -> Prepared:
    """Open a list and go to its next option; Enter chooses it."""

    def prepare(page: Page) -> Callable[[], object]:
        page.locator(f".st-key-{key} input").click()
        page.wait_for_timeout(drawing.QUIET_MILLISECONDS)
        page.keyboard.press("ArrowDown")
        return lambda: page.keyboard.press("Enter")

    return prepare


def _next_mode(page: Page) -> Callable[[], object]:
    """Open the list of modes on its next mode, with none chosen before."""
    field = page.locator(".st-key-mode input")
    field.click()
    page.keyboard.press("Backspace")
    page.wait_for_timeout(4 * drawing.QUIET_MILLISECONDS)
    page.keyboard.press("ArrowDown")
    return lambda: page.keyboard.press("Enter")
