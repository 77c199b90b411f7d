"""The instant page, as the server gives it."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request

from playwright.sync_api import expect


def test_the_snapshot_is_small_when_compressed(server):
    request = urllib.request.Request(f"{server}/snapshot", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=90) as response:
        body = response.read()
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(body)[:2000].lower()
    assert len(body) < 1_000_000


def test_the_snapshot_is_not_sent_again_while_the_data_stay(server):
    with urllib.request.urlopen(f"{server}/snapshot", timeout=90) as response:
        tag = response.headers["ETag"]
    request = urllib.request.Request(f"{server}/snapshot", headers={"If-None-Match": tag})
    try:
        status = urllib.request.urlopen(request, timeout=90).status
    except urllib.error.HTTPError as answer:
        status = answer.code
    assert status == 304


def test_the_snapshot_works_in_the_browser_at_a_past_day(page, server):
    page.goto(f"{server}/snapshot#as_known_on=2024-02-25")
    expect(page.get_by_text("5,000").first).to_be_visible()
    assert "33,000" not in page.locator("h1").inner_text()


def test_the_dashboard_leads_to_the_snapshot_at_its_day(page, server):
    page.goto(f"{server}/?as_known_on=2024-02-25")
    link = page.get_by_role("link", name="Instant page, works offline")
    expect(link).to_have_attribute("href", "/snapshot#as_known_on=2024-02-25")
