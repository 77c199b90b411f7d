"""The rows of the data behind charts, as CSV in the form of the data files."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.columns import names_of
from dashboard.dataset import Dataset
from dashboard.records import is_given
from dashboard.schema import TABLES, Row
from dashboard.tables import table_text


def data_slice(
    dataset: Dataset,
    claim_ids: Iterable[str],
    source_ids: Iterable[str],
    route_ids: Iterable[str] = (),
    vessel_ids: Iterable[str] = (),
) -> dict[str, bytes]:
    """Return the rows behind what is drawn, by the name of their file, without empty tables.

    Claims bring their documents, claimants, series, links and conversions among each other;
    routes their legs, places and documents; vessels their sightings.
    """
    claims, sources = set(claim_ids), set(source_ids)
    routes, vessels = set(route_ids), set(vessel_ids)
    frames = {
        **_of_claims(dataset, claims),
        **_of_routes(dataset, routes),
        **_of_vessels(dataset, vessels),
    }
    places = _places_of(frames["legs"]) | _places_of(frames["sightings"])
    frames["places"] = _with(dataset.places, "place_id", places)
    cited = {
        source
        for frame in frames.values()
        if "source_id" in frame.columns
        for source in frame["source_id"]
    }
    frames["sources"] = _with(dataset.sources, "source_id", sources | cited)
    publishers = set(frames["sources"]["publisher"])
    frames["publishers"] = _with(dataset.publishers, "publisher", publishers)
    return {
        f"{row.table}.csv": table_bytes(frames[row.table], row)
        for row in TABLES
        if row.table in frames and len(frames[row.table])
    }


def _of_claims(dataset: Dataset, ids: set[str]) -> dict[str, pd.DataFrame]:
    claims = _with(dataset.claims, "claim_id", ids)
    links, conversions = dataset.claim_links, dataset.conversions
    claimants = set(claims["claimant"])
    wider = dict(zip(dataset.claimants["claimant"], dataset.claimants["part_of"], strict=True))
    while more := {wider[one] for one in claimants if is_given(wider[one])} - claimants:
        claimants |= more
    return {
        "claims": claims,
        "claim_sources": _with(dataset.claim_sources, "claim_id", ids),
        "claim_links": _with(_with(links, "claim_id", ids), "other_claim_id", ids),
        "conversions": _with(_with(conversions, "from_claim", ids), "to_claim", ids),
        "claimants": _with(dataset.claimants, "claimant", claimants),
        "series": _with(dataset.series, "series", set(claims["series"].dropna())),
    }


def _of_routes(dataset: Dataset, ids: set[str]) -> dict[str, pd.DataFrame]:
    legs = _with(dataset.legs, "route_id", ids)
    return {
        "routes": _with(dataset.routes, "route_id", ids),
        "legs": legs,
        "route_sources": _with(dataset.route_sources, "route_id", ids),
    }


def _of_vessels(dataset: Dataset, ids: set[str]) -> dict[str, pd.DataFrame]:
    sightings = _with(dataset.sightings, "vessel_id", ids)
    seen = set(sightings["sighting_id"])
    return {
        "vessels": _with(dataset.vessels, "vessel_id", ids),
        "sightings": sightings,
        "sighting_sources": _with(dataset.sighting_sources, "sighting_id", seen),
    }


def _places_of(frame: pd.DataFrame) -> set[str]:
    return set(frame["from_place"].dropna()) | set(frame["to_place"].dropna())


def _with(frame: pd.DataFrame, column: str, values: set[str]) -> pd.DataFrame:
    return frame[frame[column].isin(values)]


def table_bytes(frame: pd.DataFrame, row_class: type[Row]) -> bytes:
    """Return rows of a table as its file holds them: canonical CSV, without worked-out columns."""
    columns = [map(_cell, frame[name]) for name in names_of(row_class)]
    return table_text(zip(*columns, strict=True), row_class).encode()


def _cell(value: object) -> str:
    if not is_given(value):
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)
