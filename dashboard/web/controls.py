"""The controls that make a selection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.claimants import top_level_bodies
from dashboard.codes import Credibility, Item, Reliability, Status
from dashboard.dataset import Dataset
from dashboard.figures.growth import drawable_measures
from dashboard.kept import kept
from dashboard.selection import Selection
from dashboard.web.address import chosen, chosen_day, chosen_many, chosen_pill, typed_text
from dashboard.web.state import full_dataset
from dashboard.words import MEASURE_WORDS, sentence_start


def timeline_selection(dataset: Dataset) -> Selection:
    """Return what the reader chose on the Timeline page."""
    columns = st.columns([2.2, 2.2, 1, 1])
    with columns[0]:
        item = chosen("What", items_with_figures(dataset), "item", Item.CONTAINERS.value)
    with columns[1]:
        claimant = chosen_many("Who", claimant_labels(dataset), "claimant", "Everybody")
    first, last = stated_span(full_dataset())
    with columns[2]:
        start = chosen_day("From", "from", first, last, "Stated on this day or later")
    with columns[3]:
        end = chosen_day("To", "to", first, last, "Stated on this day or earlier")
    selection = Selection(
        item=Item(item),
        claimant=claimant,
        from_=start,
        to=end,
        as_known_on=dataset.as_known_on,
    )
    measures = drawable_measures(dataset, selection)
    if len(measures) < 2:
        return selection
    labels = {measure.value: sentence_start(MEASURE_WORDS[measure]) for measure in measures}
    measure = chosen_pill("Kind of figure", labels, "measure", measures[0].value)
    return replace(selection, measure=(measure,) if measure else ())


def first_selection(dataset: Dataset, item: Item) -> Selection:
    """Return the selection of an item on the Timeline page before anything else is chosen."""
    selection = Selection(item=item, as_known_on=dataset.as_known_on)
    measures = drawable_measures(dataset, selection)
    return replace(selection, measure=(measures[0].value,)) if len(measures) > 1 else selection


def evidence_selection(dataset: Dataset) -> Selection:
    """Return what the reader chose on the Evidence page."""
    columns = st.columns([3, 2, 2, 1], vertical_alignment="bottom")
    with columns[0]:
        text = typed_text("Search", "text", "Words of claims, titles, publishers")
    with columns[1]:
        everything = {"any": "Everything", **items_with_claims(dataset)}
        item = chosen("What", everything, "item", "any")
    with columns[2]:
        claimant = chosen_many("Who", claimant_labels(dataset), "claimant", "Everybody")
    with columns[3], st.popover("More filters", width="stretch"):
        rest = _more_filters()
    return replace(rest, item=None if item == "any" else Item(item), claimant=claimant, text=text)


def _more_filters() -> Selection:
    first, last = stated_span(full_dataset())
    return Selection(
        item=None,
        status=chosen_many("What is claimed", status_labels(), "status", "Anything"),
        reliability=chosen_many(
            "Claimant’s record", grade_labels(Reliability), "reliability", "A to F"
        ),
        credibility=chosen_many(
            "Claim’s grade", grade_labels(Credibility), "credibility", "1 to 6"
        ),
        from_=chosen_day("From", "from", first, last, "Stated on this day or later"),
        to=chosen_day("To", "to", first, last, "Stated on this day or earlier"),
    )


@kept(1)
def items_with_claims(dataset: Dataset) -> dict[str, str]:
    """Return the label of each item that a claim counts, in the order of the data model."""
    present = set(dataset.claims["item"])
    return {item.value: item.label for item in Item if item.value in present}


@kept(1)
def items_with_figures(dataset: Dataset) -> dict[str, str]:
    """Return the label of each item for which a claim states a figure."""
    claims = dataset.claims
    present = set(claims.loc[claims["low"].notna() | claims["high"].notna(), "item"])
    return {item.value: item.label for item in Item if item.value in present}


@kept(1)
def claimant_labels(dataset: Dataset) -> dict[str, str]:
    """Return the name of each claimant with claims, and of each state whose bodies have some."""
    claimants = dataset.claimants
    tops = top_level_bodies(claimants)
    present = set(dataset.claims["claimant"])
    present |= {tops[claimant] for claimant in present}
    rows = claimants[claimants["claimant"].isin(present)].sort_values("name")
    return dict(zip(rows["claimant"], rows["name"], strict=True))


def status_labels() -> dict[str, str]:
    """Return the label of each status."""
    return {status.value: status.value.replace("-", " ").capitalize() for status in Status}


def grade_labels(grades: type[Reliability] | type[Credibility]) -> dict[str, str]:
    """Return the label of each Admiralty grade."""
    return {grade.value: f"{grade.value}: {grade.meaning}" for grade in grades}


@kept(1)
def stated_span(dataset: Dataset) -> tuple[date, date]:
    """Return the days of the first and the last statement."""
    claims = dataset.claims
    return claims["stated_first"].min().date(), claims["known_on"].max().date()
