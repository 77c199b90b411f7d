"""Claims: which ones a selection holds, and what stands behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.claimants import short_names, top_level_bodies
from dashboard.codes import (
    Direction,
    Item,
    PublisherKind,
    SourceRole,
    Status,
    Unit,
    UrlStatus,
)
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.nearest import no_such
from dashboard.records import Record, records
from dashboard.selection import Selection
from dashboard.translation import translated
from dashboard.words import figures_in_words, unit_name

RECORD_COLUMNS = (
    "claim_id",
    "claimant",
    "series",
    "stated_on",
    "as_of",
    "measure",
    "direction",
    "item",
    "unit",
    "low",
    "high",
    "qualifier",
    "status",
    "method",
    "articles",
    "paraphrase",
)


_ANSWERS = (Status.DENIED.value, Status.ADMITTED.value)
_ROLE_RANKS = {role.value: rank for rank, role in enumerate(SourceRole)}
_KIND_RANKS = {kind.value: rank for rank, kind in enumerate(PublisherKind)}


def known_claims(claims: pd.DataFrame, as_known_on: date | None) -> pd.DataFrame:
    """Return the claims that the public could know on a day and that were not withdrawn by then.

    A claim dated with a month or a year counts as known on its last day, so that there is no
    hindsight. With no day, all claims that are not withdrawn.
    """
    return claims[_are_known(claims, as_known_on)]


def _are_known(claims: pd.DataFrame, as_known_on: date | None) -> pd.Series[bool]:
    if as_known_on is None:
        return claims["withdrawn_on"].isna()
    day = pd.Timestamp(as_known_on)
    withdrawn = pd.to_datetime(claims["withdrawn_on"])
    return (claims["known_on"] <= day) & (withdrawn.isna() | (withdrawn > day))


@kept(32)
def selected_claims(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the claims of a selection, oldest first, with the columns of `Dataset.claims`."""
    claims = dataset.claims
    if selection.as_known_on and selection.as_known_on == dataset.as_known_on:
        mask = pd.Series(True, index=claims.index)
    else:
        mask = _are_known(claims, selection.as_known_on)
    if selection.item:
        mask &= claims["item"] == selection.item.value
    if selection.claimant:
        mask &= claims["claimant"].isin(_with_bodies(dataset, selection.claimant))
    if selection.reliability:
        graded = dataset.claimants["reliability"].isin(selection.reliability)
        mask &= claims["claimant"].isin(dataset.claimants.loc[graded, "claimant"])
    for column in ("series", "status", "measure", "credibility"):
        wanted = getattr(selection, column)
        if wanted:
            mask &= claims[column].isin(wanted)
    if selection.from_:
        mask &= claims["known_on"] >= pd.Timestamp(selection.from_)
    if selection.to:
        mask &= claims["stated_first"] <= pd.Timestamp(selection.to)
    if selection.text.strip():
        mask &= claims["claim_id"].isin(claims_with_words(dataset, selection.text))
    return claims[mask].sort_values(["known_on", "claim_id"], ignore_index=True)


def _with_bodies(dataset: Dataset, wanted: Sequence[str]) -> set[str]:
    tops = top_level_bodies(dataset.claimants)
    return {claimant for claimant, top in tops.items() if claimant in wanted or top in wanted}


def claims_with_words(dataset: Dataset, text: str) -> set[str]:
    """Return the ids of claims whose own words, or whose documents, hold every word of a text."""
    names = dataset.claimants.set_index("claimant")["name"]
    claims = dataset.claims
    own = _joined(claims, ("claim_id", "paraphrase", "spokesperson", "note", "item"))
    own = own + " " + claims["claimant"].map(names)
    documents = _joined(dataset.sources, ("source_id", "title", "publisher_name", "relays"))
    words = text.casefold().split()
    found = set(claims.loc[_holds_all(own, words), "claim_id"])
    sources = set(dataset.sources.loc[_holds_all(documents, words), "source_id"])
    links = dataset.claim_sources
    return found | set(links.loc[links["source_id"].isin(sources), "claim_id"])


def _joined(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series[str]:
    text = frame[columns[0]].fillna("")
    for column in columns[1:]:
        text = text + " " + frame[column].fillna("")
    return text


def _holds_all(texts: pd.Series[str], words: Sequence[str]) -> pd.Series[bool]:
    folded = texts.str.casefold()
    mask = pd.Series(True, index=texts.index)
    for word in words:
        mask &= folded.str.contains(word, regex=False)
    return mask


def claim(dataset: Dataset, claim_id: str) -> Record:
    """Return one claim.

    Raises:
        LookupError: There is no such claim; the message names the nearest id.
    """
    rows = dataset.claims[dataset.claims["claim_id"] == claim_id]
    if rows.empty:
        raise LookupError(no_such("claim", claim_id, dataset.claims["claim_id"]))
    return records(rows)[0]


def documents(dataset: Dataset, claim_ids: Sequence[str]) -> pd.DataFrame:
    """Return the documents behind claims, best first, once for each claim that they carry.

    Columns are those of `claim_sources` and `sources`. First printers come before relays, relays
    before copies. Within each, links that are gone come last, the kind of publisher decides, in
    the order of `PublisherKind`, then titles that were seen, and then the older comes first.
    """
    links, sources, source_of = _carrying(dataset, claim_ids)
    about = sources.drop(columns="source_id").iloc[source_of]
    return pd.concat([links, about.reset_index(drop=True)], axis=1)


def sources_behind(
    dataset: Dataset, claim_ids: Sequence[str], central: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the documents behind claims, each once, best first, with the columns of `sources`.

    Args:
        dataset: The dataset.
        claim_ids: The claims.
        central: Those among them whose documents come before the others.
    """
    links, sources, source_of = _carrying(dataset, claim_ids)
    first = [source_of[(links["claim_id"] == claim_id).to_numpy()] for claim_id in central]
    in_order = pd.unique(np.concatenate([*first, source_of]))
    return sources.iloc[in_order].reset_index(drop=True)


def _carrying(
    dataset: Dataset, claim_ids: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame, npt.NDArray[np.intp]]:
    """Return the links of claims to documents and these documents, best first.

    Also the place of each link's document among these documents. They are put in order before they
    are joined, for there are fewer of them than links.
    """
    links = dataset.claim_sources[dataset.claim_sources["claim_id"].isin(claim_ids)]
    sources = dataset.sources[dataset.sources["source_id"].isin(links["source_id"])]
    ranks: dict[str, pd.Series] = {
        "_gone": (sources["url_status"] == UrlStatus.GONE) & sources["archived_url"].isna(),
        "_kind": sources["publisher_kind"].map(_KIND_RANKS),
        "_untitled": sources["title"].isna(),
    }
    columns = ["published_on", "source_id"]
    by_worth = sources[columns].assign(**ranks).sort_values([*ranks, *columns])
    sources = sources.loc[by_worth.index].reset_index(drop=True)
    source_of = pd.Index(sources["source_id"]).get_indexer(links["source_id"])
    order = np.lexsort((source_of, links["role"].map(_ROLE_RANKS)))
    return links.iloc[order].reset_index(drop=True), sources, source_of[order]


def links_of(dataset: Dataset, claim_id: str) -> pd.DataFrame:
    """Return the links from and to a claim: relation, other_claim_id, note, is_outgoing."""
    links = dataset.claim_links
    outgoing = links[links["claim_id"] == claim_id].assign(is_outgoing=True)
    incoming = links[links["other_claim_id"] == claim_id].assign(is_outgoing=False)
    incoming = incoming.assign(other_claim_id=incoming["claim_id"])
    columns = ["relation", "other_claim_id", "note", "is_outgoing"]
    return pd.concat([outgoing[columns], incoming[columns]], ignore_index=True)


def claim_records(claims: pd.DataFrame) -> pd.DataFrame:
    """Return claims with the columns that the command and the tables show."""
    return claims[list(RECORD_COLUMNS)].reset_index(drop=True)


def denials_and_admissions(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the denials and admissions that bear on a selected item, oldest first.

    People and arms are denied apart: a denial that soldiers were sent says nothing of arms.
    """
    if selection.item is None or selection.item.direction is not Direction.TO_RUSSIA:
        return dataset.claims.iloc[:0]
    about_people = selection.item.unit is Unit.PEOPLE
    status = selection.status or _ANSWERS
    everything = replace(selection, item=None, measure=(), claimant=(), status=status)
    claims = selected_claims(dataset, everything)
    is_answer = claims["status"].isin(_ANSWERS)
    is_about_people = claims["item"].isin([Item.TROOPS, Item.WORKERS])
    return claims[is_answer & (is_about_people == about_people)].reset_index(drop=True)


def claims_table(dataset: Dataset, claims: pd.DataFrame) -> pd.DataFrame:
    """Return claims as readers see them: one row a claim, headings in words, newest first."""
    table = pd.DataFrame(
        {
            translated("Stated on"): claims["stated_on"],
            translated("Who"): claims["claimant"].map(short_names(dataset)),
            translated("Figure"): _figures_or_answers(claims),
            translated("Low"): claims["low"],
            translated("High"): claims["high"],
            translated("Unit"): claims["unit"].map(unit_name),
            translated("As of"): claims["as_of"],
            translated("Articles"): claims["articles"],
            translated("Grade"): grades(dataset, claims),
            translated("What was said"): claims["paraphrase"],
            translated("Claim"): claims["claim_id"],
        }
    )
    return table.iloc[::-1].reset_index(drop=True)


def grades(dataset: Dataset, claims: pd.DataFrame) -> pd.Series[str]:
    """Return the Admiralty grade of each claim, claimant first: 'C3'."""
    reliability = dict(
        zip(dataset.claimants["claimant"], dataset.claimants["reliability"], strict=True)
    )
    return claims["claimant"].map(reliability) + claims["credibility"]


def _figures_or_answers(claims: pd.DataFrame) -> list[str]:
    words = {
        Status.DENIED.value: translated("denial"),
        Status.ADMITTED.value: translated("admission"),
    }
    figures = figures_in_words(claims)
    return [
        words.get(status, figure) for figure, status in zip(figures, claims["status"], strict=True)
    ]
