"""What changed since a day: claims added, and series whose newest figure is another."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.as_known import Changes, changes
from dashboard.claimants import short_names
from dashboard.claims import claims_table
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.periods import in_words
from dashboard.records import is_given, records, records_by
from dashboard.web.address import chosen_day
from dashboard.web.controls import stated_span
from dashboard.web.state import full_dataset
from dashboard.words import counted, figure_in_words, unit_in_words

DEFAULT_SINCE = date(2024, 2, 26)
"""Day of the first of the two statements from which the project started."""


def what_changed_since(dataset: Dataset) -> None:
    """Let the reader choose a day, and say what became known after it."""
    until = dataset.last_day
    first, last = stated_span(full_dataset())
    with st.container(border=True, gap="small"):
        st.header("What changed since", anchor=False)
        left, right = st.columns([1, 3], vertical_alignment="bottom")
        with left:
            chosen = chosen_day("Since", "since", first, last, "Empty: 26 February 2024")
        since = min(chosen or DEFAULT_SINCE, until)
        found = changes(dataset, since, until)
        with right:
            st.markdown(_in_words(found, since, until))
        if len(found.moved):
            st.dataframe(
                _moved_table(dataset, since, until),
                hide_index=True,
                alt="Series whose newest figure changed, with the old and the new figure",
            )
        if len(found.added):
            with st.expander(f"{counted(len(found.added), 'claim')} added"):
                st.dataframe(
                    _added_table(dataset, since, until),
                    hide_index=True,
                    placeholder="",
                    alt="Claims that became known in this time",
                )


def _in_words(found: Changes, since: date, until: date) -> str:
    span = f"After {in_words(since.isoformat())} and up to {in_words(until.isoformat())}"
    return (
        f"{span}: **{counted(len(found.added), 'claim')} added**, "
        f"{len(found.withdrawn)} withdrawn, "
        f"**{counted(len(found.moved), 'series', 'series')} moved**."
    )


@kept(16)
def _added_table(dataset: Dataset, since: date, until: date) -> pd.DataFrame:
    return claims_table(dataset, changes(dataset, since, until).added)


@kept(16)
def _moved_table(dataset: Dataset, since: date, until: date) -> pd.DataFrame:
    moved = records(changes(dataset, since, until).moved)
    claims = records_by(dataset.claims, "claim_id")
    names = short_names(dataset)

    def said(claim_id: object) -> str:
        if not is_given(claim_id):
            return "not stated before"
        row = claims[str(claim_id)]
        figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
        return f"{figure}{unit_in_words(row['item'])}"

    return pd.DataFrame(
        {
            "Series": [row["name"] for row in moved],
            "Before": [said(row["old_claim"]) for row in moved],
            "Now": [said(row["new_claim"]) for row in moved],
            "By": [names[row["claimant"]] for row in moved],
            "Stated on": [claims[row["new_claim"]]["stated_on"] for row in moved],
        }
    )
