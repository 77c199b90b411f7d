"""The changes of the data as an Atom feed (RFC 4287), one entry for each release."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlencode
from uuid import UUID, uuid5
from xml.etree import ElementTree

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dashboard.citation import AUTHORS, DATA_LICENCE, TITLE

ATOM = "http://www.w3.org/2005/Atom"
PATH = "/changes.atom"

# Never change it: every id of the feed is made from it, and readers know entries by their ids.
_NAMESPACE = UUID("0a8fd63f-49bf-43d4-820e-251685a096d3")
_HEADING = re.compile(r"([0-9]{4}\.[0-9]{1,2}\.[0-9]+) - ([0-9]{4}-[0-9]{2}-[0-9]{2})")
_NOT_OF_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """A release of the data, as its changelog tells it.

    Attributes:
        version: The version of the data.
        released_on: The day of the release.
        html: What changed.
    """

    version: str
    released_on: date
    html: str


def changes_feed(changelog: str, base_url: str = "") -> bytes:
    """Return the feed of a changelog of the data as UTF-8 encoded XML.

    Args:
        changelog: The text of `data/CHANGELOG.md`.
        base_url: The dashboard's own address; without it the feed links to nothing.

    Raises:
        ValueError: The changelog has no entry, or one without version and day.
    """
    entries = changelog_entries(changelog)
    home = base_url.rstrip("/")
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", uuid5(_NAMESPACE, "changes").urn)
    _add(feed, "title", f"{TITLE}: changes of the data")
    _add(feed, "updated", _moment(max(entry.released_on for entry in entries)))
    _add(ElementTree.SubElement(feed, "author"), "name", AUTHORS)
    _add(feed, "rights", DATA_LICENCE)
    if home:
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{home}{PATH}")
        _add(feed, "link", rel="alternate", type="text/html", href=f"{home}/data")
    for entry in entries:
        _add_entry(feed, entry, home)
    ElementTree.indent(feed)
    xml: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def changelog_entries(changelog: str) -> tuple[Entry, ...]:
    """Return the entries of a changelog in its own order, their text as HTML.

    HTML within the Markdown is shown as text; pictures are not loaded, and links lead only where a
    link may lead.

    Raises:
        ValueError: There is no entry, two are of one version, or a heading is of another form.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    environment: dict[str, object] = {}
    entries = tuple(
        _entry(heading, markdown.renderer.render(tokens, markdown.options, environment))
        for heading, tokens in _sections(markdown.parse(changelog, environment))
    )
    if not entries:
        raise ValueError("the changelog has no entry such as '## 2026.11.0 - 2026-11-24'")
    [(version, times)] = Counter(entry.version for entry in entries).most_common(1)
    if times > 1:
        raise ValueError(f"the changelog has more than one entry '{version}'")
    return entries


def _sections(tokens: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """Return each heading of the second level with what stands beneath it."""
    starts = [
        number
        for number, token in enumerate(tokens)
        if (token.type, token.tag, token.level) == ("heading_open", "h2", 0)
    ]
    for start, end in pairwise([*starts, len(tokens)]):
        yield tokens[start + 1].content, tokens[start + 3 : end]


def _entry(heading: str, html: str) -> Entry:
    match = _HEADING.fullmatch(heading)
    try:
        if match:
            return Entry(match[1], date.fromisoformat(match[2]), html)
    except ValueError:
        pass  # A day that no calendar has is told in the words below.
    raise ValueError(
        f"'## {heading}' in the changelog is not of the form '## 2026.11.0 - 2026-11-24'"
    )


def _add_entry(feed: ElementTree.Element, entry: Entry, home: str) -> None:
    element = ElementTree.SubElement(feed, "entry")
    _add(element, "id", uuid5(_NAMESPACE, entry.version).urn)
    _add(element, "title", f"Data {entry.version}")
    _add(element, "updated", _moment(entry.released_on))
    if home:
        href = f"{home}/data?{urlencode({'data': entry.version})}"
        _add(element, "link", rel="alternate", type="text/html", href=href)
    _add(element, "content", entry.html, type="html")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    """Add an element; signs that XML cannot hold are replaced."""
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = _NOT_OF_XML.sub("\ufffd", text) or None


def _moment(day: date) -> str:
    """Return the start of a day in UTC, as Atom writes it."""
    return f"{day.isoformat()}T00:00:00Z"
