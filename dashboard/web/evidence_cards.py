"""Evidence cards: a claim, a place, a leg, a route, with the documents behind them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from dashboard.citation import cited_claim
from dashboard.claimants import full_names
from dashboard.claims import claim, documents, links_of
from dashboard.codes import (
    Credibility,
    LegStatus,
    Measure,
    Method,
    Mode,
    Qualifier,
    Relation,
    Reliability,
    Status,
)
from dashboard.dataset import Dataset
from dashboard.nearest import no_such
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import covered_in_words, in_words
from dashboard.records import Record, is_given, records, records_by
from dashboard.routes import check_route_id, route_legs
from dashboard.web.chart_card import chart_table, figure_with_alt
from dashboard.web.charts import cached_relays
from dashboard.web.cite import cite_popover
from dashboard.web.document_cards import source_list
from dashboard.web.state import current_theme
from dashboard.web.text import chosen_text, plain
from dashboard.words import counted, figure_in_words, listed, sentence_start, unit_in_words

_LINK_WORDS = {
    (Relation.RESTATES, True): "Says again",
    (Relation.RESTATES, False): "Said again in",
    (Relation.COMPUTED_FROM, True): "Worked out from",
    (Relation.COMPUTED_FROM, False): "Used to work out",
    (Relation.AGGREGATES, True): "Takes into its sum",
    (Relation.AGGREGATES, False): "Taken into the sum of",
    (Relation.CITES, True): "Rests on",
    (Relation.CITES, False): "Relied on by",
    (Relation.UPDATES, True): "Replaces",
    (Relation.UPDATES, False): "Replaced by",
    (Relation.CORROBORATES, True): "Agrees, on evidence of its own, with",
    (Relation.CORROBORATES, False): "Backed, on other evidence, by",
    (Relation.DISPUTES, True): "Contradicts",
    (Relation.DISPUTES, False): "Contradicted by",
}


def section(words: str) -> None:
    """Show the heading of a part of a card; the words are Markdown."""
    st.markdown(f"**{words}**")


def claim_title(dataset: Dataset, claim_id: str) -> str:
    """Return the figure of a claim, as the title of its card.

    Raises:
        LookupError: There is no such claim.
    """
    row = claim(dataset, claim_id)
    if not (is_given(row["low"]) or is_given(row["high"])):
        return "No figure given"
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    return sentence_start(f"{figure}{unit_in_words(row['item'])}")


def claim_card(dataset: Dataset, claim_id: str) -> None:
    """Show everything about one claim, down to its documents.

    Raises:
        LookupError: There is no such claim.
    """
    row = claim(dataset, claim_id)
    who = full_names(dataset)[row["claimant"]]
    spoken = f" ({row['spokesperson']})" if is_given(row["spokesperson"]) else ""
    st.markdown(f"**{plain(who)}**{plain(spoken)}, {in_words(row['stated_on'])}")
    st.markdown(plain(row["paraphrase"]))
    st.markdown(f"**{plain(origins_in_words(origins_of(dataset, [claim_id])))}**")
    fact_list(_claim_facts(dataset, row))
    cite_popover(cited_claim(dataset, claim_id))
    _linked_claims(dataset, claim_id)
    _who_printed_whom(dataset, claim_id)
    rows = documents(dataset, [claim_id])
    section(f"{counted(len(rows), 'document')}")
    source_list(rows)
    st.caption(f"Claim {plain(claim_id)} · Data {plain(dataset.label)}")


def _claim_facts(dataset: Dataset, row: Record) -> list[tuple[str, str]]:
    claimant = records_by(dataset.claimants, "claimant")[row["claimant"]]
    qualifier = Qualifier(row["qualifier"]).meaning if is_given(row["qualifier"]) else ""
    period = covered_in_words(row["period_start"], row["period_end"])
    facts = [
        ("Hedge", qualifier),
        ("Period", period),
        ("Kind of figure", Measure(row["measure"]).meaning),
        ("What is claimed", Status(row["status"]).meaning),
        ("How they know", Method(row["method"]).meaning),
        (
            "Claimant's record",
            f"{claimant['reliability']}: {Reliability(claimant['reliability']).meaning}. "
            f"{claimant['reliability_reason']}",
        ),
        (
            "This claim",
            f"{row['credibility']}: {Credibility(str(row['credibility'])).meaning}. "
            f"{row['credibility_reason']}",
        ),
        ("Our reading of the documents", row["confidence"]),
        ("Note", row["note"] if is_given(row["note"]) else ""),
    ]
    return [(name, value) for name, value in facts if value]


def fact_list(facts: Iterable[tuple[str, str]]) -> None:
    """Show named facts, one a line."""
    st.markdown("  \n".join(f"**{plain(name)}:** {plain(value)}" for name, value in facts))


def _linked_claims(dataset: Dataset, claim_id: str) -> None:
    links = links_of(dataset, claim_id)
    if links.empty:
        return
    section("How it hangs together with other claims")
    names = full_names(dataset)
    claims = records_by(dataset.claims, "claim_id")
    for row in records(links):
        other = claims[row["other_claim_id"]]
        figure = figure_in_words(other["low"], other["high"], other["qualifier"], other["unit"])
        words = _LINK_WORDS[(Relation(row["relation"]), bool(row["is_outgoing"]))]
        note = f" {row['note']}" if is_given(row["note"]) else ""
        st.markdown(
            f"- **{words}** {plain(names[other['claimant']])}, "
            f"{in_words(other['stated_on'])}: {plain(figure)} {plain(other['unit'])}."
            f"{plain(note)}"
        )


def _who_printed_whom(dataset: Dataset, claim_id: str) -> None:
    chart = cached_relays(dataset, claim_id, current_theme())
    if len(chart.table) < 2:
        return
    outline = st.expander("Who printed whom", key="who_printed_whom", on_change="rerun")
    if not outline.open:
        return
    with outline:
        st.markdown(f"**{plain(chart.title)}**")
        picture, table = st.tabs([chosen_text("Picture"), chosen_text("Table")])
        with picture:
            figure_with_alt(chart, None, None)
        with table:
            chart_table(chart)


def place_title(dataset: Dataset, place_id: str) -> str:
    """Return the name of a place.

    Raises:
        LookupError: There is no such place.
    """
    names = dict(zip(dataset.places["place_id"], dataset.places["name"], strict=True))
    if place_id not in names:
        raise LookupError(no_such("place", place_id, names))
    return str(names[place_id])


def place_card(dataset: Dataset, place_id: str) -> None:
    """Show one place with its names, precision, routes, sightings and documents.

    Raises:
        LookupError: There is no such place.
    """
    rows = dataset.places[dataset.places["place_id"] == place_id]
    if rows.empty:
        raise LookupError(f"there is no place '{place_id}'")
    place = records(rows)[0]
    st.markdown(plain(place["role"]))
    legs = dataset.legs
    touching = legs[(legs["from_place"] == place_id) | (legs["to_place"] == place_id)]
    routes = dataset.routes[dataset.routes["route_id"].isin(touching["route_id"])]
    facts = [("Also written", place["alt_names"])] if is_given(place["alt_names"]) else []
    facts += [
        (
            "Position",
            f"{place['lat']:.3f} N, {place['lon']:.3f} E, within {place['precision_km']} km",
        ),
        ("How the position is known", place["coordinate_basis"]),
        ("On these routes", listed(list(routes["name"])) or "none"),
    ]
    fact_list(facts)
    sightings = _sightings_at(dataset, place_id)
    if len(sightings):
        section(counted(len(sightings), "sighting"))
        sighting_list(dataset, sightings.assign(number=range(1, len(sightings) + 1)))
    _claims_naming(dataset, place_id)
    _documents_of(dataset, dataset.place_sources, "place_id", place_id)


def leg_title(dataset: Dataset, leg: str) -> str:
    """Return the two ends of a leg, written route_id/leg_no.

    Raises:
        LookupError: There is no such leg.
    """
    row = _leg(dataset, leg)
    return f"{row['from_name']} to {row['to_name']}"


def _leg(dataset: Dataset, leg: str) -> Record:
    route_id, _, number = leg.partition("/")
    legs = route_legs(dataset, route_id)
    rows = legs[legs["leg_no"].astype(str) == number]
    if rows.empty:
        raise LookupError(f"there is no leg '{leg}'")
    return records(rows)[0]


def leg_card(dataset: Dataset, leg: str) -> None:
    """Show one leg, written route_id/leg_no, with every route that runs along it.

    Raises:
        LookupError: There is no such leg.
    """
    row = _leg(dataset, leg)
    fact_list(
        [
            ("By", Mode(row["mode"]).meaning),
            ("How known", f"{row['status']}: {LegStatus(row['status']).meaning}"),
            ("Length as drawn", f"{row['length_km']:,.0f} km"),
            ("Note", row["note"]),
        ]
    )
    alongside = dataset.legs[
        (dataset.legs["from_place"] == row["from_place"])
        & (dataset.legs["to_place"] == row["to_place"])
        & (dataset.legs["mode"] == row["mode"])
    ]
    for other in alongside["route_id"].unique():
        route_card(dataset, other)


def route_title(dataset: Dataset, route_id: str) -> str:
    """Return what the card of a route is called.

    Raises:
        LookupError: There is no such route.
    """
    check_route_id(dataset, route_id)
    return "Route"


def route_card(dataset: Dataset, route_id: str) -> None:
    """Show one route with its summary and documents.

    Raises:
        LookupError: There is no such route.
    """
    rows = dataset.routes[dataset.routes["route_id"] == route_id]
    if rows.empty:
        raise LookupError(f"there is no route '{route_id}'")
    route = records(rows)[0]
    section(plain(route["name"]))
    st.markdown(plain(route["summary"]))
    fact_list(
        [
            ("First reported", in_words(route["first_reported"])),
            ("Last reported", in_words(route["last_reported"])),
            ("Status", route["status"].replace("-", " ")),
        ]
    )
    _documents_of(dataset, dataset.route_sources, "route_id", route_id)


def sighting_list(dataset: Dataset, sightings: pd.DataFrame) -> None:
    """Show dated sightings as a list, with their numbers in the column `number`."""
    names = dict(zip(dataset.vessels["vessel_id"], dataset.vessels["name"], strict=True))
    st.markdown(
        "\n".join(
            f"{row['number']}. **{_span(row)}** {plain(row['paraphrase'])} "
            f"*{plain(names[row['vessel_id']])}; seen by {plain(row['observed_by'])}*"
            for row in records(sightings)
        )
    )


def _span(row: Record) -> str:
    start, end = row["observed_from"], row["observed_to"]
    return in_words(start) if start == end else f"{in_words(start)} to {in_words(end)}"


def _sightings_at(dataset: Dataset, place_id: str) -> pd.DataFrame:
    sightings = dataset.sightings
    is_there = (sightings["from_place"] == place_id) | (sightings["to_place"] == place_id)
    return sightings[is_there].sort_values(["observed_from", "sighting_id"])


def _claims_naming(dataset: Dataset, place_id: str) -> None:
    ids = dataset.claim_places.loc[dataset.claim_places["place_id"] == place_id, "claim_id"]
    claims = dataset.claims[dataset.claims["claim_id"].isin(ids)].sort_values("known_on")
    if claims.empty:
        return
    section(f"{counted(len(claims), 'claim')} naming it")
    st.markdown(
        "\n".join(
            f"- {in_words(row['stated_on'])}: {plain(row['paraphrase'])}" for row in records(claims)
        )
    )


def _documents_of(dataset: Dataset, links: pd.DataFrame, column: str, value: str) -> None:
    ids = set(links.loc[links[column] == value, "source_id"])
    rows = dataset.sources[dataset.sources["source_id"].isin(ids)]
    section(f"{counted(len(rows), 'document')}")
    source_list(rows)
