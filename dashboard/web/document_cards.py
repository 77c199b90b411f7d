"""Documents as cards: title, publisher, date, language, relays, link and archived copy."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.codes import DateBasis, PublisherKind, UrlStatus
from dashboard.languages import language_name
from dashboard.periods import in_words
from dashboard.records import Record, records
from dashboard.web.text import is_web_address, plain


def source_list(sources: pd.DataFrame) -> None:
    """Show documents, one card each; needs the columns of `sources`."""
    if sources.empty:
        st.info("No document stands behind this selection. Widen the filters.")
    for row in records(sources):
        source_card(row)


def source_card(row: Record) -> None:
    """Show one document: title, publisher, date, language, relays, link and archived copy."""
    has_title = isinstance(row["title"], str)
    title = plain(row["title"]) if has_title else "*Title not seen*"
    if row["title_basis"] == "address":
        title += " *(title rebuilt from the address)*"
    day = when_published(row["published_on"])
    facts = [
        f"{plain(row['publisher_name'])}, {_PUBLISHER_WORDS[PublisherKind(row['publisher_kind'])]}",
        f"{day} (by a public index)" if row["date_basis"] == DateBasis.INDEX else day,
        language_name(str(row["language"])),
    ]
    if isinstance(row.get("role"), str):
        facts.append(_ROLE_WORDS[str(row["role"])])
    lines = [f"**{title}**", " · ".join(facts)]
    if isinstance(row["relays"], str):
        lines.append(f"Relay chain: {plain(row['relays'])}")
    if isinstance(row.get("misprint"), str):
        printed = f": {plain(row['as_printed'])}" if isinstance(row["as_printed"], str) else ""
        lines.append(f"⚠ Prints the claim differently ({plain(row['misprint'])}){printed}")
    lines.append(_source_links(row))
    st.markdown("  \n".join(lines))


_ROLE_WORDS = {
    "first": "first printer",
    "relay": "relay",
    "copy": "copy",
    "mention": "mention",
}


_PUBLISHER_WORDS = {
    PublisherKind.OFFICIAL: "official body",
    PublisherKind.WIRE: "news agency",
    PublisherKind.NEWSPAPER: "newspaper or news site",
    PublisherKind.BROADCASTER: "broadcaster",
    PublisherKind.MAGAZINE: "magazine",
    PublisherKind.THINK_TANK: "research body",
    PublisherKind.NGO: "civil society",
    PublisherKind.COMPANY: "company",
    PublisherKind.REFERENCE: "reference work",
    PublisherKind.SOCIAL: "social network or board",
    PublisherKind.AGGREGATOR: "reprints others",
}

_LINK_WORDS = {
    UrlStatus.OK: "link answered on {day}",
    UrlStatus.MOVED: "link answered elsewhere on {day}",
    UrlStatus.GONE: "⚠ link was gone on {day}",
    UrlStatus.BLOCKED: "link could not be tried on {day}: the site refuses programs",
    UrlStatus.UNREACHABLE: "⚠ link did not answer on {day}",
}


def _source_links(row: Record) -> str:
    links = []
    if is_web_address(row["url"]):
        links.append(f"[Open the document]({_link_target(str(row['url']))})")
    if is_web_address(row["archived_url"]):
        links.append(f"[Archived copy]({_link_target(str(row['archived_url']))})")
    else:
        links.append("no archived copy yet")
    if isinstance(row["url_status"], str):
        words = _LINK_WORDS[UrlStatus(row["url_status"])]
        links.append(words.format(day=in_words(str(row["url_checked_on"]))))
    return " · ".join(links)


def _link_target(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")


def when_published(published_on: object) -> str:
    """Return a date of publication in words, or that it was not seen."""
    return in_words(str(published_on)) if isinstance(published_on, str) else "date not seen"
