"""The offline page from a folder, the network cut: it asks for nothing, and all of it follows."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Route

from dashboard.as_known import as_known
from dashboard.codes import Item
from dashboard.dataset import Dataset
from dashboard.exports.caption import caption_of, cited_documents
from dashboard.exports.offline import html_bytes, offline_page
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart
from dashboard.figures.relays import relay_chart
from dashboard.selection import Selection
from dashboard.web.steps_ahead import history_content, stepping_script
from dashboard.web.warm import THEMES
from tests.build import good_dataset
from tests.test_pages import hostile_tables

EVE = "2024-02-25"
"""The day before Seoul said 6,700."""
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    (folder / "page.html").write_bytes(offline_page(dataset))
    return folder


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Opened]:
    """A way to open a file of the folder; fails on any request but for it, and on any error."""
    wrong: list[str] = []
    contexts = []

    def only_files(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            wrong.append(f"asked for {route.request.url}")
            route.abort()

    def open_file(name: str = "page.html", behind: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        context.set_offline(True)
        context.route("**/*", only_files)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("dialog", lambda dialog: wrong.append(f"a box: {dialog.message}"))
        page.goto(f"{(folder / name).as_uri()}{behind}")
        page.wait_for_selector("html[data-ready]")
        page.wait_for_selector("#chart .main-svg")
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert wrong == []


def move_slider_to(page: Page, day: str) -> None:
    page.evaluate(
        """day => {
          const content = JSON.parse(document.getElementById("content").textContent)
          const slider = document.getElementById("slider")
          slider.value = content.stops.findLastIndex(stop => stop <= day)
          slider.dispatchEvent(new Event("input"))
        }""",
        day,
    )


def texts(page: Page) -> dict[str, str]:
    """Return what stands in each part that follows the day."""
    parts = ("figure", "chart-title", "chart-alt", "claims-count", "sources-count", "map-title")
    return {part: page.locator(f"#{part}").inner_text() for part in parts}


# ------------------------------------------------------------------ the day


def test_everything_on_the_page_follows_the_slider(opened: Opened) -> None:
    page = opened()
    before, marks = texts(page), page.locator("#chart .points path").count()
    move_slider_to(page, EVE)
    after = texts(page)
    assert {part for part in after if after[part] == before[part]} == set()
    assert page.locator("#chart .points path").count() < marks
    assert after["chart-alt"].startswith("As known on 23 February 2024")


def test_a_link_opens_the_same_view(opened: Opened) -> None:
    page = opened(behind=f"#as_known_on={EVE}&item=troops")
    assert page.locator("#known").inner_text() == "As known on 25 February 2024"
    assert page.locator("#item").input_value() == "troops"
    address = page.locator("#permalink").get_attribute("href")
    assert address == f"#as_known_on={EVE}&item=troops"


@pytest.mark.parametrize(
    "behind",
    [
        "#as_known_on=soon&item=nothing",
        "#as_known_on=2024-02-30",
        "#%E0%A4%A",
        "#<script>",
        "#item",
    ],
)
def test_an_impossible_link_shows_the_newest_day(opened: Opened, behind: str) -> None:
    page = opened(behind=behind)
    assert page.locator("#known").inner_text().startswith("All reports up to")
    assert page.locator("#item").input_value() == "containers"


def test_the_date_box_and_the_slider_follow_each_other(opened: Opened) -> None:
    page = opened()
    page.locator("#date").fill(EVE)
    page.locator("#date").dispatch_event("change")
    assert "as_known_on=2024-02-25" in page.url
    slider = page.locator("#slider")
    assert slider.get_attribute("aria-valuetext") == "25 February 2024"
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert "as_known_on=2024-02-26" in page.url
    page.keyboard.press("End")
    assert "#" not in page.url


def test_play_goes_on_to_the_next_statement(opened: Opened) -> None:
    page = opened(behind=f"#as_known_on={EVE}")
    page.locator("#play").click()
    page.wait_for_url("**#as_known_on=2024-02-26")
    page.locator("#play").click()
    assert page.locator("#play").get_attribute("aria-pressed") == "false"


def test_a_step_of_the_slider_is_redrawn_within_a_tenth_of_a_second(opened: Opened) -> None:
    page = opened()
    took = page.evaluate(
        """() => {
          const slider = document.getElementById("slider")
          return [120, 119, 90, 60, 61, 40, 41, 30, 20].map(stop => {
            const start = performance.now()
            slider.value = stop
            slider.dispatchEvent(new Event("input"))
            return performance.now() - start
          })
        }"""
    )
    assert sorted(took)[len(took) // 2] < 100


# ------------------------------------------------------------------ the same as the dashboard


DAYS = (None, date(2026, 1, 1), date(2024, 12, 31), date(2024, 8, 28), date(2024, 2, 25))
DRAWN = """(({data, layout}) => JSON.stringify({data, layout}))(
  document.querySelector("#chart")
)"""
ITEMS = (Item.CONTAINERS, Item.TROOPS, Item.SHELLS_152MM, Item.VOYAGES)


HISTORY = """async ([script, told]) => {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }))
  window.told = new (await import(address)).History(told)
}"""


def test_the_browser_works_out_what_the_dashboard_draws(page: Page, dataset: Dataset) -> None:
    script = stepping_script().content.decode()
    page.evaluate(HISTORY, [script, history_content(dataset)])
    for day in (*DAYS, date(2023, 10, 20), date(2022, 10, 1)):
        frozen = as_known(dataset, day) if day else dataset
        for item in ITEMS:
            for theme in THEMES:
                figure = growth_chart(frozen, Selection(item=item), theme).figure
                chosen = [item.value, day and day.isoformat(), theme]
                drawn = page.evaluate("chosen => told.figure(...chosen)", chosen)
                assert plain_figure(drawn) == plain_figure(json.loads(figure.to_json())), chosen


def test_the_page_draws_the_same_with_its_marks_joined(opened: Opened, dataset: Dataset) -> None:
    page = opened(color_scheme="light")
    for day in DAYS:
        frozen = as_known(dataset, day) if day else dataset
        for item in ITEMS:
            show(page, day, item)
            figure = growth_chart(frozen, Selection(item=item), "light").figure
            drawn = plain_figure(json.loads(page.evaluate(DRAWN)))
            whole = plain_figure(json.loads(figure.to_json()))
            assert seen(drawn) == seen(whole), f"{item} on {day}"


def seen(figure: Any) -> Any:
    """Return the lines, the marks and the words that a figure shows, however they are parted."""
    return {
        "lines": [trace for trace in figure["data"] if trace["mode"] == "lines"],
        "marks": sorted(
            (
                mark
                for trace in figure["data"]
                if trace["mode"] == "markers"
                for mark in marks(trace)
            ),
            key=lambda mark: (mark[0], float(mark[1]), str(mark[2:])),
        ),
        "words": [re.sub("</?b>", "", note["text"]) for note in figure["layout"]["annotations"]],
        "axes": [figure["layout"][axis].get("range") for axis in ("xaxis", "yaxis")],
    }


def marks(trace: Any) -> Iterator[tuple[Any, ...]]:
    """Yield where each mark of a trace stands, how it looks, and what it tells."""
    look = trace["marker"]
    count = len(trace["x"])

    def each(value: Any) -> list[Any]:
        return value if isinstance(value, list) else [value] * count

    yield from zip(
        trace["x"],
        trace["y"],
        *(each(look.get(name)) for name in ("color", "symbol", "size")),
        each(look["line"]["color"]),
        trace.get("customdata") or [[]] * count,
        each(trace.get("hovertext") or ""),
        strict=True,
    )


def test_words_and_sources_are_those_of_the_dashboard(opened: Opened, dataset: Dataset) -> None:
    page = opened()
    for day in DAYS:
        frozen = as_known(dataset, day) if day else dataset
        for item in ITEMS:
            show(page, day, item)
            chart = growth_chart(frozen, Selection(item=item), "light")
            assert page.locator("#chart-title").inner_text() == chart.title
            assert page.locator("#chart-alt").text_content() == f"{chart.as_known}: {chart.alt}"
            assert page.locator("#chart-origins").inner_text().rstrip(".") == chart.origins
            if page.locator("#sources-more").is_visible():
                page.locator("#sources-more").click()
            listed = page.locator("#sources li > :first-child").all_text_contents()
            assert listed == [document.title for document in cited_documents(chart.sources)]
            shown = page.locator("#claims tbody tr:visible").count()
            assert shown == len(chart.table), f"{item} on {day}"


def test_the_map_shows_the_routes_reported_by_then(opened: Opened, dataset: Dataset) -> None:
    page = opened()
    for day in DAYS:
        frozen = as_known(dataset, day) if day else dataset
        show(page, day, Item.CONTAINERS)
        chart = routes_chart(frozen, main_route_ids(frozen), "light")
        assert page.locator("#map-alt").inner_text() == chart.alt
        assert page.locator("#legs tbody tr").count() == len(chart.table)


def show(page: Page, day: date | None, item: Item) -> None:
    known = f"&as_known_on={day}" if day else ""
    page.evaluate("address => { location.hash = address }", f"item={item.value}{known}")
    page.wait_for_function(
        """([day, item]) => {
          const shown = new URLSearchParams(document.querySelector("#permalink").hash.slice(1))
          return document.querySelector("#item").value === item
            && shown.get("as_known_on") === day
        }""",
        arg=[day.isoformat() if day else None, item.value],
    )


def plain_figure(figure: dict[str, Any]) -> Any:
    """Return data and layout without template, size and what Plotly itself fills in."""
    layout = {
        key: value
        for key, value in figure["layout"].items()
        if key not in ("template", "height", "width", "autosize")
    }
    layout["yaxis"] = {
        key: value
        for key, value in layout["yaxis"].items()
        if key not in ("autorange", "range", "type")
    }
    return plain_part({"data": figure["data"], "layout": layout})


def plain_part(part: Any) -> Any:
    if isinstance(part, dict) and "bdata" in part:
        kind = {"f8": "<f8", "i1": "<i1", "i2": "<i2", "i4": "<i4"}[part["dtype"]]
        return [float(value) for value in np.frombuffer(base64.b64decode(part["bdata"]), kind)]
    if isinstance(part, dict):
        return {
            key: plain_part(value)
            for key, value in part.items()
            if value is not None and not key.startswith("_")
        }
    if isinstance(part, list):
        return [plain_part(value) for value in part]
    if isinstance(part, str) and re.match(r"\d{4}-\d\d-\d\d", part):
        moment = datetime.fromisoformat(part)
        return round(moment.replace(tzinfo=UTC).timestamp() / 60)
    return round(part, 6) if isinstance(part, float) else part


# ------------------------------------------------------------------ the rest of the page


def test_the_theme_can_be_switched_and_follows_the_system(opened: Opened) -> None:
    page = opened(color_scheme="dark")
    background = "getComputedStyle(document.querySelector('.card')).backgroundColor"
    paper = "document.querySelector('#chart').layout.template.layout.paper_bgcolor"
    assert page.evaluate(background) == "rgb(15, 23, 32)"
    assert page.evaluate(paper) == "#0f1720"
    page.locator("#theme").click()
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    assert page.evaluate(paper) == "#ffffff"


def test_claims_are_sorted_and_filtered(opened: Opened) -> None:
    page = opened()
    page.locator("#claims th button", has_text="Figure").click()
    first = page.locator("#claims tbody tr:visible").first
    assert "1,000 containers" in first.inner_text()
    page.locator("#claims-scope label", has_text="All").click()
    page.locator("#claims-filter").fill("zelensky soldiers")
    shown = page.locator("#claims tbody tr:visible")
    assert 0 < shown.count() < 40
    assert page.locator("#claims-count").inner_text().startswith(str(shown.count()))


def test_the_evidence_opens_and_closes_by_keyboard(opened: Opened) -> None:
    page = opened()
    page.locator("#evidence").focus()
    page.keyboard.press("Enter")
    assert page.locator("#claim").get_attribute("open") is not None
    assert page.locator("#claim-sources a").count() > 0
    page.keyboard.press("Escape")
    assert page.locator("#claim").get_attribute("open") is None


def test_a_click_on_a_mark_opens_its_claim(opened: Opened) -> None:
    page = opened()
    box = page.locator("#chart .points path").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#claim[open]")


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_screen(opened: Opened, width: int) -> None:
    page = opened(viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_marking_stands_top_and_bottom_right_in_12_points(opened: Opened) -> None:
    page = opened()
    places = page.evaluate(
        """() => [...document.querySelectorAll(".marking")].map(node => {
          const box = node.getBoundingClientRect()
          return [innerWidth - box.right, parseFloat(getComputedStyle(node).fontSize)]
        })"""
    )
    assert len(places) == 2
    assert all(right < 60 and size >= 16 for right, size in places)


@pytest.mark.parametrize("name", ["growth", "routes", "relays"])
def test_the_page_of_one_chart_draws_it_in_both_themes(
    opened: Opened, folder: Path, dataset: Dataset, name: str
) -> None:
    chart = {
        "growth": lambda: growth_chart(dataset, Selection(), "light"),
        "routes": lambda: routes_chart(dataset, main_route_ids(dataset), "dark"),
        "relays": lambda: relay_chart(dataset, "rok-dia-20240827-containers", "light"),
    }[name]()
    (folder / f"{name}.html").write_bytes(html_bytes(chart, caption_of(chart)))
    page = opened(f"{name}.html", color_scheme="light")
    assert page.locator("#rows tbody tr").count() == len(chart.table)
    assert page.locator("#sources-count").inner_text().startswith(f"{len(chart.sources)} document")
    paper = "document.querySelector('#chart').layout.template.layout.paper_bgcolor"
    assert page.evaluate(paper) == "#ffffff"
    page.locator("#theme").click()
    assert page.evaluate(paper) == "#0f1720"
    traces = "document.querySelector('#chart')._fullData.map(trace => trace.type)"
    assert page.evaluate(traces) == [trace.type for trace in chart.figure.data]


def test_hostile_text_shows_as_plain_text(opened: Opened, folder: Path) -> None:
    hostile = good_dataset(**hostile_tables())
    (folder / "hostile.html").write_bytes(offline_page(hostile))
    page = opened("hostile.html")
    page.locator("#claims-scope label", has_text="All").click()
    page.locator("#sources-scope label", has_text="All").click()
    page.locator("#evidence").click()
    assert page.locator("body script, body img:not([width='22']), body iframe").count() == 3
    links = page.locator("main a, dialog a").evaluate_all("all => all.map(link => link.protocol)")
    assert set(links) <= {"https:", "http:", "file:"}
    drawn = page.locator("#chart a, #map a, #chart image").count()
    assert drawn == 0
    assert "<script>" in page.locator("#claims").inner_text()
