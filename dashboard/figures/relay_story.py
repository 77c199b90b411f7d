"""What the outline of who printed whom has to tell, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.claimants import kinds, short_names, top_level_bodies
from dashboard.claims import claim, documents
from dashboard.codes import Misprint, SourceRole, TitleBasis
from dashboard.dataset import Dataset
from dashboard.figures.palette import Theme, body_colour
from dashboard.periods import in_words, short_in_words
from dashboard.records import Record, is_given, records_by
from dashboard.relays import RelayGraph, RelayNode, relay_graph
from dashboard.translation import message, translated
from dashboard.words import figure_in_words, figure_of_item

NAME_LENGTH = 32

ROLE_WORDS = {
    SourceRole.FIRST: message("first printer"),
    SourceRole.RELAY: message("relay"),
    SourceRole.COPY: message("copy"),
    SourceRole.MENTION: message("mention"),
}


@dataclass(frozen=True)
class RelayStory:
    """What every part of the drawing needs.

    Attributes:
        graph: Who printed whom.
        claim: The claim.
        rows: The documents with their links to the claim, by source id.
        origin_name: Short name of the claimant.
        origin_colour: Colour of its state or organisation.
        theme: Light or dark.
    """

    graph: RelayGraph
    claim: Record
    rows: Mapping[str, Record]
    origin_name: str
    origin_colour: str
    theme: Theme

    @property
    def drawn(self) -> list[RelayNode]:
        """The nodes of the outline; relays that only stand beside others are told in notes."""
        carried = self.graph.carried
        return [node for node in self.graph.nodes if node.kind != "relay" or carried[node.node_id]]

    @property
    def deepest(self) -> int:
        """The layer furthest from the claimant."""
        return max(node.layer for node in self.drawn)


def relay_story(dataset: Dataset, claim_id: str, theme: Theme) -> RelayStory:
    """Return what there is to tell of one claim.

    Raises:
        LookupError: There is no such claim; the message names the nearest id.
    """
    stated = claim(dataset, claim_id)
    claimant = stated["claimant"]
    top = top_level_bodies(dataset.claimants)[claimant]
    return RelayStory(
        graph=relay_graph(dataset, claim_id),
        claim=stated,
        rows=records_by(documents(dataset, [claim_id]), "source_id"),
        origin_name=short_names(dataset)[claimant],
        origin_colour=body_colour(top, kinds(dataset)[top], theme),
        theme=theme,
    )


def figure_said(stated: Record) -> str:
    """Return a claim's figure with its unit: 'more than 13,000 containers'."""
    if is_given(stated["low"]) or is_given(stated["high"]):
        return figure_of_item(stated["low"], stated["high"], stated["qualifier"], stated["item"])
    return figure_in_words(stated["low"], stated["high"], stated["qualifier"], stated["unit"])


def short_publisher(name: str) -> str:
    """Return a publisher without what its brackets add, cut where it is long."""
    bare = name.split(" (")[0] or name
    return bare if len(bare) <= NAME_LENGTH else f"{bare[: NAME_LENGTH - 1].rstrip()}…"


def short_date(published_on: object) -> str:
    """Return a date for labels, no sharper than given: '27 Aug 2024', 'Aug 2024', 'no date'."""
    if not is_given(published_on):
        return translated("no date")
    return short_in_words(str(published_on))


def long_date(published_on: object) -> str:
    """Return a date for the table: '27 August 2024', 'date not seen'."""
    return in_words(str(published_on)) if is_given(published_on) else translated("date not seen")


def chain_in_words(relays: object) -> str:
    """Return a chain as written, with arrows that point the way the statement went."""
    return str(relays).replace(" < ", " ← ") if is_given(relays) else translated("not given")


def title_as_printed(row: Record) -> str:
    """Return the title of a document; says so where it was rebuilt or not seen."""
    if not is_given(row["title"]):
        return translated("Title not seen")
    if row["title_basis"] == TitleBasis.ADDRESS:
        return translated("{title} (rebuilt from the address)", title=row["title"])
    return str(row["title"])


def misprint_in_words(row: Record) -> str:
    """Return what a document prints wrongly and in which way; nothing where it prints it right."""
    if not is_given(row["misprint"]):
        return ""
    meaning = translated(Misprint(str(row["misprint"])).meaning)
    return f"{row['as_printed']} ({meaning})" if is_given(row["as_printed"]) else meaning
