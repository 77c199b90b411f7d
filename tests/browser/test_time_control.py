"""As known on: the slider, the play button and the address, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_browser import open_at

EVE = "2024-02-25"
SLIDER = "[data-testid=stSlider] input[type=range]"
HEADLINE = "h1"


def test_a_link_with_a_day_shows_what_was_known_then(page, server):
    open_at(page, f"{server}/?as_known_on={EVE}")
    expect(page.locator(HEADLINE)).to_have_text("About 5,000 containers")
    expect(page.get_by_text("As known on 25 February 2024").first).to_be_visible()
    assert "33,000" not in page.locator("[data-testid=stMain]").inner_text()


def test_a_step_of_the_slider_moves_every_part_of_the_page(page, server):
    open_at(page, f"{server}/?as_known_on={EVE}")
    page.locator(SLIDER).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("As known on 26 February 2024").first).to_be_visible()
    expect(page.locator(HEADLINE)).to_have_text("About 6,700 containers")
    assert "as_known_on=2024-02-26" in page.url


def test_the_day_goes_along_to_another_page(page, server):
    open_at(page, f"{server}/?as_known_on={EVE}")
    page.get_by_role("link", name="Timeline").click()
    settled(page)
    expect(page.get_by_text("As known on 25 February 2024").first).to_be_visible()
    page.wait_for_url(f"**/timeline?*as_known_on={EVE}*")


def test_play_steps_through_the_statements_until_it_is_paused(page, server):
    open_at(page, f"{server}/?as_known_on={EVE}")
    page.get_by_role("button", name="Play").click()
    page.wait_for_url("**as_known_on=2024-03-18*")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    paused = settled(page).url
    page.wait_for_timeout(2500)
    assert page.url == paused


def test_what_changed_since_names_the_old_and_the_new_figure(page, server):
    open_at(page, f"{server}/timeline?as_known_on=2024-08-28&since=2024-02-26")
    expect(page.get_by_text("39 claims added").first).to_be_visible()


def test_a_frozen_page_opens_the_evidence_as_it_was(page, server):
    open_at(page, f"{server}/?as_known_on=2024-08-27&claim=rok-dia-20240827-containers")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 claimant · 1 origin")
    expect(dialog).not_to_contain_text("20,000")


def test_the_slider_says_its_day_in_plain_words(page, server):
    open_at(page, f"{server}/?as_known_on={EVE}")
    expect(page.locator(SLIDER)).to_have_attribute("aria-valuetext", "23 February 2024")
