"""A chart is updated in place, and ahead of the server, which has the last word."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.dataset import Dataset
from dashboard.web.chart_files import drawing_library
from dashboard.web.steps_ahead import history_name
from tests.browser.conftest import settled
from tests.browser.test_browser import open_at
from tests.browser.test_offline_page import plain_figure, seen
from tests.browser.test_time_control import SLIDER

GROWTH = ".st-key-chart_growth .plot"
EVE, DAY = "2024-02-25", "2024-02-26"
LAST_DAY_OF_AXIS = f"document.querySelector('{GROWTH}').layout.xaxis.range[1].slice(0, 10)"
DRAWN = f"""(({{data, layout}}) => JSON.stringify({{data, layout}}))(
  document.querySelector('{GROWTH}')
)"""
NO_ANSWER = "() => { WebSocket.prototype.send = () => {} }"
COUNT_DRAWINGS = f"""() => {{
  window.drawings = 0
  const plot = document.querySelector('{GROWTH}')
  plot.on("plotly_afterplot", () => {{ window.drawings++ }})
}}"""


@pytest.fixture
def stepping(page: Page, server: str, dataset: Dataset) -> Page:
    """The Overview on the eve of a statement, the slider in hand, with all that steps need."""
    open_at(page, f"{server}/?as_known_on={EVE}")
    end = time.monotonic() + 120
    while page.request.get(f"{server}/chart-files/{history_name(dataset)}").status != 200:
        assert time.monotonic() < end, "the history is never made"
        time.sleep(0.5)
    with page.expect_response("**/chart-files/history-*"):
        page.locator(SLIDER).focus()
    page.wait_for_timeout(300)
    return page


def drawn(page: Page) -> Any:
    return seen(plain_figure(json.loads(page.evaluate(DRAWN))))


def test_a_chart_keeps_its_place_when_its_figure_changes(page, server):
    page.route("**/chart-files/history-*", lambda route: route.fulfill(status=204))
    open_at(page, f"{server}/?as_known_on={EVE}")
    page.evaluate(f"() => {{ window.before = document.querySelector('{GROWTH} .main-svg') }}")
    before = page.evaluate(LAST_DAY_OF_AXIS)
    page.locator(SLIDER).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"before => {LAST_DAY_OF_AXIS} !== before", arg=before)
    assert page.evaluate(f"() => document.querySelector('{GROWTH} .main-svg') === window.before")


def test_a_step_is_drawn_before_the_server_answers(stepping):
    before = stepping.evaluate(LAST_DAY_OF_AXIS)
    stepping.evaluate(NO_ANSWER)
    stepping.keyboard.press("ArrowRight")
    stepping.wait_for_function(f"before => {LAST_DAY_OF_AXIS} !== before", arg=before)
    expect(stepping.locator("h1")).to_have_text("About 5,000 containers")


def test_a_step_drawn_ahead_is_what_the_server_would_draw(stepping, context, server):
    stepping.keyboard.press("ArrowRight")
    expect(stepping.locator("h1")).to_have_text("About 6,700 containers")
    settled(stepping)
    other = context.new_page()
    open_at(other, f"{server}/?as_known_on={DAY}")
    assert drawn(stepping) == drawn(other)
    other.close()


def test_a_step_is_drawn_once(stepping):
    stepping.evaluate(COUNT_DRAWINGS)
    stepping.keyboard.press("ArrowRight")
    expect(stepping.locator("h1")).to_have_text("About 6,700 containers")
    settled(stepping)
    assert stepping.evaluate("window.drawings") == 1


def test_quick_steps_all_count_and_never_go_back(stepping):
    stepping.evaluate(
        """slider => {
          window.stops = []
          const watch = () => window.stops.push(Number(document.querySelector(slider).value))
          const only = { attributes: true, attributeFilter: ["value"] }
          new MutationObserver(watch).observe(document.querySelector(slider), only)
        }""",
        SLIDER,
    )
    start = int(stepping.locator(SLIDER).input_value())
    for _ in range(6):
        stepping.keyboard.press("ArrowRight")
        stepping.wait_for_timeout(80)
    stepping.wait_for_timeout(1500)
    settled(stepping)
    assert stepping.evaluate("window.stops") == [start + step for step in range(1, 7)]


def test_a_day_between_two_statements_is_drawn_as_that_day(stepping, context, server):
    stepping.keyboard.press("ArrowRight")
    expect(stepping.locator("h1")).to_have_text("About 6,700 containers")
    stepping.locator(".st-key-as-known-box [role=spinbutton]").first.click()
    stepping.keyboard.type("20240310")
    stepping.locator("h1").click()
    stepping.wait_for_url("**as_known_on=2024-03-10**")
    settled(stepping)
    other = context.new_page()
    open_at(other, f"{server}/?as_known_on=2024-03-10")
    assert drawn(stepping) == drawn(other)
    other.close()


def test_a_chart_that_cannot_be_drawn_says_so_in_its_place(context: BrowserContext, server: str):
    page = context.new_page()
    page.route(f"**/{drawing_library().name}", lambda route: route.abort())
    page.goto(server)
    fault = page.locator(".chart-view[data-fault]").first
    expect(fault).to_have_attribute("data-fault", re.compile("could not be drawn. Load the page"))
    expect(page.locator("h1")).to_have_text("About 33,000 containers")
    page.close()


def test_the_keyboard_puts_a_chart_on_the_full_screen_and_back(page, server):
    open_at(page, server)
    page.locator(".st-key-chart_growth").get_by_role("button", name="Full screen").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.fullscreenElement"
        f" && document.querySelector('{GROWTH}').layout.height > 600"
    )
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => document.querySelector('{GROWTH}').layout.height < 300")


@pytest.mark.parametrize("path", ["", "routes"])
def test_no_button_of_a_chart_would_send_it_away(path, page, server):
    open_at(page, f"{server}/{path}")
    buttons = page.locator(".chart-view .modebar-btn")
    names = {button.get_attribute("aria-label") for button in buttons.all()}
    assert {"Full screen", "Download plot"} <= names
    assert not [name for name in names if "Share" in name or "cloud" in name.lower()]


def test_the_history_of_older_data_draws_nothing(stepping):
    """Where the server tells of newer data, the browser waits for it and for their history."""
    other = "chart-files/history-000000000000.json"
    stepping.evaluate(
        """other => {
          const parse = JSON.parse
          JSON.parse = text => {
            const told = parse(text)
            if (told?.ahead) told.ahead.history = other
            return told
          }
        }""",
        other,
    )
    stepping.route(f"**/{other}", lambda route: route.fulfill(status=204))
    stepping.keyboard.press("ArrowRight")
    expect(stepping.locator("h1")).to_have_text("About 6,700 containers")
    settled(stepping)
    before = stepping.evaluate(LAST_DAY_OF_AXIS)
    stepping.evaluate(NO_ANSWER)
    stepping.keyboard.press("ArrowRight")
    stepping.wait_for_timeout(700)
    assert stepping.evaluate(LAST_DAY_OF_AXIS) == before
