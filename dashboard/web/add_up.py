"""Figures added up, or the reason why they may not be."""

from __future__ import annotations

import streamlit as st

from dashboard.arithmetic import ArithmeticRefusal, Total, total
from dashboard.claimants import full_names, short_names
from dashboard.claims import selected_claims
from dashboard.codes import Measure
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.periods import covered_in_words, in_words
from dashboard.records import Record, records
from dashboard.selection import Selection
from dashboard.web.address import chosen_many
from dashboard.web.evidence_dialog import evidence_button
from dashboard.web.text import plain
from dashboard.words import bounds_in_words, figure_in_words, unit_in_words

_KIND_WORDS = {
    Measure.CUMULATIVE: "running total",
    Measure.INCREMENT: "amount",
    Measure.CAPACITY: "what could have fitted",
    Measure.STOCK: "number present at a time",
    Measure.SHARE: "share",
    Measure.VALUE: "sum of money",
}


def add_up(dataset: Dataset, selection: Selection) -> None:
    """Let the reader pick claims of the item and show their sum, or why there is none."""
    with st.container(border=True):
        st.header("Add figures", anchor=False)
        st.caption(
            "Only amounts that one body stated for periods that do not overlap add up. Anything "
            "else is refused, with the reason."
        )
        labels = _labels(dataset, selection)
        chosen = chosen_many("Figures", labels, "add", "Choose two or more")
        if len(chosen) < 2:
            return
        for claim_id in chosen:
            evidence_button(dataset, claim_id, f"open_added_{claim_id}", plain(labels[claim_id]))
        try:
            _show(dataset, total(dataset, chosen))
        except ArithmeticRefusal as refusal:
            st.warning(plain(f"{refusal}."), icon=":material/block:")


@kept(16)
def _labels(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """Return the label of each claim of the item with a figure: amounts first, the newest first."""
    claims = selected_claims(dataset, Selection(item=selection.item)).iloc[::-1]
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    rows = sorted(records(stated), key=lambda row: row["measure"] != Measure.INCREMENT)
    names = short_names(dataset)
    return {row["claim_id"]: _label(row, names) for row in rows}


def _label(row: Record, names: dict[str, str]) -> str:
    kind = _KIND_WORDS[Measure(row["measure"])]
    if row["measure"] == Measure.INCREMENT:
        period = covered_in_words(row["period_start"], row["period_end"])
        kind = f"{kind}, {period or 'period not given'}"
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    return f"{in_words(row['stated_on'])} · {names[row['claimant']]} · {figure} · {kind}"


def _show(dataset: Dataset, result: Total) -> None:
    who = full_names(dataset)[result.claimant]
    figure = bounds_in_words(result.low, result.high) if _has_bound(result) else "of any size"
    st.metric("Sum", f"{figure}{unit_in_words(result.item)}")
    st.caption(
        plain(
            f"{len(result.claim_ids)} amounts stated by {who}, for {in_words(result.period_start)} "
            f"to {in_words(result.period_end)}."
        )
    )
    if result.caution:
        st.warning(plain(result.caution))


def _has_bound(result: Total) -> bool:
    return result.low is not None or result.high is not None
