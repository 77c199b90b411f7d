"""Random addresses and paths, asked of the running server by a real browser."""

from __future__ import annotations

import http.client
import random
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.test_pages import PAGES, SEOUL_13000
from tests.test_random_addresses import any_address

TRUE_VALUES = ["containers", "rok", "us", SEOUL_13000, "rajin-port", "r-sea-rajin-dunai/1", "Table"]
ADDRESSES_A_PAGE = 3


@pytest.mark.parametrize("path", PAGES)
def test_a_random_address_shows_a_page_without_a_fault(path, page, server):
    chance = random.Random(f"{path} in a browser")
    for _ in range(ADDRESSES_A_PAGE):
        keys = urlencode(any_address(chance, TRUE_VALUES), doseq=True)
        page.goto(f"{server}/{'' if path == 'overview' else path}?{keys}")
        settled(page)
        expect(page.get_by_test_id("stMain").locator("h1").first).not_to_be_empty()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


OUTSIDE = [
    "/../pyproject.toml",
    "/app/static/../asgi.py",
    "/app/static/..%2fasgi.py",
    "/app/static/%2e%2e/asgi.py",
    "/app/static/..%5casgi.py",
    "/app/static//etc/passwd",
    "/app/static/%2fetc%2fpasswd",
    "/app/static/....//asgi.py",
    "/app/static/..%252fasgi.py",
    "/app/static/%00/../asgi.py",
    "/static/../../../../../../etc/passwd",
    "/static/..%2f..%2f..%2fetc%2fpasswd",
    "/media/../../../etc/passwd",
    "/media/..%2f..%2fetc%2fpasswd",
    "/component/../../etc/passwd",
    "/component/save_picture/..%2f..%2fasgi.py",
    "/_stcore/upload_file/../../../etc/passwd",
    "/snapshot/../../etc/passwd",
    "/data/claims.csv",
    "/data/../data/claims.csv",
]
SECRET = ("root:", "[project]", "starlette", "claim_id,")
"""What stands in the files that lie outside: passwd, pyproject.toml, asgi.py, claims.csv."""


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_to_a_file_outside_what_is_served(path, server):
    """Asked without a library that would tidy the path up."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.putrequest("GET", path, skip_accept_encoding=True)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", errors="replace")
    connection.close()
    is_start_page = "<title>Streamlit</title>" in body
    assert answer.status < 500
    assert is_start_page or answer.status >= 300
    assert [secret for secret in SECRET if secret in body] == []
