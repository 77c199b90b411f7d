"""Sections of the Routes page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.codes import Mode, RouteStatus
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.records import Record, records
from dashboard.routes import filtered_routes, length_by_mode, route_legs
from dashboard.web.address import chosen, chosen_many, switched
from dashboard.web.chart_card import chart_card
from dashboard.web.chart_view import CONFIG
from dashboard.web.charts import (
    cached_online_map,
    cached_routes,
    cached_routes_and_sightings,
    cached_sea_leg,
    cached_sea_leg_and_sightings,
)
from dashboard.web.evidence_dialog import open_evidence, pick_mark
from dashboard.web.screen import height_for
from dashboard.web.state import configured_tiles, current_theme
from dashboard.web.text import plain
from dashboard.words import counted, ranged

ONLINE_MAP_PX = 470
_ONLINE = "chart_online"
MAP_PX, OVERVIEW_ON_PHONE_PX, SEA_CHART_ON_PHONE_PX = 384, 216, 296


def route_filters(dataset: Dataset) -> tuple[str, ...]:
    """Return the ids of the routes that the reader chose by mode and status."""
    left, right = st.columns(2)
    modes = {mode.value: f"By {mode.meaning}" for mode in Mode}
    statuses = {status.value: status.meaning.capitalize() for status in RouteStatus}
    with left:
        mode = chosen_many("By what", modes, "mode", "Ship, train and aircraft")
    with right:
        status = chosen_many("How reported", statuses, "route_status", "All routes")
    routes = filtered_routes(dataset, mode, status)
    return tuple(routes["route_id"])


def route_maps(dataset: Dataset, route_ids: tuple[str, ...]) -> None:
    """Show the overview beside the enlarged chart of the sea leg."""
    if not route_ids:
        st.info("No route is reported that way. Clear one of the two filters.")
        return
    draw_overview, draw_sea_leg = cached_routes, cached_sea_leg
    if not dataset.sightings.empty and sightings_wanted(dataset):
        draw_overview, draw_sea_leg = cached_routes_and_sightings, cached_sea_leg_and_sightings
    left, right = st.columns([3, 2])
    with left:
        chart = draw_overview(dataset, route_ids, current_theme())
        chart_card(chart, pick_mark, height_for(MAP_PX, OVERVIEW_ON_PHONE_PX))
    with right:
        chart = draw_sea_leg(dataset, route_ids, current_theme())
        chart_card(chart, pick_mark, height_for(MAP_PX, SEA_CHART_ON_PHONE_PX))


def online_basemap(dataset: Dataset, route_ids: tuple[str, ...]) -> None:
    """Show the routes on the configured online basemap, where the reader asks for it."""
    tiles = configured_tiles()
    if tiles is None or not route_ids:
        return
    wanted = switched(
        "Show the routes on an online map",
        "online",
        "Asks a server outside this site for pictures of the map; off unless you switch it on",
    )
    if wanted:
        with st.container(border=True):
            chart = cached_online_map(dataset, route_ids, current_theme(), tiles)
            # Its tiles need the whole of Plotly, which Streamlit brings.
            st.plotly_chart(
                chart.figure,
                theme=None,
                height=ONLINE_MAP_PX,
                key=_ONLINE,
                alt=chart.alt,
                config=CONFIG,
                on_select=_pick_on_online_map,
                selection_mode="points",
            )
            st.caption(plain(chart.alt))


def _pick_on_online_map() -> None:
    for point in st.session_state[_ONLINE]["selection"]["points"][:1]:
        picked = point.get("customdata") or []
        pick_mark(list(picked.values()) if isinstance(picked, dict) else picked)


def sightings_wanted(dataset: Dataset) -> bool:
    """Return whether the reader wants the dated sightings on both maps."""
    return switched(
        f"Show where vessels were seen: {counted(len(dataset.sightings), 'dated sighting')}",
        "sightings",
        "A disc at each place, larger for more sightings; hover for the last three",
    )


def route_lengths(dataset: Dataset, route_ids: tuple[str, ...]) -> None:
    """Show the legs of one route with their lengths, and the total by mode."""
    if not route_ids:
        return
    names = dict(zip(dataset.routes["route_id"], dataset.routes["name"], strict=True))
    with st.container(border=True):
        st.header("Legs and lengths", anchor=False)
        default = "r-sea-rajin-dunai" if "r-sea-rajin-dunai" in route_ids else route_ids[0]
        labels = {route_id: names[route_id] for route_id in route_ids}
        route_id = chosen("Route", labels, "leg_route", default)
        lengths = _lengths(dataset, route_id)
        columns = st.columns(max(len(lengths.by_mode), 3))
        for column, (mode, length) in zip(columns, lengths.by_mode.items(), strict=False):
            column.metric(f"By {mode}", length)
        st.dataframe(
            lengths.legs,
            hide_index=True,
            height="content",
            placeholder="",
            column_config={
                "Leg": st.column_config.NumberColumn(width="small"),
                "Length (km)": st.column_config.NumberColumn(format="localized"),
            },
            alt=f"Legs of {names[route_id]}",
        )
        st.caption(lengths.notes)
        st.caption(
            "Lengths follow the drawn waypoints on the earth's surface. For rail the drawn line is "
            "not the track and understates its length; ships ran with tracking signals off, so the "
            "sea line is a shortest way off land, not a track."
        )
        st.button(
            "Evidence for this route",
            on_click=open_evidence,
            args=("route", route_id),
            key="open_route",
            icon=":material/fact_check:",
        )


@dataclass(frozen=True)
class _Lengths:
    """How far a route runs, in words.

    Attributes:
        by_mode: The length by each way of transport.
        legs: The legs, as readers see them.
        notes: What is to be said of legs.
    """

    by_mode: Mapping[str, str]
    legs: pd.DataFrame
    notes: str


@kept(128)
def _lengths(dataset: Dataset, route_id: str) -> _Lengths:
    legs = route_legs(dataset, route_id)
    by_mode = {Mode(row["mode"]).meaning: _length(row) for row in records(length_by_mode(legs))}
    return _Lengths(by_mode, _leg_table(legs), _notes_in_words(legs))


def _leg_table(legs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Leg": legs["leg_no"],
            "From": legs["from_name"],
            "To": legs["to_name"],
            "By": legs["mode"].map(lambda mode: plain_mode(str(mode))),
            "How known": legs["status"],
            "Length (km)": legs["length_km"].round().astype(int),
        }
    )


def _notes_in_words(legs: pd.DataFrame) -> str:
    """Return each note once, with the numbers of the legs that it is about."""
    by_note = legs.groupby("note", sort=False)["leg_no"]
    return "  \n".join(
        f"**{'Leg' if len(numbers) == 1 else 'Legs'} {ranged(numbers.tolist())}:** {plain(note)}"
        for note, numbers in by_note
    )


def _length(row: Record) -> str:
    low, high = row["length_km_low"], row["length_km_high"]
    return f"{high:,.0f} km" if low == high else f"{low:,.0f}–{high:,.0f} km"


def plain_mode(mode: str) -> str:
    """Return 'ship' for sea and so on."""
    return plain(Mode(mode).meaning)
