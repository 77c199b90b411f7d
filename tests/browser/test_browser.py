"""The running dashboard in a real browser: every page, and what a reader does on it."""

from __future__ import annotations

import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.dataset import SHIPPED_DATA
from dashboard.figures.palette import surface
from dashboard.schema import TABLES
from tests.browser.axe import findings
from tests.browser.conftest import settled, watched_page
from tests.test_pages import HOSTILE, SEOUL_6700, SEOUL_13000

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"

CHARTS = {
    "": 2,
    "timeline": 1,
    "routes": 2,
    "evidence": 0,
    "vessels": 2,
    "briefing": 0,
    "data": 0,
    "method": 0,
}
"""The address of each page, and the least number of charts on it."""

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
TOLERANCE = 2
FIRST_SCREEN = 900 + 20
# ------------------------------------------------------------------ every page, theme and width


@dataclass(frozen=True)
class View:
    """A page as it stands, and what should not have happened while it opened."""

    path: str
    size: str
    page: Page
    wrong: list[str]


VIEWS = [*product(CHARTS, ["light", "dark"], SIZES)]


@pytest.fixture(
    scope="module", params=VIEWS, ids=[f"{path or 'overview'}-{a}-{b}" for path, a, b in VIEWS]
)
def view(request: pytest.FixtureRequest, context: BrowserContext, server: str) -> Iterator[View]:
    """Each page in each theme and width, opened once for all tests that only look at it."""
    path, scheme, size = request.param
    page, wrong = watched_page(context)
    open_at(page, f"{server}/{path}", size, scheme)
    yield View(path, size, page, wrong)
    save_screenshot(page, f"{path or 'overview'}-{scheme}-{size}.png")
    page.close()


def open_at(page: Page, address: str, size: str = "wide", scheme: str = "light") -> Page:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    return settled(page)


def save_screenshot(page: Page, name: str) -> None:
    """Save the whole page for people to look at; the part that scrolls is made to fit."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    width = page.viewport_size["width"] if page.viewport_size else 1440
    page.set_viewport_size({"width": width, "height": min(int(height), 6000)})
    page.screenshot(path=SCREENSHOTS / name)


def test_a_page_shows_its_heading(view):
    heading = view.page.locator("[data-testid=stMain] h1").first.inner_text()
    assert heading.strip().lower() == view.path if view.path else heading.strip()


def test_a_page_shows_no_error(view):
    expect(view.page.locator("[data-testid=stException]")).to_have_count(0)
    expect(view.page.locator("[data-testid=stAlertContentError]")).to_have_count(0)


def test_a_page_is_quiet_and_asks_no_other_host(view):
    assert view.wrong == []


def test_a_page_does_not_scroll_sideways(view):
    assert view.page.evaluate(SIDEWAYS) == [0, 0]


SIDEWAYS = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
  .map(element => element.scrollWidth - element.clientWidth)"""


def test_the_charts_of_a_page_are_drawn(view):
    drawn = view.page.locator(".js-plotly-plot:has(.main-svg)").count()
    assert drawn >= CHARTS[view.path]


def test_no_chart_is_wider_than_its_card(view):
    too_wide = view.page.evaluate(
        """() => [...document.querySelectorAll(".chart-view")].filter(chart => {
             const svg = chart.querySelector(".main-svg").getBoundingClientRect()
             return svg.width > chart.getBoundingClientRect().width + 1
           }).length"""
    )
    assert too_wide == 0


def test_no_word_of_a_chart_is_cut_off(view):
    assert view.page.evaluate(WORDS_CUT_OFF, TOLERANCE) == []


WORDS_CUT_OFF = """tolerance => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot => {
  const frame = plot.querySelector(".main-svg").getBoundingClientRect()
  const isShown = text => text.textContent.trim() && getComputedStyle(text).opacity !== "0"
  return [...plot.querySelectorAll("svg text")].filter(isShown).filter(text => {
    const box = text.getBoundingClientRect()
    if (!box.width) return false
    return box.left < frame.left - tolerance || box.right > frame.right + tolerance
      || box.top < frame.top - tolerance || box.bottom > frame.bottom + tolerance
  }).map(text => text.textContent)
})"""


def test_axe_finds_no_serious_fault(view):
    found = findings(view.page)
    assert {"color-contrast", "document-title", "heading-order", "html-has-lang"} <= found.passed
    assert found.faults == ()


# ------------------------------------------------------------------ the first screen


def test_the_overview_fits_on_one_screen(page, server):
    open_at(page, server)
    height = page.locator("[data-testid=stMainBlockContainer]").bounding_box()["height"]
    assert height <= FIRST_SCREEN


# ------------------------------------------------------------------ getting about


@pytest.mark.parametrize("path", CHARTS)
def test_the_navigation_leads_to_every_page(path, page, server):
    open_at(page, f"{server}/method" if path != "method" else server)
    page.get_by_test_id("stTopNavLink").get_by_text(path or "overview", exact=False).click()
    page.wait_for_url(f"{server}/{path}")
    expect(page.locator("a[aria-current=page]")).to_have_attribute("href", f"{server}/{path}")


def test_on_a_phone_the_navigation_opens_from_its_button(page, server):
    open_at(page, server, "phone")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").get_by_text("Timeline").click()
    page.wait_for_url(f"{server}/timeline")


def test_the_keyboard_reaches_navigation_and_controls_in_order(page, server):
    open_at(page, f"{server}/timeline")
    reached = [focused_after_tab(page) for _ in range(20)]
    assert reached[0] == "skip"
    assert reached.index("navigation") < reached.index("control")


FOCUSED = """() => {
  const element = document.activeElement
  if (element.dataset.testid === "stSkipToContent") return "skip"
  if (element.closest("header, nav")) return "navigation"
  const isControl = element.matches("input, button, select, textarea, [contenteditable], [role]")
  return element.closest("[data-testid=stMain]") && isControl ? "control" : "other"
}"""


def focused_after_tab(page: Page) -> str:
    page.keyboard.press("Tab")
    return str(page.evaluate(FOCUSED))


def test_the_keyboard_opens_a_page(page, server):
    open_at(page, server)
    page.get_by_test_id("stTopNavLink").filter(has_text="Evidence").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/evidence")


def test_a_choice_stands_in_the_address(page, server):
    open_at(page, f"{server}/timeline")
    page.get_by_role("combobox", name="What").fill("Soldiers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline?**item=troops**")


def test_a_pasted_link_gives_the_same_view(context, page, server):
    open_at(page, f"{server}/timeline?item=troops&claimant=rok&from=2024-10-01&to=2025-12-31")
    link, text = page.url, main_text(page)
    other, _ = watched_page(context)
    open_at(other, link)
    assert main_text(other) == text
    other.close()


def test_a_pasted_link_gives_its_filters(page, server):
    open_at(page, f"{server}/timeline?item=troops&claimant=rok&as_known_on=2025-06-30")
    text = main_text(page)
    assert "as stated by South Korea" in text
    assert "As known on 30 June 2025" in text


def main_text(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


# ------------------------------------------------------------------ from a mark to its documents

CENTRE_OF_MARK = """id => {
  for (const mark of document.querySelectorAll(".js-plotly-plot path.point")) {
    const trace = mark.closest(".trace, .scattergeo").__data__
    const picked = (trace[0].trace.customdata ?? [])[trace.indexOf(mark.__data__)]
    if (!(picked ?? []).includes(id)) continue
    const box = mark.getBoundingClientRect()
    return [box.left + box.width / 2, box.top + box.height / 2]
  }
  return null
}"""


def click_mark(page: Page, mark: str) -> None:
    centre = page.evaluate(CENTRE_OF_MARK, mark)
    assert centre, f"no mark of {mark} is drawn"
    page.mouse.move(*centre)
    page.mouse.click(*centre)


@pytest.mark.parametrize("path", ["", "timeline"])
def test_a_click_on_a_mark_opens_its_claim_with_documents(path, page, server):
    open_at(page, f"{server}/{path}")
    click_mark(page, SEOUL_13000)
    card = page.get_by_test_id("stDialog")
    expect(card.get_by_text("More than 13,000 containers")).to_be_visible()
    expect(card.get_by_role("link", name="Open the document").first).to_be_attached()
    assert f"claim={SEOUL_13000}" in page.url


@pytest.mark.parametrize("path", ["", "routes"])
def test_a_click_on_a_place_opens_its_card(path, page, server):
    open_at(page, f"{server}/{path}")
    click_mark(page, "tikhoretsk-depot")
    expect(page.get_by_test_id("stDialog")).to_contain_text("Tikhoretsk")
    assert "place=tikhoretsk-depot" in page.url


def test_the_headline_leads_to_its_claim(page, server):
    open_at(page, server)
    page.locator(".st-key-open_headline button").first.click()
    expect(page.get_by_test_id("stDialog")).to_contain_text("document")


def test_the_escape_key_closes_a_card_and_clears_the_address(page, server):
    open_at(page, f"{server}/?claim={SEOUL_13000}")
    expect(page.get_by_test_id("stDialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    page.wait_for_url(f"{server}/")


def test_a_link_to_a_document_does_not_tell_where_it_was_clicked(page, server):
    open_at(page, f"{server}/?claim={SEOUL_13000}")
    link = page.get_by_test_id("stDialog").get_by_role("link", name="Open the document").first
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_every_figure_of_a_chart_stands_in_its_table(page, server):
    open_at(page, f"{server}/timeline")
    page.get_by_role("tab", name="Table").first.click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


# ------------------------------------------------------------------ theme

BACKGROUND_OF_CHARTS = """colour => [...document.querySelectorAll(".js-plotly-plot")]
  .every(plot => plot._fullLayout && plot._fullLayout.paper_bgcolor === colour)"""


def test_a_change_of_theme_redraws_the_charts(page, server):
    open_at(page, server)
    page.wait_for_function(BACKGROUND_OF_CHARTS, arg=surface("light").page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(BACKGROUND_OF_CHARTS, arg=surface("dark").page)


# ------------------------------------------------------------------ taking data away


@pytest.fixture
def archive(page, server, tmp_path):
    """The zip that a reader takes away."""
    open_at(page, f"{server}/data")
    with page.expect_download() as download:
        page.get_by_role("button", name="zip").click()
    download.value.save_as(tmp_path / "data.zip")
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        yield archive


def test_the_zip_holds_every_table_and_the_package(archive):
    names = {"datapackage.json", *(f"{row.table}.csv" for row in TABLES)}
    assert names <= set(archive.namelist())
    assert archive.read("claims.csv") == (SHIPPED_DATA / "claims.csv").read_bytes()


# ------------------------------------------------------------------ safety


def headers(address: str) -> dict[str, str]:
    with urllib.request.urlopen(address) as answer:
        return {name.lower(): value for name, value in answer.headers.items()}


@pytest.mark.parametrize("path", ["", "timeline", "_stcore/health", "app/static/icon.svg"])
def test_the_security_headers_are_sent_with_every_answer(path, server):
    sent = headers(f"{server}/{path}")
    assert sent["referrer-policy"] == "no-referrer"
    assert sent["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in sent["content-security-policy"]


def test_no_script_may_run_but_our_own(server):
    policy = headers(server)["content-security-policy"]
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "http:" not in policy
    assert "https:" not in policy


HOSTILE_PATHS = [
    "",
    "timeline?view_growth=Sources",
    f"timeline?factor_of=own&add={SEOUL_6700}&add={SEOUL_13000}",
    "routes?sightings=true",
    "evidence?show=documents",
    "evidence?show=conflicts",
    "evidence?show=table",
    "vessels",
    "briefing",
    "data",
    f"?claim={SEOUL_13000}",
    "?place=rajin-port",
    "?leg=r-sea-rajin-dunai/1",
]
SHOW_NO_WORDS = ("evidence?show=table", "data")
"""Pages whose words from the data are drawn on a canvas, or that show none."""


@pytest.fixture(scope="module", params=HOSTILE_PATHS)
def hostile_page(
    request: pytest.FixtureRequest, context: BrowserContext, hostile_server: str
) -> Iterator[Page]:
    page, wrong = watched_page(context)
    yield open_at(page, f"{hostile_server}/{request.param}")
    page.close()
    assert wrong == []


def test_long_hostile_words_do_not_make_a_page_scroll_sideways(hostile_page):
    assert hostile_page.evaluate(SIDEWAYS) == [0, 0]


def test_hostile_text_in_the_menu_that_saves_stays_text(page, hostile_server):
    open_at(page, f"{hostile_server}/timeline")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("Cite this").click()
    expect(page.get_by_text("BibTeX")).to_be_visible()
    assert settled(page).evaluate(BROUGHT_TO_LIFE) == []


@pytest.mark.parametrize("of", ["item", "claimant"])
def test_hostile_options_of_a_list_stay_text(of, page, hostile_server):
    open_at(page, f"{hostile_server}/timeline")
    page.locator(f".st-key-{of} input").first.click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate(BROUGHT_TO_LIFE) == []


def test_what_the_pointer_tells_of_a_hostile_mark_stays_text(page, hostile_server):
    open_at(page, hostile_server)
    page.set_viewport_size({"width": 1440, "height": 2400})
    centre = settled(page).evaluate(CENTRE_OF_MARK, SEOUL_13000)
    page.mouse.move(*centre)
    told = page.locator(".hoverlayer .hovertext").first
    expect(told).to_contain_text("<img src=x")
    assert page.evaluate(BROUGHT_TO_LIFE) == []


def test_hostile_text_comes_to_life_nowhere(hostile_page):
    assert hostile_page.evaluate(BROUGHT_TO_LIFE) == []


BROUGHT_TO_LIFE = """() => [...document.querySelectorAll(
    "a[href*='evil.example'], a[href^=mailto], a[href^='javascript:'], img[src*='evil'], "
    + "img[src='x'], .katex, .MathJax, svg a, svg script, [data-testid=stMarkdownContainer] "
    + ":is(script, b, del, code, mark, [data-testid=stIconMaterial], .stMarkdownBadge, "
    + ".stMarkdownColoredText:not(:is([role=tab], [data-testid=stSlider], button) *))")]
  .filter(element => !OUR_BADGE.test(element.closest(".stMarkdownBadge")?.textContent ?? ""))
  .map(element => element.outerHTML)""".replace(
    "OUR_BADGE", "/(Not explained|offer an explanation)$/"
)
"""What words may not become; the words of tabs, sliders and options have a colour of ours."""


def test_hostile_text_is_shown_sign_by_sign(hostile_page):
    text = hostile_page.locator("body").inner_text().replace("\u2060", "")
    is_shown = HOSTILE.split(" # ")[1] in " ".join(text.split())
    assert is_shown != hostile_page.url.endswith(SHOW_NO_WORDS)
