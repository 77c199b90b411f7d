"""The words that every export prints around a chart, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.captioned import CaptionedChart
from dashboard.citation import DATA_LICENCE, cited_chart, full_citation
from dashboard.exports.formats import ExportError
from dashboard.languages import language_name
from dashboard.periods import in_words
from dashboard.records import Record, records
from dashboard.translation import (
    ENGLISH,
    caption_language,
    current_language,
    known_language,
    message,
    translated,
    translated_plural,
)

SHORT_SOURCES = 5
"""Documents that stand beside the chart; the others go to the appendix."""
LONGEST_TITLE = 200
LONGEST_MARKING = 80
DEFAULT_MARKING = "TLP:CLEAR"
TLP_INKS = {
    "TLP:RED": "#ff2b2b",
    "TLP:AMBER+STRICT": "#ffc000",
    "TLP:AMBER": "#ffc000",
    "TLP:GREEN": "#33ff00",
    "TLP:CLEAR": "#ffffff",
}
TLP_PAPER = "#000000"
"""The labels of the Traffic Light Protocol 2.0 in the colours it asks for; never translated."""
LICENCE = message("Data: CC BY 4.0. The documents belong to their publishers.")
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
METHOD_OF_CLAIMS = message(
    "Stated figures stand as their claimants stated them, in the unit in which they did; what is "
    "worked out from them says so. A total holds until its claimant states another: nothing is "
    "interpolated or averaged. An empty low or high is a side that was left open. Articles that "
    "print one statement are one origin."
)
METHOD_OF_REPORTS = message(
    "Each row is what the documents report, with how it is known. Lengths are worked out from the "
    "reported points; where nothing was reported, nothing is filled in."
)
LANGUAGE_NOTE = message(
    "Numbers, dates and fixed sentences are in the language of this caption; names, titles and "
    "what was said stay as in the data."
)
"""Added to the method where captions are not in English."""


@dataclass(frozen=True)
class CitedDocument:
    """A document as exports print it.

    Attributes:
        number: Its place in the list, from 1.
        publisher: Who published it.
        published: Its date in words, or 'date not seen'.
        published_on: The same date as in the data: a day, month or year; empty where not seen.
        language: The name of its language, in that of the caption.
        title: Its title, or 'title not seen'.
        link: Its address; empty where that is not one of the web.
        archived_link: The address of its archived copy; empty where there is none.
    """

    number: int
    publisher: str
    published: str
    published_on: str
    language: str
    title: str
    link: str
    archived_link: str

    @property
    def short(self) -> str:
        """Publisher and date: 'FCS News, 27 August 2024'."""
        return f"{self.publisher}, {self.published}"

    def __str__(self) -> str:
        """Return the document on one line, without its link."""
        return f"{self.number}. {self.short} ({self.language}): {self.title}"


@dataclass(frozen=True)
class Caption:
    """What stands around a chart in a file.

    Attributes:
        name: Short name of the chart.
        title: The finding, or the title that the reader gave.
        subtitle: The selection in words.
        as_known: 'As known on …'.
        as_known_on: The past day to which the chart is frozen, if it is.
        alt: One or two sentences that say what the chart shows.
        warnings: What to know before using it, as sentences.
        origins: '174 articles · 8 claimants · 2–4 origins'; empty where nothing is claimed.
        sources: The documents that stand beside the chart, best first.
        appendix: All other documents, numbered on from there.
        data_version: Version and digest of the data.
        licence: One sentence.
        permalink: The address that shows the same; relative where no host is known, or empty.
        marking: How the file may be handled, for the top and bottom of each page.
        citation: How to cite the chart.
        method: How the figures are made, in a few sentences.
        language: Tag of the language of the caption.
    """

    name: str
    title: str
    subtitle: str
    as_known: str
    as_known_on: date | None
    alt: str
    warnings: tuple[str, ...]
    origins: str
    sources: tuple[CitedDocument, ...]
    appendix: tuple[CitedDocument, ...]
    data_version: str
    licence: str
    permalink: str
    marking: str
    citation: str
    method: str
    language: str = ENGLISH

    @property
    def documents(self) -> tuple[CitedDocument, ...]:
        """All documents, in the order of their numbers."""
        return self.sources + self.appendix

    @property
    def source_line(self) -> str:
        """The short sources on one line, and how many more there are."""
        with caption_language(self.language):
            if not self.sources:
                return translated("No documents in this selection")
            first = "; ".join(f"[{document.number}] {document.short}" for document in self.sources)
            if not self.appendix:
                return translated("Sources: {documents}", documents=first)
            return translated_plural(
                "Sources: {documents}; and {number} more document",
                "Sources: {documents}; and {number} more documents",
                len(self.appendix),
                documents=first,
            )

    @property
    def version_line(self) -> str:
        """Version, digest and licence on one line."""
        with caption_language(self.language):
            return f"{version_in_words(self.data_version)}, {DATA_LICENCE}"


def caption_of(
    chart: CaptionedChart,
    *,
    title: str = "",
    marking: str = DEFAULT_MARKING,
    permalink: str = "",
    base_url: str = "",
    language: str = "",
) -> Caption:
    """Return the words around a chart.

    Args:
        chart: The chart.
        title: Stands instead of the chart's own title, where it is given.
        marking: A TLP 2.0 label or a national marking.
        permalink: The address of the view within the site: /timeline?item=containers.
        base_url: The site's own address, as configured; empty leaves the permalink relative.
        language: Tag of the language of the caption, in which the chart was drawn too; empty takes
            the one of `caption_language`.

    Raises:
        ExportError: The title, the marking or an address cannot be printed, or captions are not
            written in the language.
    """
    with caption_language(checked_language(language)):
        return _caption(chart, title, marking, permalink, base_url)


def _caption(
    chart: CaptionedChart, title: str, marking: str, permalink: str, base_url: str
) -> Caption:
    documents = cited_documents(chart.sources)
    address = _address(permalink, base_url)
    return Caption(
        name=chart.name,
        title=checked_words(title, "title", LONGEST_TITLE) or chart.title,
        subtitle=chart.subtitle,
        as_known=chart.as_known,
        as_known_on=chart.as_known_on,
        alt=chart.alt,
        warnings=tuple(translated(warning.meaning) for warning in chart.warnings),
        origins=chart.origins,
        sources=documents[:SHORT_SOURCES],
        appendix=documents[SHORT_SOURCES:],
        data_version=chart.data_version,
        licence=translated(LICENCE),
        permalink=address,
        marking=checked_marking(marking),
        citation=full_citation(cited_chart(chart, web_address(address))),
        method=_method(METHOD_OF_CLAIMS if chart.claim_ids else METHOD_OF_REPORTS),
        language=current_language(),
    )


def _method(method: str) -> str:
    if current_language() == ENGLISH:
        return method
    return f"{translated(method)} {translated(LANGUAGE_NOTE)}"


def checked_language(tag: str) -> str:
    """Return the tag of a caption language; empty stands for the one of `caption_language`.

    Raises:
        ExportError: Captions are not written in it.
    """
    try:
        return known_language(tag) if tag else current_language()
    except LookupError as refusal:
        raise ExportError(refusal.args[0]) from None


def version_in_words(data_version: str) -> str:
    """Return 'Data 2026.11.0 (…)' in the language of captions."""
    return translated("Data {version}", version=data_version)


def cited_documents(sources: pd.DataFrame) -> tuple[CitedDocument, ...]:
    """Return documents as exports print them, numbered from 1; needs the columns of `sources`."""
    return tuple(_document(number, row) for number, row in enumerate(records(sources), 1))


def _document(number: int, row: Record) -> CitedDocument:
    published, title = row["published_on"], row["title"]
    if not isinstance(title, str):
        title = translated("title not seen")
    elif row["title_basis"] == "address":
        title = translated("{title} (title rebuilt from the address)", title=title)
    return CitedDocument(
        number=number,
        publisher=row["publisher_name"],
        published=in_words(published)
        if isinstance(published, str)
        else translated("date not seen"),
        published_on=published if isinstance(published, str) else "",
        language=language_name(str(row["language"])),
        title=title,
        link=web_address(row["url"]),
        archived_link=web_address(row["archived_url"]),
    )


def web_address(address: object) -> str:
    """Return an address of the web (https or http), or nothing for any other."""
    is_web = isinstance(address, str) and address.lower().startswith(("https://", "http://"))
    return str(address) if is_web else ""


def checked_marking(marking: str) -> str:
    """Return a marking as it is printed; TLP labels in capitals; TLP:CLEAR where it is blank.

    Raises:
        ExportError: It is longer than a line, holds a line break, or is no TLP 2.0 label.
    """
    words = checked_words(marking, "marking", LONGEST_MARKING) or DEFAULT_MARKING
    label = words.upper().replace(" ", "")
    if not label.startswith("TLP:"):
        return words
    if label not in TLP_INKS:
        raise ExportError(
            f"‘{words}’ is no label of TLP 2.0. The labels are: {', '.join(TLP_INKS)}."
        )
    return label


def checked_words(words: str, what: str, longest: int) -> str:
    """Return words of one printable line, without spaces around them.

    Raises:
        ExportError: They hold a line break, or are too long.
    """
    words = words.strip()
    if not words.isprintable():
        raise ExportError(
            f"The {what} holds a line break or another sign that cannot be printed. "
            "Write it on one line."
        )
    if len(words) > longest:
        raise ExportError(f"The {what} has {len(words)} characters. It may have {longest} at most.")
    return words


def _address(permalink: str, base_url: str) -> str:
    if not permalink:
        return ""
    if not permalink.startswith("/") or permalink.startswith("//"):
        raise ExportError(f"‘{permalink}’ is no address within the site: it begins with one ‘/’.")
    if base_url and not web_address(base_url):
        raise ExportError(f"‘{base_url}’ is no web address: write https://… as the site's own.")
    return base_url.rstrip("/") + permalink
