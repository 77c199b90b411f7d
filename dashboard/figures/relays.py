"""Who printed whom for one claim: the captioned chart."""

from __future__ import annotations

import pandas as pd

from dashboard.captioned import CaptionedChart
from dashboard.claims import documents
from dashboard.codes import SourceRole
from dashboard.dataset import Dataset
from dashboard.figures.palette import Theme
from dashboard.figures.relay_outline import outline_figure
from dashboard.figures.relay_story import (
    ROLE_WORDS,
    RelayStory,
    chain_in_words,
    figure_said,
    long_date,
    misprint_in_words,
    relay_story,
    short_publisher,
    title_as_printed,
)
from dashboard.languages import language_name
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import in_words
from dashboard.records import is_given
from dashboard.relays import ORIGIN
from dashboard.selection import as_known_in_words
from dashboard.translation import translated, translated_plural
from dashboard.words import sentence_start, usage_warnings


def relay_chart(dataset: Dataset, claim_id: str, theme: Theme) -> CaptionedChart:
    """Return the outline of who printed whom for one claim.

    Raises:
        LookupError: There is no such claim; the message names the nearest id.
    """
    story = relay_story(dataset, claim_id, theme)
    rows = documents(dataset, [claim_id])
    return CaptionedChart(
        name="relays",
        title=_title(story),
        subtitle=translated(
            "Who printed whom: {who}, {day}, {figure}",
            who=story.origin_name,
            day=in_words(story.claim["stated_on"]),
            figure=figure_said(story.claim),
        ),
        figure=outline_figure(story),
        table=_table(story),
        alt=_alt(story),
        claim_ids=(claim_id,),
        sources=rows[list(dataset.sources.columns)],
        warnings=usage_warnings(dataset.claims[dataset.claims["claim_id"] == claim_id]),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        data_version=dataset.label,
        origins=origins_in_words(origins_of(dataset, [claim_id])),
        as_known_on=dataset.as_known_on,
    )


def _counts(story: RelayStory) -> tuple[int, int, int]:
    """Return the number of documents, of those from others' hands, and of misprints."""
    nodes = [node for node in story.graph.nodes if node.kind == "document"]
    later = sum(node.layer > 1 for node in nodes)
    return len(nodes), later, sum(is_given(row["misprint"]) for row in story.rows.values())


def _main_relay(story: RelayStory) -> tuple[str, int]:
    """Return through whom more documents came than through any other, and how many did.

    Nobody is named where two are equal, or where one document came through each.
    """
    graph = story.graph
    first = [node for node in graph.nodes if graph.parents.get(node.node_id) == ORIGIN]
    ranked = sorted(first, key=lambda node: -graph.carried[node.node_id])
    counts = [graph.carried[node.node_id] for node in ranked] + [1, 1]
    return (short_publisher(ranked[0].name), counts[0]) if counts[0] > counts[1] else ("", 0)


def _findings(story: RelayStory) -> list[str]:
    all_documents, later, misprints = _counts(story)
    findings = []
    if later:
        if later == all_documents > 1:
            taken = translated("all took it from others")
        else:
            taken = translated_plural(
                "{number} took it from others", "{number} took it from others", later
            )
        findings.append(f"{taken}{_through(story, later)}")
    if misprints:
        findings.append(
            translated_plural(
                "{number} prints it differently", "{number} print it differently", misprints
            )
        )
    return findings


def _through(story: RelayStory, later: int) -> str:
    name, came = _main_relay(story)
    if not came:
        return ""
    if came == later:
        return translated(", through {name}", name=name)
    return translated_plural(
        ", {number} of them through {name}", ", {number} of them through {name}", came, name=name
    )


def _title(story: RelayStory) -> str:
    return translated_plural(
        "{number} document, one statement: {found}",
        "{number} documents, one statement: {found}",
        len(story.rows),
        found="; ".join(_findings(story)) or translated("at first hand"),
    )


def _alt(story: RelayStory) -> str:
    languages = {row["language"] for row in story.rows.values()}
    return translated(
        "Outline from {who} down to {documents} in {languages}: {found}. "
        "Each step to the right is one hand further from the claimant.",
        who=story.origin_name,
        documents=translated_plural("{number} document", "{number} documents", len(story.rows)),
        languages=translated_plural("{number} language", "{number} languages", len(languages)),
        found="; ".join(_findings(story)) or translated("at first hand"),
    )


def _table(story: RelayStory) -> pd.DataFrame:
    nodes = [node for node in story.graph.nodes if node.kind == "document"]
    rows = [story.rows[node.source_id] for node in nodes]
    return pd.DataFrame(
        {
            translated("Publisher"): [row["publisher_name"] for row in rows],
            translated("Language"): [language_name(str(row["language"])) for row in rows],
            translated("Published"): [long_date(row["published_on"]) for row in rows],
            translated("Role"): [
                sentence_start(translated(ROLE_WORDS[SourceRole(row["role"])])) for row in rows
            ],
            translated("Came through"): [chain_in_words(row["relays"]) for row in rows],
            translated("Prints differently"): [misprint_in_words(row) for row in rows],
            translated("Title"): [title_as_printed(row) for row in rows],
        }
    )
