"""The unit bridge on the Timeline page: stated figures in another unit, by published factors."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.claimants import short_names
from dashboard.codes import Item
from dashboard.conversions import (
    OWN,
    PUBLISHED,
    FactorRange,
    bridge,
    claimants_with_factors,
    convertible_items,
    published_range,
)
from dashboard.dataset import Dataset
from dashboard.figures.conversion import factor_unit, factors_in_words, points_item
from dashboard.kept import kept
from dashboard.selection import Selection
from dashboard.web.address import chosen, chosen_number
from dashboard.web.chart_card import chart_card
from dashboard.web.charts import cached_conversion, cached_factors
from dashboard.web.evidence_dialog import pick_mark
from dashboard.web.state import current_theme
from dashboard.web.text import plain

MOST = 1_000_000
"""The greatest factor that a reader may enter."""


def unit_bridge(dataset: Dataset, selection: Selection) -> None:
    """Let the reader see the selected figures in another unit; nothing where nobody has factors."""
    targets = convertible_items(dataset, selection.item) if selection.item else ()
    if selection.item is None or not targets:
        return
    st.header("What would that be in another unit?", anchor=False)
    st.caption(
        "Arithmetic, not a report: each stated figure is converted with a factor that somebody "
        "published, so the result is a range. Nobody counted what it shows."
    )
    columns = st.columns([1.4, 2, 0.8, 0.8])
    with columns[0]:
        labels = {item.value: item.label for item in targets}
        to_item = Item(chosen("Convert into", labels, "convert_to", targets[0].value))
    with columns[1]:
        owners = _owners(dataset, selection.item, to_item)
        factor_of = chosen("Whose factor", owners, "factor_of", PUBLISHED)
    if factor_of == OWN:
        factor = _own_factor(dataset, selection.item, to_item, columns[2], columns[3])
    else:
        factor = published_range(dataset, selection.item, to_item, factor_of)
    if factor:
        _show(dataset, selection, to_item, factor)


@kept(64)
def _owners(dataset: Dataset, from_item: Item, to_item: Item) -> dict[str, str]:
    """Return the label of each choice of factor: whose it is, and how much."""
    unit = factor_unit(bridge(dataset, from_item, to_item))

    def label(name: str, factor_of: str) -> str:
        factor = published_range(dataset, from_item, to_item, factor_of)
        return f"{name}: {factors_in_words(factor.low, factor.high)} {unit}"

    names = short_names(dataset)
    return {
        PUBLISHED: label("All published", PUBLISHED),
        **{
            claimant: label(names[claimant], claimant)
            for claimant in claimants_with_factors(dataset, from_item, to_item)
        },
        OWN: "My own",
    }


def _own_factor(
    dataset: Dataset,
    from_item: Item,
    to_item: Item,
    left: DeltaGenerator,
    right: DeltaGenerator,
) -> FactorRange | None:
    """Return the factors that the reader entered; where they are no range, say so."""
    start = published_range(dataset, from_item, to_item)
    about = f"{from_item} {to_item}"
    with left:
        low = chosen_number("Least", "factor_low", about, start.low, MOST)
    with right:
        high = chosen_number("Most", "factor_high", about, start.high, MOST)
    unit = factor_unit(bridge(dataset, from_item, to_item))
    if low > high:
        st.info(plain(f"The least, {low:,} {unit}, is above the most, {high:,}. Swap the two."))
        return None
    return FactorRange(low, high, OWN)


def _show(dataset: Dataset, selection: Selection, to_item: Item, factor: FactorRange) -> None:
    theme = current_theme()
    chart = cached_conversion(dataset, selection, to_item, factor, theme)
    left, right = st.columns([3, 2])
    with left:
        if chart.claim_ids:
            chart_card(chart, pick_mark)
        else:
            st.info(
                "No figure to convert in this selection. Plans, capacities and figures that were "
                "worked out from the other unit are left out: they would only come back as what "
                "they were made from."
            )
    with right:
        chart_card(cached_factors(dataset, points_item(selection), to_item, theme), pick_mark)
