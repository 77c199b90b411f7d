"""The dashboard without sight, without a mouse, and with other eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.codes import Item
from dashboard.figures.catalogue import ChartOrder, draw
from tests.browser.axe import ADD_STYLE, STANDING_STILL, findings
from tests.browser.conftest import settled, watched_page
from tests.test_pages import SEOUL_13000

THEMES = ("light", "dark")
WIDTHS = {"wide": 1440, "phone": 390}
OPEN_MENU_BUTTON = '[data-testid="stPopoverButton"]'
"""The one exception. While a menu is open, Streamlit darkens the primary colour of its button's
words by its own formula, which in the dark theme leaves 1.5:1; no setting reaches it."""
SNAPSHOT_MILLISECONDS = 90_000


@pytest.fixture(params=WIDTHS.values(), ids=[*WIDTHS])
def page_in_theme(
    request: pytest.FixtureRequest, context: BrowserContext, theme: str
) -> Iterator[Page]:
    """A page in a theme and a width, on which nothing may go wrong."""
    page, wrong = watched_page(context)
    page.set_viewport_size({"width": request.param, "height": 900})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    yield page
    page.close()
    assert wrong == []


# ------------------------------------------------------------------ what axe-core finds


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_serious_fault_on_the_instant_page(page_in_theme, server):
    page_in_theme.goto(f"{server}/snapshot", timeout=SNAPSHOT_MILLISECONDS)
    page_in_theme.wait_for_selector("#chart .main-svg")
    found = findings(page_in_theme)
    assert {"color-contrast", "heading-order", "region"} <= found.passed
    assert found.faults == ()


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_serious_fault_on_an_evidence_card(page_in_theme, server):
    page_in_theme.goto(f"{server}/?claim={SEOUL_13000}")
    expect(page_in_theme.get_by_role("dialog")).to_contain_text("13,000")
    found = findings(settled(page_in_theme))
    assert {"aria-dialog-name", "heading-order", "link-name"} <= found.passed
    assert found.faults == ()


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_serious_fault_in_the_menu_that_saves(page_in_theme, theme, server):
    page_in_theme.goto(f"{server}/timeline")
    settled(page_in_theme).get_by_role("button", name="Save").first.click()
    expect(page_in_theme.get_by_text("Cite this")).to_be_visible()
    found = findings(settled(page_in_theme))
    assert {"button-name", "color-contrast", "label"} <= found.passed
    own_of_streamlit = [fault for fault in found.faults if OPEN_MENU_BUTTON in fault]
    assert {*found.faults} == {*own_of_streamlit}
    assert len(own_of_streamlit) == (1 if theme == "dark" else 0)


# ------------------------------------------------------------------ by keyboard

PAGES = ("", "timeline", "routes", "evidence", "vessels", "briefing", "data", "method")
MOST_STOPS, OUTSIDE = 400, -1
"""Tab leads to the browser's own bars at the end of a page, and once from a code block."""
FOCUS = """() => {
  const looks = element => {
    const parts = []
    for (let up = element, n = 0; up && n < 5; up = up.parentElement, n++) parts.push([up, ""])
    parts.push([element, "::before"], [element, "::after"])
    return parts.map(([part, pseudo]) => {
      const look = getComputedStyle(part, pseudo || null)
      return [look.outline, look.boxShadow, look.backgroundColor, look.border, look.color,
        look.textDecoration, look.opacity, look.clipPath, look.transform].join()
    }).join()
  }
  const before = document.lastStop
  const element = document.activeElement
  const isInTheSame = before?.element.closest("[data-testid=stMultiSelect]")?.contains(element)
  const wasMarked = !before || before.isCanvas || isInTheSame
    || before.look !== looks(before.element)
  document.lastStop = { element, look: looks(element), isCanvas: element.matches("canvas, body") }
  document.keyboardStops ??= new Map()
  const stops = document.keyboardStops
  if (element !== document.body && !stops.has(element)) stops.set(element, stops.size)
  return { number: stops.get(element) ?? -1, wasMarked,
    isSkip: element.dataset.testid === "stSkipToContent",
    isNavigation: Boolean(element.closest("header, nav")),
    words: (element.ariaLabel || element.innerText || element.outerHTML).slice(0, 80) }
}"""
"""What has the focus, and whether what had it before looked otherwise then than it does now."""
CONTROLS = """() => {
  const main = document.querySelector("[data-testid=stMain]")
  const all = main.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex]")
  const isShown = one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && one.getBoundingClientRect().width > 0
  return [...all].filter(one => isShown(one) && !one.disabled && one.tabIndex >= 0
      && !one.closest("[aria-hidden=true], [inert]") && one.type !== "file"
      && one.ariaChecked !== "false"
      && !one.closest("canvas, table, [role=tabpanel]:not(:has(button, a, input))"))
    .filter(one => !document.keyboardStops.has(one))
    .map(one => one.outerHTML.slice(0, 160))
}"""
"""The controls that Tab did not reach."""


def stops_of(page: Page) -> list[dict[str, object]]:
    """Return where Tab leads, from the top of the page until it leaves it or comes round."""
    page.evaluate(ADD_STYLE, STANDING_STILL)
    found: list[dict[str, object]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        is_within_a_table = bool(found) and stop["number"] == found[-1]["number"]
        if found and not is_within_a_table:
            found[-1].setdefault("is_marked", stop["wasMarked"])
        if stop["number"] == OUTSIDE:
            continue
        if stop["number"] < len(found) and not is_within_a_table:
            return found
        if not is_within_a_table:
            found.append(stop)
    raise AssertionError(f"Tab does not come round: {[stop['words'] for stop in found[-5:]]}")


@pytest.mark.parametrize("path", PAGES)
def test_tab_reaches_every_control_in_order_and_is_never_trapped(path, page, server):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto(f"{server}/{path}")
    stops = stops_of(settled(page))
    assert stops[0]["isSkip"]
    places = ["navigation" if stop["isNavigation"] else "main" for stop in stops[1:]]
    first_in_main = places.index("main")
    assert set(places[:first_in_main]) == {"navigation"}
    assert "navigation" not in places[first_in_main:]
    assert page.evaluate(CONTROLS) == []
    assert [stop["words"] for stop in stops if not stop.get("is_marked")] == []


def test_the_skip_link_leads_to_the_content(page, server):
    page.goto(f"{server}/timeline")
    settled(page).keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('[data-testid=stMain]'))")


@pytest.mark.parametrize("path", ["", "timeline", "routes", "vessels"])
def test_the_table_of_a_chart_is_opened_with_the_arrow_keys(path, page, server):
    page.goto(f"{server}/{path}")
    tab = settled(page).get_by_role("tab", name="Chart").first
    tab.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Table").first).to_have_attribute("aria-selected", "true")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


def test_the_evidence_card_opens_and_closes_by_keyboard_and_gives_the_focus_back(page, server):
    page.goto(server)
    button = settled(page).locator(".st-key-open_headline button").locator("visible=true")
    button.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('[role=dialog]'))")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(settled(page).locator(".st-key-open_headline button:focus")).to_have_count(1)


def test_the_menu_that_saves_opens_and_closes_by_keyboard(page, server):
    page.goto(f"{server}/timeline")
    button = settled(page).get_by_role("button", name="Save").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cite this")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Cite this")).to_have_count(0)
    expect(button).to_be_focused()


# ------------------------------------------------------------------ without sight


@pytest.mark.parametrize("path", ["", "timeline", "routes", "vessels"])
def test_every_chart_has_its_sentence_as_name_and_beside_it_in_words(path, page, server):
    page.goto(f"{server}/{path}")
    figures = settled(page).get_by_role("figure")
    assert figures.count() == page.locator(".chart-view").count() > 0
    for figure in figures.all():
        sentence = figure.get_attribute("aria-label") or ""
        assert len(sentence) > 40
        expect(page.get_by_test_id("stMain").get_by_text(sentence, exact=True)).not_to_have_count(0)


@pytest.mark.parametrize("name", ["growth", "conversion", "factors"])
def test_the_table_of_a_chart_can_be_read_row_by_row(name, page, server, dataset):
    chart = draw(dataset, name, ChartOrder(convert_to=Item.SHELLS_152MM), "light")
    page.goto(f"{server}/timeline?view_{name}=Table")
    table = settled(page).locator("canvas table[role=grid]").first
    expect(table).to_have_attribute("aria-rowcount", str(len(chart.table) + 1))
    expect(table).to_contain_text(str(chart.table.iloc[0, 0]))
