"""Two figures side by side: difference, factor and rate, with bounds."""

from __future__ import annotations

import streamlit as st

from dashboard.claimants import short_names
from dashboard.dataset import Dataset
from dashboard.figures.growth import drawn_points, highlighted_step
from dashboard.kept import kept
from dashboard.periods import in_words
from dashboard.records import records
from dashboard.selection import Selection
from dashboard.series import Comparison, ComparisonError, compare
from dashboard.web.address import chosen
from dashboard.web.evidence_dialog import evidence_button
from dashboard.web.text import plain
from dashboard.words import figure_in_words, months_in_words, unit_in_words

_LABEL_COLUMNS = ["claim_id", "stated_on", "claimant", "low", "high", "qualifier", "unit"]


def compare_two(dataset: Dataset, selection: Selection) -> None:
    """Let the reader pick two drawn claims and show what lies between them."""
    points = drawn_points(dataset, selection)
    with st.container(border=True):
        st.header("Compare two figures", anchor=False)
        if len(points) < 2:
            st.info("Fewer than two figures in this selection. Widen the dates or the bodies.")
            return
        labels = _labels(dataset, selection)
        step = _step(dataset, selection)
        start, end = (
            (step.from_claim, step.to_claim)
            if step
            else (points["claim_id"].iloc[0], points["claim_id"].iloc[-1])
        )
        left, right = st.columns(2)
        with left:
            one = chosen("From", labels, "from_claim", start)
            evidence_button(dataset, one, "open_from_claim")
        with right:
            other = chosen("To", labels, "to_claim", end)
            evidence_button(dataset, other, "open_to_claim")
        _show(dataset, one, other)


_compare = kept(256, are_small=True)(compare)


@kept(16)
def _step(dataset: Dataset, selection: Selection) -> Comparison | None:
    return highlighted_step(drawn_points(dataset, selection))


@kept(16)
def _labels(dataset: Dataset, selection: Selection) -> dict[str, str]:
    names = short_names(dataset)
    return {
        row["claim_id"]: (
            f"{in_words(row['stated_on'])} · {names[row['claimant']]} · "
            f"{figure_in_words(row['low'], row['high'], row['qualifier'], row['unit'])}"
        )
        for row in records(drawn_points(dataset, selection)[_LABEL_COLUMNS])
    }


def _show(dataset: Dataset, one: str, other: str) -> None:
    try:
        comparison = _compare(dataset, one, other)
    except ComparisonError as refusal:
        st.warning(plain(f"{refusal}."))
        return
    columns = st.columns(4)
    columns[0].metric("Difference", f"{comparison.difference:+,}", help=_open_end(comparison))
    columns[1].metric("Factor", f"×{comparison.factor:.2f}" if comparison.factor else "none")
    columns[2].metric("Between", months_in_words(comparison.days or 0))
    rate = comparison.rate_per_30_days
    columns[3].metric("Per 30 days", "none" if rate is None else f"{rate:+,}")
    st.caption(plain(_bounds_in_words(comparison)))
    if comparison.caution:
        st.warning(plain(comparison.caution))


def _open_end(comparison: Comparison) -> str:
    return f"In {comparison.unit}; between the figures as said."


def _bounds_in_words(comparison: Comparison) -> str:
    low, high = comparison.difference_low, comparison.difference_high
    if low is not None and high is not None:
        bounds = f"{low:+,}" if low == high else f"between {low:+,} and {high:+,}"
    elif low is not None:
        bounds = f"{low:+,} or more"
    elif high is not None:
        bounds = f"{high:+,} or less"
    else:
        return "With the bounds as stated, the difference may be of any size: both ends are open."
    return f"With the bounds as stated, the difference is {bounds}{unit_in_words(comparison.item)}."
