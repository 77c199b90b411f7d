"""Sections of the Overview page."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.claimants import full_names
from dashboard.dataset import Dataset
from dashboard.figures.maps import main_route_ids
from dashboard.kept import kept
from dashboard.periods import in_words, month_in_words
from dashboard.records import Record, records
from dashboard.selection import Selection
from dashboard.series import latest_points, series_points
from dashboard.web.chart_card import chart_card
from dashboard.web.charts import cached_growth, cached_routes
from dashboard.web.evidence_dialog import evidence_button
from dashboard.web.screen import height_for
from dashboard.web.state import current_theme, full_dataset
from dashboard.web.steps_ahead import steps_ahead
from dashboard.web.text import plain
from dashboard.web.time_control import time_control
from dashboard.words import counted, figure_in_words, sentence_start, unit_in_words

CHART_HEIGHT = 245
MAP_HEIGHT, MAP_ON_PHONE = 245, 212


def headline(dataset: Dataset, selection: Selection) -> None:
    """Show the newest figure of the longest series, and beside it the time control."""
    newest = _newest_total(dataset, selection)
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with left:
        if newest is None:
            st.title("No total yet", anchor=False)
            st.markdown("No running total of containers was known on this day.")
        else:
            _show_total(dataset, newest)
    with right:
        time_control()
        if newest is not None:
            st.caption(_release_and_others(dataset, selection))


@kept(512)
def _newest_total(dataset: Dataset, selection: Selection) -> Record | None:
    points = series_points(dataset, selection)
    return None if points.empty else records(points[points["series"] == _longest(points)])[-1]


def _show_total(dataset: Dataset, newest: Record) -> None:
    figure = figure_in_words(newest["low"], newest["high"], newest["qualifier"], newest["unit"])
    who = full_names(dataset)[newest["claimant"]]
    with st.container(gap="xxsmall"):
        st.title(plain(f"{sentence_start(figure)}{unit_in_words(newest['item'])}"), anchor=False)
        st.markdown(
            "reported shipped from North Korea to Russia: the newest total, stated by "
            f"**{plain(who)}** on {in_words(newest['stated_on'])}."
        )
        evidence_button(dataset, newest["claim_id"], "open_headline")


def growth_and_map(
    dataset: Dataset, selection: Selection, on_pick: Callable[[object], None]
) -> None:
    """Show the growth chart beside the map."""
    left, right = st.columns([3, 2])
    with left:
        theme = current_theme()
        chart = cached_growth(dataset, selection, theme)
        chart_card(chart, on_pick, CHART_HEIGHT, steps_ahead(full_dataset(), selection, theme))
    with right:
        route_ids = main_route_ids(dataset)
        if route_ids:
            chart = cached_routes(dataset, route_ids, current_theme())
            chart_card(chart, on_pick, height_for(MAP_HEIGHT, MAP_ON_PHONE))
        else:
            st.info("No route was reported by this day.")


@kept(512)
def _release_and_others(dataset: Dataset, selection: Selection) -> str:
    """Return what was entered last, and the newest totals of other bodies."""
    points = series_points(dataset, selection)
    claims = dataset.claims
    newest = claims["recorded_on"].max()
    added = claims[claims["recorded_on"] == newest]
    withdrawn = claims[claims["withdrawn_on"] == newest]
    return (
        f"**Newest entries**, {in_words(newest)}: {counted(len(added), 'claim')} added, "
        f"{len(withdrawn)} withdrawn. **Others’ newest totals:** "
        f"{_newest_of_others(dataset, points)}."
    )


def _longest(points: pd.DataFrame) -> str:
    return str(points["series"].value_counts().idxmax())


def _newest_of_others(dataset: Dataset, points: pd.DataFrame) -> str:
    latest = latest_points(points[points["series"] != _longest(points)])
    names = dict(zip(dataset.series["series"], dataset.series["name"], strict=True))
    return "; ".join(
        f"{plain(names[row['series']].split(':')[0])} "
        f"{plain(figure_in_words(row['low'], row['high'], row['qualifier']))} "
        f"({month_in_words(row['stated_on'])})"
        for row in records(latest.iloc[::-1].head(4))
    )
