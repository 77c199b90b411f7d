"""Sections of the Vessels page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.periods import in_words
from dashboard.records import Record, is_given, records, records_by
from dashboard.sightings import vessel_sightings
from dashboard.trip_totals import how_totals_relate
from dashboard.web.address import chosen, part_shown
from dashboard.web.chart_card import chart_card, figure_with_alt
from dashboard.web.charts import cached_sightings, cached_trip_totals, cached_vessel_map
from dashboard.web.document_cards import source_list
from dashboard.web.evidence_cards import section, sighting_list
from dashboard.web.evidence_dialog import pick_mark
from dashboard.web.screen import height_for
from dashboard.web.state import current_theme
from dashboard.web.text import plain
from dashboard.words import counted

MAP_PX, MAP_ON_PHONE_PX = 340, 236

SIGHTINGS_A_PAGE, DOCUMENTS_A_PAGE = 50, 20

_relations = kept(8)(how_totals_relate)
_seen = kept(128)(vessel_sightings)


def sighting_axis(dataset: Dataset) -> None:
    """Show all sightings on a time axis."""
    if dataset.sightings.empty:
        st.info("No sighting was published by this day. Choose a later day.")
        return
    chart_card(cached_sightings(dataset, current_theme()))


def trip_totals(dataset: Dataset, on_pick: Callable[[object], None]) -> None:
    """Show how the published trip totals relate."""
    chart_card(cached_trip_totals(dataset, current_theme()), on_pick)
    sentences = _relations(dataset)
    if sentences:
        with st.expander("How these totals relate"):
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


def vessel_register(dataset: Dataset) -> None:
    """Show one vessel: names, number, flag, owner, sanctions by date, sightings, documents."""
    vessels = dataset.vessels
    labels = dict(zip(vessels["vessel_id"], vessels["name"], strict=True))
    if not labels:
        return
    with st.container(border=True):
        st.header("One vessel", anchor=False)
        vessel_id = chosen("Vessel", labels, "vessel", "v-angara")
        vessel = records_by(vessels, "vessel_id")[vessel_id]
        left, right = st.columns([3, 2], gap="medium")
        with left:
            st.markdown(_facts(vessel))
            _sanctions(dataset, vessel_id)
        with right:
            _where_seen(dataset, vessel_id)
        _sightings(dataset, vessel_id)
        links = dataset.vessel_sources
        ids = set(links.loc[links["vessel_id"] == vessel_id, "source_id"])
        documents = dataset.sources[dataset.sources["source_id"].isin(ids)]
        with st.expander(counted(len(documents), "document")):
            source_list(
                documents.iloc[part_shown(len(documents), "documents_page", DOCUMENTS_A_PAGE)]
            )


def _sightings(dataset: Dataset, vessel_id: str) -> None:
    sightings = _seen(dataset, vessel_id)
    if len(sightings):
        section(counted(len(sightings), "sighting"))
        shown = part_shown(len(sightings), "sightings_page", SIGHTINGS_A_PAGE)
        sighting_list(dataset, sightings.iloc[shown])


def _where_seen(dataset: Dataset, vessel_id: str) -> None:
    """Show the map of the vessel's sightings, if one of them has a place."""
    chart = cached_vessel_map(dataset, vessel_id, current_theme())
    if chart.table.empty:
        return
    section(plain(chart.title))
    st.caption(f"{plain(chart.subtitle)} · {plain(chart.as_known)}")
    figure_with_alt(chart, pick_mark, height_for(MAP_PX, MAP_ON_PHONE_PX))


def _facts(vessel: Record) -> str:
    facts = {
        "Kind": vessel["kind"],
        "Former names": vessel["former_names"],
        "IMO number": vessel["imo"],
        "Flag": vessel["flag"],
        "Operator or owner, as reported": vessel["operator_owner"],
        "Note": vessel["note"],
    }
    return "  \n".join(
        f"**{name}:** {plain(value)}" for name, value in facts.items() if is_given(value)
    )


def _sanctions(dataset: Dataset, vessel_id: str) -> None:
    rows = dataset.vessel_sanctions
    rows = rows[rows["vessel_id"] == vessel_id].sort_values("listed_on", na_position="last")
    if rows.empty:
        st.caption("No sanctions listing was found for it.")
        return
    section(counted(len(rows), "sanctions listing"))
    st.markdown(
        "\n".join(
            f"- **{in_words(row['listed_on']) if is_given(row['listed_on']) else 'date not seen'}**"
            f" {plain(row['authority'])}: {plain(row['as_written'])}"
            for row in records(rows)
        )
    )
