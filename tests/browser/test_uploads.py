"""A template that a reader uploads on the Briefing page: one too large, and one that is a bomb."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dashboard.exports.pptx.deck import LARGEST_TEMPLATE
from tests.browser.conftest import settled
from tests.browser.test_browser import open_at
from tests.test_bounds import BOMBS

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def upload(page: Page, content: bytes) -> None:
    field = page.locator(".st-key-template input[type=file]")
    field.set_input_files({"name": "ours.pptx", "mimeType": PPTX, "buffer": content})


@pytest.mark.parametrize("bomb", ["gigabytes", "entities in entities"])
def test_an_uploaded_bomb_is_refused_in_a_sentence(bomb, page, server):
    make, words = BOMBS[bomb]
    open_at(page, f"{server}/briefing?part=growth")
    upload(page, make())
    expect(page.locator(".st-key-template").get_by_text("ours.pptx")).to_be_visible()
    page.get_by_role("button", name="Make the briefing").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text(words)
    assert settled(page).locator("h1").inner_text() == "Briefing"


def test_a_template_that_is_too_large_is_not_taken(page, server):
    open_at(page, f"{server}/briefing?part=growth")
    upload(page, bytes(LARGEST_TEMPLATE + 1_000_000))
    expect(page.locator(".st-key-template")).to_contain_text("20")
    expect(page.locator(".st-key-template")).to_contain_text("File must be")
