"""Sections of the Routes page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.codes import Mode, RouteStatus
from dashboard.dataset import Dataset
from dashboard.records import Record, records
from dashboard.routes import filtered_routes, length_by_mode, route_legs
from dashboard.web.address import chosen, chosen_many
from dashboard.web.cards import chart_card
from dashboard.web.charts import cached_routes, cached_sea_leg
from dashboard.web.evidence_dialog import open_evidence, pick_mark
from dashboard.web.state import current_theme
from dashboard.web.text import plain


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
    left, right = st.columns([3, 2])
    with left:
        chart_card(cached_routes(dataset, route_ids, current_theme()), pick_mark, 470)
    with right:
        chart_card(cached_sea_leg(dataset, route_ids, current_theme()), pick_mark, 470)


def route_lengths(dataset: Dataset, route_ids: tuple[str, ...]) -> None:
    """Show the legs of one route with their lengths, and the total by mode."""
    if not route_ids:
        return
    names = dict(zip(dataset.routes["route_id"], dataset.routes["name"], strict=True))
    with st.container(border=True):
        st.subheader("Legs and lengths", anchor=False)
        default = "r-sea-rajin-dunai" if "r-sea-rajin-dunai" in route_ids else route_ids[0]
        labels = {route_id: names[route_id] for route_id in route_ids}
        route_id = chosen("Route", labels, "leg_route", default)
        legs = route_legs(dataset, route_id)
        totals = length_by_mode(legs)
        columns = st.columns(max(len(totals), 3))
        for column, row in zip(columns, records(totals), strict=False):
            column.metric(f"By {Mode(row['mode']).meaning}", _length(row))
        st.dataframe(_leg_table(legs), hide_index=True, alt=f"Legs of {names[route_id]}")
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


def _leg_table(legs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Leg": legs["leg_no"],
            "From": legs["from_name"],
            "To": legs["to_name"],
            "By": legs["mode"].map(lambda mode: plain_mode(str(mode))),
            "How known": legs["status"],
            "Length (km)": legs["length_km"],
            "Note": legs["note"],
        }
    )


def _length(row: Record) -> str:
    low, high = row["length_km_low"], row["length_km_high"]
    return f"{high:,.0f} km" if low == high else f"{low:,.0f}–{high:,.0f} km"


def plain_mode(mode: str) -> str:
    """Return 'ship' for sea and so on."""
    return plain(Mode(mode).meaning)
