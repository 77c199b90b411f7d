"""The Conflicts view of the Evidence page: two claims side by side, and why they differ."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.claimants import full_names
from dashboard.claims import claim, selected_claims
from dashboard.codes import Credibility, Item, Measure, Method, Reliability, Status
from dashboard.conflicts import Conflict, conflicts
from dashboard.dataset import Dataset
from dashboard.explanations import Explanation, explanation
from dashboard.kept import kept
from dashboard.periods import covered_in_words, in_words
from dashboard.records import Record, is_given, records_by
from dashboard.selection import Selection
from dashboard.web.address import chosen_pill, part_shown
from dashboard.web.evidence_cards import fact_list
from dashboard.web.evidence_dialog import evidence_button
from dashboard.web.text import plain
from dashboard.words import (
    bounds_in_words,
    counted,
    figure_in_words,
    sentence_start,
    unit_in_words,
)

WINDOWS = {"7": "7 days", "30": "30 days", "90": "90 days"}
PAGE_SIZE = 5
_ONCE = ("Counts", "Kind of figure", "What is claimed")
"""What is left out where it is the same on both sides."""

_conflicts = kept(256)(conflicts)
_explanation = kept(4096, are_small=True)(explanation)


def conflict_register(dataset: Dataset, selection: Selection) -> None:
    """Show the conflicts over an item in which a claim of the selection takes part."""
    item = selection.item or Item.CONTAINERS
    if selection.item is None:
        st.caption("Shown for containers of arms. Choose another item under ‘What’.")
    window = int(chosen_pill("Stated within", WINDOWS, "window", "30") or "30")
    found = _of_selection(dataset, replace(selection, item=item), window)
    if not found:
        st.info(
            f"No two bodies contradict each other on “{item.label}” here. Widen ‘Stated within’, "
            "choose another item under ‘What’, or clear the other filters."
        )
        return
    _summary(dataset, found, item, window)
    for conflict in found[part_shown(len(found), "conflicts_page", PAGE_SIZE)]:
        _conflict_card(dataset, conflict, window)


def _of_selection(dataset: Dataset, selection: Selection, window: int) -> list[Conflict]:
    """Return the conflicts of a selection: figures first, within the window first, newest first."""
    if selection.item is None:
        return []
    selected = set(selected_claims(dataset, selection)["claim_id"])
    found = [
        conflict
        for conflict in _conflicts(dataset, selection.item, window)
        if {conflict.claim_id, conflict.other_claim_id} & selected
    ]
    return sorted(
        found,
        key=lambda conflict: (not conflict.has_figures, conflict.days_apart > window),
    )


def _summary(dataset: Dataset, found: list[Conflict], item: Item, window: int) -> None:
    unexplained = sum(
        not _explanation(dataset, conflict.claim_id, conflict.other_claim_id).is_explained
        for conflict in found
    )
    further = sum(conflict.days_apart > window for conflict in found)
    words = f"**{counted(len(found), 'conflict')}** over “{plain(item.label)}”"
    words += f", {unexplained} of them not explained."
    if further:
        words += (
            f" More than {window} days apart, but named as a contradiction in the data: {further}."
        )
    st.markdown(words)


def _conflict_card(dataset: Dataset, conflict: Conflict, window: int) -> None:
    rows = [claim(dataset, conflict.claim_id), claim(dataset, conflict.other_claim_id)]
    facts, other_facts = (_facts(dataset, row) for row in rows)
    shared = {name for name in _ONCE if facts[name] == other_facts[name]}
    with st.container(border=True):
        st.caption(_distance(conflict, window))
        for column, row, given in zip(
            st.columns(2, gap="medium"), rows, (facts, other_facts), strict=True
        ):
            with column:
                _said(dataset, row)
                fact_list([(name, given[name]) for name in given if name not in shared])
                _evidence_button(dataset, row, conflict)
        _account(_explanation(dataset, conflict.claim_id, conflict.other_claim_id))


def _distance(conflict: Conflict, window: int) -> str:
    days = conflict.days_apart
    words = "Stated on one day" if days == 0 else f"Stated {counted(days, 'day')} apart"
    if conflict.is_linked:
        words += " · named as a contradiction in the data"
    return words if days <= window else f"{words} · further apart than the window"


def _said(dataset: Dataset, row: Record) -> None:
    st.header(plain(_figure(row)), anchor=False)
    who = plain(full_names(dataset)[row["claimant"]])
    st.markdown(f"**{who}**, {in_words(row['stated_on'])}  \n{plain(row['paraphrase'])}")


def _evidence_button(dataset: Dataset, row: Record, conflict: Conflict) -> None:
    key = f"{conflict.claim_id}_{conflict.other_claim_id}_{row['claim_id']}"
    evidence_button(dataset, row["claim_id"], key)


def _figure(row: Record) -> str:
    if row["measure"] == Measure.DENIAL:
        return "Says that it did not happen"
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    has_figure = is_given(row["low"]) or is_given(row["high"])
    return sentence_start(f"{figure}{unit_in_words(row['item'])}" if has_figure else "no number")


def _facts(dataset: Dataset, row: Record) -> dict[str, str]:
    claimant = records_by(dataset.claimants, "claimant")[row["claimant"]]
    grade, reliability = str(row["credibility"]), str(claimant["reliability"])
    return {
        "Counts": Item(row["item"]).label,
        "Period": covered_in_words(row["period_start"], row["period_end"]) or "not given",
        "Bounds": bounds_in_words(row["low"], row["high"], row["unit"]),
        "Kind of figure": Measure(row["measure"]).meaning,
        "What is claimed": Status(row["status"]).meaning,
        "How they know": Method(row["method"]).meaning,
        "Claimant's record": (
            f"{reliability}, {Reliability(reliability).meaning}. {claimant['reliability_reason']}"
        ),
        "This claim": f"{grade}, {Credibility(grade).meaning}. {row['credibility_reason']}",
    }


def _account(found: Explanation) -> None:
    """Show what accounts for the gap, said in words and with an icon, not by colour alone."""
    if found.is_explained:
        st.badge("The data offer an explanation", icon=":material/check_circle:", color="green")
    else:
        st.badge("Not explained", icon=":material/help:", color="orange")
    st.markdown("\n".join(f"- {plain(reason)}" for reason in found.reasons))
    for note in found.notes:
        st.markdown(f"**Our note:** {plain(note)}")
    if found.claim_notes:
        with st.expander("Our notes on the two claims"):
            st.markdown("  \n".join(plain(note) for note in found.claim_notes))
