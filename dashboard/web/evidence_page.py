"""Sections of the Evidence page: the registers of claims and of documents."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.claimants import full_names
from dashboard.claims import documents, grades, selected_claims
from dashboard.codes import SourceKind
from dashboard.dataset import Dataset
from dashboard.figures.register import register_chart
from dashboard.health import WeakSpot, weak_spot
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import in_words
from dashboard.records import Record, records
from dashboard.web.address import chosen_pill, part_shown
from dashboard.web.conflict_view import conflict_register
from dashboard.web.controls import evidence_selection
from dashboard.web.document_cards import source_card
from dashboard.web.evidence_dialog import evidence_button
from dashboard.web.save_menu import save_menu
from dashboard.web.text import plain
from dashboard.words import counted, figure_in_words, sentence_start, unit_in_words

PAGE_SIZE = 12
WEAK = "weak"
VIEWS = {
    "claims": "Claims",
    "documents": "Documents",
    "conflicts": "Conflicts",
    "table": "Table",
}


def evidence_register(dataset: Dataset) -> None:
    """Show the claims, or the documents behind them, that the reader's filters leave."""
    selection = evidence_selection(dataset)
    claims = selected_claims(dataset, selection).iloc[::-1].reset_index(drop=True)
    spot = chosen_weak_spot(dataset)
    if spot and spot.table == "sources":
        _documents_of(dataset.sources[dataset.sources["source_id"].isin(spot.ids)])
        return
    if spot:
        claims = claims[claims["claim_id"].isin(spot.ids)].reset_index(drop=True)
    view = chosen_pill("Show", VIEWS, "show", "claims")
    if view == "conflicts":
        conflict_register(dataset, selection)
        return
    if claims.empty:
        st.info(
            "Nothing fits all of these filters. Use fewer search words, clear ‘Who’ or ‘What’, "
            "or widen the dates."
        )
        return
    origins = origins_of(dataset, claims["claim_id"])
    st.markdown(
        f"**{counted(len(claims), 'claim')}** · {plain(origins_in_words(origins))} "
        "behind this selection"
    )
    if view == "table":
        chart = register_chart(dataset, selection, "light")
        save_menu(chart, as_table=True)
        st.dataframe(
            chart.table,
            hide_index=True,
            height=560,
            placeholder="",
            alt="Table of the selected claims",
        )
    elif view == "documents":
        _document_register(dataset, claims)
    else:
        _claim_register(dataset, claims)


def chosen_weak_spot(dataset: Dataset) -> WeakSpot | None:
    """Return the weak spot that the address names, if any; say so, and offer everything again."""
    spot = weak_spot(dataset, st.query_params.get(WEAK, ""))
    if spot is None:
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Only: **{spot.name}** ({len(spot.ids):,} of {spot.of:,})", width="content")
        if st.button("Show everything", icon=":material/close:"):
            del st.query_params[WEAK]
            st.rerun()
    return spot


def _claim_register(dataset: Dataset, claims: pd.DataFrame) -> None:
    shown = claims.iloc[part_shown(len(claims), "claims_page", PAGE_SIZE)]
    shown = shown.assign(grade=grades(dataset, shown))
    rows = records(shown)
    for pair in zip(rows[::2], [*rows[1::2], None], strict=False):
        for column, row in zip(st.columns(2), pair, strict=True):
            if row is not None:
                with column:
                    _claim_summary(dataset, row)


def _claim_summary(dataset: Dataset, row: Record) -> None:
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    unit = unit_in_words(row["item"])
    claim_id = row["claim_id"]
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(
            f"**{plain(sentence_start(figure + unit))}**  \n"
            f"{plain(full_names(dataset)[str(row['claimant'])])}, "
            f"{in_words(row['stated_on'])}"
        )
        st.markdown(plain(row["paraphrase"]))
        origins = origins_in_words(origins_of(dataset, [claim_id]))
        words = f"{origins} · grade {row['grade']}"
        evidence_button(dataset, claim_id, f"open_{claim_id}", words)


def _document_register(dataset: Dataset, claims: pd.DataFrame) -> None:
    _documents_of(documents(dataset, list(claims["claim_id"])).drop_duplicates("source_id"))


def _documents_of(rows: pd.DataFrame) -> None:
    kinds = {kind.value: kind.value.replace("-", " ").capitalize() for kind in SourceKind}
    present = {kind: label for kind, label in kinds.items() if kind in set(rows["kind"])}
    kind = chosen_pill("Kind of document", {"any": "All", **present}, "kind", "any")
    if kind != "any":
        rows = rows[rows["kind"] == kind]
    rows = rows.sort_values("published_on", ascending=False, na_position="last")
    st.caption(f"{counted(len(rows), 'document')}, newest first; those without a date last")
    for row in records(rows.iloc[part_shown(len(rows), "documents_page", PAGE_SIZE)]):
        with st.container(border=True):
            source_card(row)
