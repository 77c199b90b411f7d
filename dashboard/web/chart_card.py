"""Chart cards: a chart with its title, table, sources, warnings and menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
import streamlit as st

from dashboard.captioned import CaptionedChart
from dashboard.records import records
from dashboard.web.address import chosen_tabs
from dashboard.web.chart_view import chart_view
from dashboard.web.document_cards import source_list, when_published
from dashboard.web.save_menu import save_menu
from dashboard.web.text import plain
from dashboard.words import counted

SHORT_SOURCES = 2
USUAL_HEIGHT = 450
"""Pixels of a figure that does not say how high it is: Plotly's own."""
_footers: WeakKeyDictionary[CaptionedChart, tuple[str, ...]] = WeakKeyDictionary()


def chart_card(
    chart: CaptionedChart,
    on_pick: Callable[[object], None] | None = None,
    height: int | None = None,
    ahead: Mapping[str, Any] | None = None,
) -> None:
    """Show a chart with title, subtitle, sentence, table, sources and warnings.

    Args:
        chart: The chart.
        on_pick: Called with the custom data of the mark that the reader clicks.
        height: Height in pixels; None keeps the figure's own.
        ahead: What `dashboard.web.steps_ahead` tells of a growth chart.
    """
    with st.container(border=True, gap="xsmall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="top", wrap=False):
            st.header(plain(chart.title), anchor=False)
            save_menu(chart)
        st.caption(f"{plain(chart.subtitle)} · {plain(chart.as_known)}")
        views = chosen_tabs(["Chart", "Table", "Sources"], f"view_{chart.name}")
        if views[0].open:
            with views[0]:
                figure_with_alt(chart, on_pick, height, ahead)
        if views[1].open:
            with views[1]:
                chart_table(chart)
        if views[2].open:
            with views[2]:
                source_list(chart.sources)
        chart_footer(chart)


def figure_with_alt(
    chart: CaptionedChart,
    on_pick: Callable[[object], None] | None,
    height: int | None,
    ahead: Mapping[str, Any] | None = None,
) -> None:
    """Show the drawing and, under it, the sentence that says what it shows."""
    height = height or int(chart.figure.layout.height or USUAL_HEIGHT)
    chart_view(chart, on_pick, height, ahead)
    st.caption(plain(chart.alt))


def chart_table(chart: CaptionedChart) -> None:
    """Show the rows behind a chart."""
    st.dataframe(
        chart.table,
        hide_index=True,
        placeholder="",
        height=min(430, 38 + 35 * max(len(chart.table), 1)),
        column_config={
            "Low": st.column_config.NumberColumn(format="localized"),
            "High": st.column_config.NumberColumn(format="localized"),
            "What was said": st.column_config.TextColumn(width="large"),
        },
        alt=f"Table of the rows drawn: {chart.title}",
    )


def chart_footer(chart: CaptionedChart) -> None:
    """Show how independent the figures are, usage warnings, and short sources."""
    for words in _footer_words(chart):
        st.caption(words)


def _footer_words(chart: CaptionedChart) -> tuple[str, ...]:
    """Return the lines below a chart, worked out once for as long as the chart is kept."""
    if chart not in _footers:
        _footers[chart] = _worked_out_footer(chart)
    return _footers[chart]


def _worked_out_footer(chart: CaptionedChart) -> tuple[str, ...]:
    notes = [f"▸ {plain(warning.meaning)}" for warning in chart.warnings]
    if chart.origins:
        notes.insert(0, f"**{plain(chart.origins)}.**")
    said = (" ".join(notes), short_sources(chart.sources))
    return tuple(words for words in said if words)


def short_sources(sources: pd.DataFrame) -> str:
    """Return the first few documents in words, and how many more there are."""
    if sources.empty:
        return "No documents in this selection"
    first = [
        f"{plain(row['publisher_name'])}, {when_published(row['published_on'])}"
        for row in records(sources.head(SHORT_SOURCES))
    ]
    more = len(sources) - len(first)
    rest = f" and {counted(more, 'more document')}" if more > 0 else ""
    return f"Sources: {'; '.join(first)}{rest}"
