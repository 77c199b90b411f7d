"""The controls that make a selection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.claimants import top_level_bodies
from dashboard.dataset import Dataset
from dashboard.figures.growth import drawable_measures
from dashboard.schema import Item, Status
from dashboard.selection import Selection
from dashboard.web.address import chosen, chosen_day, chosen_many, chosen_pill, typed_text
from dashboard.words import MEASURE_WORDS, sentence_start


def timeline_selection(dataset: Dataset) -> Selection:
    """Return what the reader chose on the Timeline page."""
    columns = st.columns([2.2, 2.2, 1, 1])
    with columns[0]:
        item = chosen("What", items_with_figures(dataset), "item", Item.CONTAINERS.value)
    with columns[1]:
        claimant = chosen_many("Who", claimant_labels(dataset), "claimant", "Everybody")
    first, last = stated_span(dataset)
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


def evidence_selection(dataset: Dataset) -> Selection:
    """Return what the reader chose on the Evidence page."""
    text = typed_text(
        "Search", "text", "Words in claims, titles, publishers: Najin 13,000 Yonhap …"
    )
    columns = st.columns([2, 2, 2, 1, 1])
    everything = {"any": "Everything", **items_with_claims(dataset)}
    with columns[0]:
        item = chosen("What", everything, "item", "any")
    with columns[1]:
        claimant = chosen_many("Who", claimant_labels(dataset), "claimant", "Everybody")
    with columns[2]:
        status = chosen_many("What is claimed", status_labels(), "status", "Anything")
    first, last = stated_span(dataset)
    with columns[3]:
        start = chosen_day("From", "from", first, last, "Stated on this day or later")
    with columns[4]:
        end = chosen_day("To", "to", first, last, "Stated on this day or earlier")
    return Selection(
        item=None if item == "any" else Item(item),
        claimant=claimant,
        status=status,
        from_=start,
        to=end,
        text=text,
    )


def items_with_claims(dataset: Dataset) -> dict[str, str]:
    """Return the label of each item that a claim counts, in the order of the data model."""
    present = set(dataset.claims["item"])
    return {item.value: item.label for item in Item if item.value in present}


def items_with_figures(dataset: Dataset) -> dict[str, str]:
    """Return the label of each item for which a claim states a figure."""
    claims = dataset.claims
    present = set(claims.loc[claims["low"].notna() | claims["high"].notna(), "item"])
    return {item.value: item.label for item in Item if item.value in present}


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


def stated_span(dataset: Dataset) -> tuple[date, date]:
    """Return the days of the first and the last statement."""
    claims = dataset.claims
    return claims["stated_first"].min().date(), claims["known_on"].max().date()
