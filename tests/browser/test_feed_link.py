"""The feed of data changes, as the server gives it."""

from __future__ import annotations

import urllib.request

from playwright.sync_api import expect


def test_the_server_gives_the_feed(server):
    with urllib.request.urlopen(f"{server}/changes.atom", timeout=90) as response:
        body = response.read().decode("utf-8")
    assert response.headers["Content-Type"] == "application/atom+xml"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "<title>Data 20" in body


def test_the_data_page_leads_to_the_feed(page, server):
    page.goto(f"{server}/data")
    link = page.get_by_role("link", name="Follow changes (Atom)")
    expect(link).to_have_attribute("href", "/changes.atom")
