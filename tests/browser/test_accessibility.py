"""The dashboard without sight, without a mouse, and with other eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import findings
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
