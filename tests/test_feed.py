"""The feed of data changes: Atom as its standard asks, and only text where text belongs."""

import asyncio
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.dataset import SHIPPED_DATA, data_version
from dashboard.feed import ATOM, PATH, changelog_entries, changes_feed
from dashboard.releasing import changelog_entry, with_entry
from dashboard.web.asgi import SecurityHeaders
from dashboard.web.feed import feed

TWO_RELEASES = """\
# Changelog of the data

How to read it.

## 2026.12.0 - 2026-12-05

1 claim revised.

### Revised

- `rok-dia-20240827-containers`: more than 13,000 → more than 14,000

## 2026.11.0 - 2026-11-24

First release.
"""
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00Z")


class Elements(HTMLParser):
    """Collects the elements of a piece of HTML, and the addresses to which it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def parsed(changelog: str, base_url: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(changes_feed(changelog, base_url))


def texts(element: ElementTree.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(f"{{{ATOM}}}{name}")]


def entries(root: ElementTree.Element) -> list[ElementTree.Element]:
    return root.findall(f"{{{ATOM}}}entry")


def demand_atom(root: ElementTree.Element) -> None:
    """Demand what RFC 4287 does (sections 4.1.1 and 4.1.2): what there must be, and how often."""
    assert root.tag == f"{{{ATOM}}}feed"
    assert root.findall(f"{{{ATOM}}}author/{{{ATOM}}}name")
    ids = []
    for element in (root, *entries(root)):
        assert texts(element, "title") != [""]
        for name in ("id", "title", "updated"):
            assert len(texts(element, name)) == 1
        assert MOMENT.fullmatch(texts(element, "updated")[0])
        ids += texts(element, "id")
    for entry in entries(root):
        assert [one.get("type") for one in entry.findall(f"{{{ATOM}}}content")] == ["html"]
    assert all(UUID(one).urn == one for one in ids)
    assert len(set(ids)) == len(ids)


# ------------------------------------------------------------------ the feed


def test_the_shipped_changelog_is_a_feed_whose_newest_entry_is_the_data_on_screen():
    root = parsed((SHIPPED_DATA / "CHANGELOG.md").read_text("utf-8"))
    demand_atom(root)
    assert texts(entries(root)[0], "title") == [f"Data {data_version(SHIPPED_DATA)}"]


def test_each_release_is_an_entry_with_its_day():
    root = parsed(TWO_RELEASES)
    demand_atom(root)
    assert [texts(one, "title") for one in entries(root)] == [
        ["Data 2026.12.0"],
        ["Data 2026.11.0"],
    ]
    assert [texts(one, "updated") for one in entries(root)] == [
        ["2026-12-05T00:00:00Z"],
        ["2026-11-24T00:00:00Z"],
    ]
    assert texts(root, "updated") == ["2026-12-05T00:00:00Z"]


def test_the_text_of_an_entry_is_html_without_its_heading():
    [content] = texts(entries(parsed(TWO_RELEASES))[0], "content")
    assert content == (
        "<p>1 claim revised.</p>\n<h3>Revised</h3>\n<ul>\n"
        "<li><code>rok-dia-20240827-containers</code>: "
        "more than 13,000 → more than 14,000</li>\n</ul>\n"
    )


def test_an_id_is_never_another_when_releases_are_added():
    [first] = [texts(one, "id") for one in entries(parsed(TWO_RELEASES))[1:]]
    more = with_entry(TWO_RELEASES, changelog_entry("2026.12.1", date(2026, 12, 6), ()))
    assert texts(entries(parsed(more))[2], "id") == first
    assert texts(parsed(more), "id") == texts(parsed(TWO_RELEASES), "id")
    assert first == ["urn:uuid:b6d69b4f-5453-57a2-8437-cf93e5cc553e"]


def test_without_an_address_of_its_own_the_feed_links_to_nothing():
    assert "link" not in {element.tag.split("}")[1] for element in parsed(TWO_RELEASES).iter()}


def test_with_an_address_the_feed_says_where_it_and_its_page_are():
    root = parsed(TWO_RELEASES, "https://example.org/")
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{{{ATOM}}}link")}
    assert links == {
        "self": "https://example.org/changes.atom",
        "alternate": "https://example.org/data",
    }
    [link] = entries(root)[0].findall(f"{{{ATOM}}}link")
    assert link.get("href") == "https://example.org/data?data=2026.12.0"


# ------------------------------------------------------------------ hostile and broken


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "<javascript:alert(1)>",
        "![a](https://example.org/seen.png)",
        "]]></content><entry/>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "\x00\x08\x0b\x1b\ufffe",
    ],
)
def test_hostile_text_stays_text(hostile):
    root = parsed(f"## 2026.12.0 - 2026-12-05\n\n{hostile}\n")
    demand_atom(root)
    [content] = texts(entries(root)[0], "content")
    html = Elements(content)
    assert html.elements <= {"p", "a"}
    assert all(one.startswith("https://") for one in html.addresses)


@given(st.text())
def test_no_line_of_an_entry_breaks_the_feed(text):
    line = " ".join(text.split())
    root = parsed(f"## 2026.12.0 - 2026-12-05\n\n- {line}\n", "https://example.org")
    demand_atom(root)
    [content] = texts(entries(root)[0], "content")
    assert not Elements(content).elements & {"script", "img", "style", "iframe"}


@pytest.mark.parametrize(
    ("changelog", "words"),
    [
        ("", "no entry"),
        ("# Changelog of the data\n\nNothing yet.\n", "no entry"),
        ("## Unreleased\n", "'## Unreleased' in the changelog is not of the form"),
        ("## 2026.11.0\n", "'## 2026.11.0' in the changelog is not of the form"),
        ("## 2026.11.0 - 2026-11-31\n", "'## 2026.11.0 - 2026-11-31' in the changelog is not of"),
        ("## 2026.11.0 - 2026-11-24\n\n## 2026.11.0 - 2026-11-25\n", "more than one entry"),
    ],
)
def test_a_changelog_without_releases_is_refused_with_its_reason(changelog, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        changes_feed(changelog)


def test_a_heading_in_a_block_of_code_is_no_release():
    [entry] = changelog_entries("## 2026.11.0 - 2026-11-24\n\n    ## 2026.10.0 - 2026-10-01\n")
    assert "## 2026.10.0" in entry.html


# ------------------------------------------------------------------ the server


SERVER = Starlette(routes=[Route(PATH, feed)], middleware=[Middleware(SecurityHeaders)])


def answered(**headers: str) -> httpx.Response:
    """Return what the server answers to a request for the feed."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(SERVER)
        async with httpx.AsyncClient(transport=transport, base_url="http://dashboard") as client:
            return await client.get(
                PATH, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )

    return asyncio.run(ask())


@pytest.fixture
def changelog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHIPMENTS_DATA", str(tmp_path))
    monkeypatch.delenv("SHIPMENTS_BASE_URL", raising=False)
    path = tmp_path / "CHANGELOG.md"
    path.write_text(TWO_RELEASES, encoding="utf-8")
    return path


def test_the_feed_is_served_as_atom_with_the_headers_of_every_answer(changelog):
    answer = answered()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    demand_atom(ElementTree.fromstring(answer.content))


def test_an_unchanged_feed_is_not_sent_again(changelog):
    headers = answered().headers
    for asked in (
        {"If_None_Match": headers["etag"]},
        {"If_None_Match": f"W/{headers['etag']}"},
        {"If_Modified_Since": headers["last-modified"]},
    ):
        again = answered(**asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == headers["etag"]


def test_a_new_release_is_sent(changelog):
    tag = answered().headers["etag"]
    entry = changelog_entry("2026.12.1", date(2026, 12, 6), ())
    changelog.write_text(with_entry(TWO_RELEASES, entry), encoding="utf-8")
    answer = answered(If_None_Match=tag)
    assert (answer.status_code, "Data 2026.12.1" in answer.text) == (200, True)


@pytest.mark.parametrize("broken", [b"", b"# No release\n", b"\xff\xfe", None])
def test_a_broken_changelog_is_told_in_a_sentence(changelog, broken):
    changelog.unlink()
    if broken is not None:
        changelog.write_bytes(broken)
    answer = answered()
    assert answer.status_code == 503
    assert answer.text == "There is no feed: CHANGELOG.md of the data cannot be read as releases."
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_address_of_the_dashboard_is_in_its_feed(changelog, monkeypatch):
    monkeypatch.setenv("SHIPMENTS_BASE_URL", "https://example.org")
    assert 'rel="self"' in answered().text
